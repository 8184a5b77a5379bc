//! Finding a pattern: the first hit while it is typed, the count when it is sent.

use crate::app::effect::{Effect, Shared};
use crate::app::model::Model;
use crate::app::msg::Coverage;
use crate::app::reader::Spot;
use crate::app::reader::find::{Hit, Search};
use crate::app::reader::motion::Way;
use crate::search::find::Finder;

/// Whether a pattern is still being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is.
    Typing,
    /// It was sent.
    Sent,
}

/// Finds a pattern from where finding began: the first hit is shown at once, the count follows. What is no regular expression is looked for as it
/// stands, and the reader is told why. Where nothing is found, cursor and view are where they were.
pub(super) fn find(
    model: &mut Model,
    pattern: &str,
    way: Way,
    began: (u32, Spot),
    stage: Stage,
) -> Vec<Effect> {
    let job = model.job();
    let Some(reader) = &mut model.reader else {
        return Vec::new();
    };
    let (from, top) = began;
    let (finder, error) = Finder::typed(pattern);
    let mut note = error
        .filter(|_| !pattern.is_empty())
        .map(|error| error.to_string());
    let hit = finder
        .as_ref()
        .and_then(|finder| reader.next_hit(finder, way, from));
    match hit {
        Some(hit) => reader.jump_to(hit.range().start),
        None => (reader.at, reader.top) = (from, top),
    }
    let Some(finder) = finder else {
        reader.search = None;
        tell(model, stage, note);
        return Vec::new();
    };
    let (here, document) = ((reader.doc(), from), reader.document.clone());
    reader.search = Some(Search {
        pattern: pattern.to_owned(),
        finder,
        way,
        hits: Vec::new(),
        coverage: Coverage::Part,
        job,
    });
    if hit.is_none() && note.is_none() {
        note = Some(match stage {
            Stage::Typing => "not found".to_owned(),
            Stage::Sent if reader.coverage == Coverage::Part => {
                format!("“{pattern}” is not in what was read so far; the rest is still being read")
            }
            Stage::Sent => format!("“{pattern}” is not in this document"),
        });
    }
    if stage == Stage::Sent {
        model.patterns.retain(|known| known != pattern);
        model.patterns.push(pattern.to_owned());
    }
    if let (Some(hit), Stage::Sent) = (hit, stage) {
        model.jumps.leave(here);
        say_hit(model, hit);
    }
    tell(model, stage, note);
    match stage {
        Stage::Typing => Vec::new(),
        Stage::Sent => vec![Effect::Scan {
            job,
            document: Shared(document),
            pattern: pattern.to_owned(),
        }],
    }
}

/// A note stands beside the line being typed, or in the status line when it was sent.
fn tell(model: &mut Model, stage: Stage, note: Option<String>) {
    match (&mut model.prompt, stage, note) {
        (Some(prompt), Stage::Typing, note) => prompt.note = note,
        (_, Stage::Sent, Some(note)) => model.status.warn(note),
        (None, Stage::Typing, _) | (_, Stage::Sent, None) => {}
    }
}

/// Says which hit the cursor is on, as far as that is known.
pub(super) fn say_hit(model: &mut Model, hit: Hit) {
    let Some(search) = model
        .reader
        .as_ref()
        .and_then(|reader| reader.search.as_ref())
    else {
        return;
    };
    let wrapped = matches!(hit, Hit::Wrapped(_));
    let text = match search.ordinal(hit.range().start) {
        Some(n) => ordinal(n, search.hits.len()),
        None => format!("“{}”", search.pattern),
    };
    model.status.say(if wrapped {
        format!("{text} · from the other end")
    } else {
        text
    });
}

/// Says which hit the cursor is on, once all are counted.
pub(super) fn say_count(model: &mut Model) {
    let Some(reader) = &model.reader else { return };
    let Some(search) = &reader.search else { return };
    let text = match search.ordinal(reader.at) {
        Some(n) => ordinal(n, search.hits.len()),
        None if search.hits.len() == 1 => "1 hit".to_owned(),
        None => format!("{} hits", search.hits.len()),
    };
    if !search.hits.is_empty() {
        model.status.say(text);
    }
}

fn ordinal(n: usize, of: usize) -> String {
    if of == 1 {
        "the only hit".to_owned()
    } else {
        format!("{n} of {of} hits")
    }
}
