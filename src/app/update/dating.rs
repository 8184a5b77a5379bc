//! Why a date is read as it is, and what the reader decides it means.

use super::{panes, run, save};
use crate::app::action::Action;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::{Model, Pane};
use crate::app::overlay::card::CardLine;
use crate::app::overlay::why::{Meaning, Then, Why};
use crate::app::overlay::{Cursor, Overlay};
use crate::app::prompt::{Prompt, Purpose};
use crate::app::reader::Reader;
use crate::text::TextRange;
use crate::time::{Anchoring, Choice, Decision, Timex, long_days};

const NO_DATE: &str = "No date is under the cursor · ]d goes to the next one";

/// What is under the cursor, or at the chosen row of the timeline.
enum Found<'a> {
    /// A date.
    Timex(TextRange, &'a Timex),
    /// Words the reader said are no date.
    NoDate(TextRange),
}

/// Says why the date under the cursor is read as it is, with the readings to choose from.
pub(super) fn why(model: &mut Model) -> Vec<Effect> {
    if model.reader.is_none() {
        return run::nothing_open(model);
    }
    match explain(model) {
        Some(why) => model.overlays.push(Overlay::Why(why)),
        None => model.status.say(NO_DATE),
    }
    Vec::new()
}

fn explain(model: &Model) -> Option<Why> {
    let (reader, found) = found(model)?;
    let meaning = |label: String, from, then| Meaning { label, from, then };
    let (range, about, standards, mut meanings) = match found {
        Found::NoDate(range) => {
            let line = format!("“{}” is no date, as you decided", words(reader, range));
            let meanings = vec![
                meaning("no date".to_owned(), "as you decided", Then::Keep),
                meaning("as it was".to_owned(), TAKES_BACK, Then::TakeBack),
            ];
            (range, vec![CardLine::Text(line)], Vec::new(), meanings)
        }
        Found::Timex(range, timex) => {
            let why = CardLine::Text(timex.why(&words(reader, range)));
            let written = CardLine::Field("for programs".to_owned(), standards(timex));
            let now = timex.interval.map_or("no day".to_owned(), long_days);
            let mut meanings = Vec::new();
            if timex.anchor == Anchoring::Reader {
                let former = timex.alternative.as_ref();
                let former =
                    former.map_or("as it was".to_owned(), |former| long_days(former.interval));
                meanings.push(meaning(now, "as you decided", Then::Keep));
                meanings.push(meaning(former, TAKES_BACK, Then::TakeBack));
            } else {
                meanings.push(meaning(now, "as it is read now", Then::Keep));
                let other = Decision::for_alternative(reader.text(), range, timex);
                if let (Some(reading), Some(other)) = (&timex.alternative, other) {
                    let label = long_days(reading.interval);
                    let then = Then::Decide(other.choice);
                    meanings.push(meaning(label, "the second-best reading", then));
                }
            }
            let none = Then::Decide(Choice::NoDate);
            meanings.push(meaning(
                "no date".to_owned(),
                "it only looks like one",
                none,
            ));
            // What standards call it comes last: it is for programs, and for whoever writes rules.
            (range, vec![why], vec![written], meanings)
        }
    };
    meanings.push(meaning("another date…".to_owned(), "type it", Then::Ask));
    Some(Why {
        range,
        said: words(reader, range),
        about,
        standards,
        meanings,
        cursor: Cursor::default(),
    })
}

const TAKES_BACK: &str = "takes your decision back";

/// The text of a range in one line.
fn words(reader: &Reader, range: TextRange) -> String {
    let words: Vec<&str> = range.of_text(reader.text()).split_whitespace().collect();
    words.join(" ")
}

/// What the standards call it, and the rule that made it.
fn standards(timex: &Timex) -> String {
    let mut parts = vec![format!("TIMEX3 {} {}", timex.kind.as_str(), timex.value)];
    parts.extend(timex.edtf.as_ref().map(|edtf| format!("EDTF {edtf}")));
    parts.push(format!("rule {}", timex.rule));
    parts.join(" · ")
}

fn found(model: &Model) -> Option<(&Reader, Found<'_>)> {
    let reader = model.reader.as_ref()?;
    let chosen = model
        .timeline
        .chosen_event()
        .filter(|event| model.focus == Pane::Timeline && event.doc == reader.doc());
    let at = chosen.map_or(reader.at, |event| event.timex.start);
    if let Some((range, timex)) = reader.analysis.timexes.at(at).last() {
        return Some((reader, Found::Timex(*range, timex)));
    }
    let none = reader
        .corrections
        .dates
        .iter()
        .filter(|decision| decision.choice == Choice::NoDate)
        .filter_map(|decision| decision.place_in(reader.text()))
        .find(|range| range.contains(at))?;
    Some((reader, Found::NoDate(none)))
}

/// Takes the chosen meaning.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Why(why)) = model.overlays.pop() else {
        return Vec::new();
    };
    let chosen = why.meanings.get(why.cursor.selected);
    match chosen.map_or(&Then::Keep, |meaning| &meaning.then) {
        Then::Keep => Vec::new(),
        Then::Ask => {
            panes::focus(model, Pane::Reader);
            model.prompt = Some(Prompt::new(Purpose::Argument(Action::Means), ""));
            Vec::new()
        }
        Then::Decide(choice) => decide(model, why.range, Some(choice.clone())),
        Then::TakeBack => decide(model, why.range, None),
    }
}

/// Sets what the date under the cursor means to what was typed.
pub(super) fn means(model: &mut Model, typed: &str) -> Vec<Effect> {
    if model.reader.is_none() {
        return run::nothing_open(model);
    }
    let Some((reader, found)) = found(model) else {
        model.status.say(NO_DATE);
        return Vec::new();
    };
    let (Found::Timex(range, _) | Found::NoDate(range)) = found;
    if typed.trim() == "-" {
        return decide(model, range, None);
    }
    let published = reader.document.meta.published.as_ref();
    let choice = Choice::typed(typed, published.map(|published| &published.date));
    if choice.is_none() {
        model.status.fail(format!(
            "“{}” is not a date · try `12 January 2024`, `2024-01`, `mid-October 2023` or `none`",
            typed.trim()
        ));
        return Vec::new();
    }
    decide(model, range, choice)
}

/// Saves what an expression means, or that nothing is decided about it any more.
fn decide(model: &mut Model, range: TextRange, choice: Option<Choice>) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return run::nothing_open(model);
    };
    let (doc, text) = (reader.doc(), reader.text());
    let before = reader.corrections.clone();
    let mut after = before.clone();
    after
        .dates
        .retain(|known| known.place_in(text) != Some(range));
    after
        .dates
        .extend(choice.map(|choice| Decision::about(text, range, choice)));
    if before == after {
        model.status.say("Nothing changed");
        return Vec::new();
    }
    let change = Change::Meta { doc, before, after };
    save::save(model, vec![change], Cause::Edit)
}
