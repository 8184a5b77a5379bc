//! Taking back what the log has, for the commands that offer it.

use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::store::{Left, Store, StoreError, TakenBack};

#[derive(Serialize)]
struct TakenBackRecord<'a> {
    taken_back: Option<&'a str>,
    label: Option<&'a str>,
    done: u32,
    change: Option<i64>,
    left: Vec<LeftRecord<'a>>,
}

#[derive(Serialize)]
struct LeftRecord<'a> {
    kind: &'a str,
    record: i64,
    what: &'a str,
    why: &'a str,
}

/// Takes back the change with this number, and all that was done in the same step.
pub(super) fn change(number: i64, form: Form, places: &Paths) -> Result<Outcome, Failure> {
    let mut store = existing(places)?;
    let taken = store.take_back(number, clock::now())?;
    told(number, &taken, form)
}

/// Takes back the last import that was not.
pub(super) fn last_import(form: Form, places: &Paths) -> Result<Outcome, Failure> {
    let mut store = existing(places)?;
    let Some(import) = store.last_import()? else {
        say("there is no import to take back; `postil log` shows what was done");
        return Ok(Outcome::Found);
    };
    let taken = store.take_back(import.first, clock::now())?;
    told(import.first, &taken, form)
}

/// The store, for a command that is about what was done in it.
fn existing(places: &Paths) -> Result<Store, StoreError> {
    if places.store.is_file() {
        Store::open(&places.store, clock::now())
    } else {
        Err(StoreError::Absent {
            path: places.store.clone(),
        })
    }
}

fn told(number: i64, taken: &TakenBack, form: Form) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    let step = taken.step.as_ref();
    if form == Form::Json {
        let left = taken.left.iter().map(|left| LeftRecord {
            kind: &left.kind,
            record: left.record,
            what: &left.what,
            why: &left.why,
        });
        out.json(&TakenBackRecord {
            taken_back: step.map(|step| step.what.as_str()),
            label: step.map(|step| step.label.as_str()),
            done: taken.done,
            change: taken.first,
            left: left.collect(),
        })?;
        out.flush()?;
        return Ok(Outcome::of_count(taken.left.len()));
    }
    let what = step.map_or_else(
        || format!("change {number}"),
        |step| format!("{} {}", step.what.as_str(), step.label),
    );
    match taken.done {
        0 => out.text(&format!("{what}: nothing was taken back"))?,
        1 => out.text(&format!("took back {what}: 1 record is as it was"))?,
        n => out.text(&format!("took back {what}: {n} records are as they were"))?,
    }
    for Left { what, why, .. } in &taken.left {
        out.text(&format!("  {what} stays: {why}"))?;
    }
    if let Some(first) = taken.first {
        out.text(&format!("`postil log --undo {first}` brings it back"))?;
    }
    out.flush()?;
    Ok(Outcome::of_count(taken.left.len()))
}
