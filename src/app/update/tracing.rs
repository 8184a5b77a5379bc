//! Where words come from and went: the card of a quotation, who repeats a sentence, two documents compared, a phrase over its series.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::overlays::{letter_step, list_step};
use super::{commands, marks, run};
use crate::annotation::RecordId;
use crate::app::effect::{Effect, JobId, Question};
use crate::app::model::{Landing, Model};
use crate::app::msg::{Findings, JumpHit};
use crate::app::overlay::redline::Side;
use crate::app::overlay::trace::View;
use crate::app::overlay::{HistoryList, Overlay, RedlinePage, TraceCard};
use crate::app::reader::Reader;
use crate::text::TextRange;

/// Words of a phrase that is followed, at most.
const MOST_WORDS: usize = 200;

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows a key moves by, in a list where no letters are typed.
pub(super) fn step_of(event: KeyEvent) -> Option<i64> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    list_step(event, control, 10).or_else(|| letter_step(event, 10).filter(|_| !control))
}

/// On a quotation: where it comes from. Elsewhere: who repeats the sentence.
pub(super) fn trace(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return run::nothing_open(model);
    };
    if reader.analysis.of.is_none() {
        model
            .status
            .say("Still looking for quotations · try again in a moment");
        return Vec::new();
    }
    let under = reader.under_cursor().quote.map(|(range, _)| range);
    let Some(at) = under else {
        return super::repeats::uses(model, View::Sentence);
    };
    let said = one_line(at.of_text(reader.text()));
    let known = model.repeats.sources(reader.document.revision);
    let job = model.job();
    let mut card = TraceCard::new(job, at, said);
    let question = known.is_none().then_some(Question::Sources);
    if let Some(known) = known {
        card.take(known);
    }
    open(model, Overlay::Trace(Box::new(card)), (job, question))
}

/// Opens what shows the answer to a question, and asks it; no question where the answer is known.
pub(super) fn open(
    model: &mut Model,
    overlay: Overlay,
    (job, question): (JobId, Option<Question>),
) -> Vec<Effect> {
    model.overlays.push(overlay);
    let ask = question.map(|question| Effect::Trace { job, question });
    ask.into_iter().collect()
}

/// The way to the next of several, or to the one before. A bracket alone turns, so that `]q` and `[q` do too.
pub(super) fn turn_of(event: KeyEvent) -> Option<i64> {
    let by = match event.code {
        KeyCode::Tab | KeyCode::Char(']' | 'n') => 1,
        KeyCode::BackTab | KeyCode::Char('[' | 'N' | 'p') => -1,
        _ => return None,
    };
    let plain = event.modifiers.difference(KeyModifiers::SHIFT);
    plain.is_empty().then_some(by)
}

/// Asks for the document to compare with.
pub(super) fn compare(model: &mut Model, typed: Option<&str>) -> Vec<Effect> {
    if model.reader.is_none() {
        return run::nothing_open(model);
    }
    commands::open_compare(model, typed)
}

/// Compares with the document that was chosen.
pub(super) fn compare_with(model: &mut Model, hit: &JumpHit) -> Vec<Effect> {
    let doc = hit.to.doc();
    if model.reader.as_ref().is_none_or(|open| open.doc() == doc) {
        model
            .status
            .say("That is the document that is open · choose another to compare it with");
        return Vec::new();
    }
    let job = model.job();
    let listing = model.list.listing(doc);
    let title = listing.map_or_else(|| hit.text.to_string(), |listing| listing.title.to_string());
    let page = Overlay::Redline(Box::new(RedlinePage::new(job, title)));
    open(model, page, (job, Some(Question::Compare(doc))))
}

/// Follows the selection, or the sentence under the cursor, through the series.
pub(super) fn history(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return run::nothing_open(model);
    };
    let range = reader
        .selected()
        .unwrap_or_else(|| reader.sentence_at(reader.at));
    let phrase = one_line(range.of_text(reader.text()));
    if !phrase.chars().any(char::is_alphanumeric) {
        model
            .status
            .say("There are no words here to follow · v selects some");
        return Vec::new();
    }
    if phrase.split(' ').nth(MOST_WORDS).is_some() {
        model.status.say(format!(
            "That is more than {MOST_WORDS} words · v selects a phrase to follow"
        ));
        return Vec::new();
    }
    let job = model.job();
    let list = Overlay::History(Box::new(HistoryList::new(job, phrase.clone())));
    open(model, list, (job, Some(Question::History(phrase))))
}

/// Takes an answer; one that nobody waits for any more is dropped.
pub(super) fn take(model: &mut Model, job: JobId, findings: Findings) {
    let findings = match findings {
        Findings::Behind(revision, sources, uses) => {
            if job == model.repeats.job {
                model.repeats.take(revision, sources, uses);
            }
            return;
        }
        findings => findings,
    };
    let Some(place) = waits(model, job) else {
        return;
    };
    let revision = model.reader.as_ref().map(|reader| reader.document.revision);
    match (model.overlays.get_mut(place), findings) {
        (Some(Overlay::Trace(card)), Findings::Sources(found)) => {
            let found = Arc::new(found);
            card.take(found.clone());
            if let Some(revision) = revision {
                model.repeats.take_sources(revision, found);
            }
        }
        (Some(Overlay::Uses(card)), Findings::Uses(found)) => card.take(Arc::new(found)),
        (Some(Overlay::Redline(page)), Findings::Compared(found)) => page.take(found),
        (Some(Overlay::History(list)), Findings::History(steps, basis)) => {
            list.take(steps, basis);
        }
        (_, Findings::Failed(why)) => {
            model.overlays.remove(place);
            model.status.fail(why);
        }
        (
            _,
            Findings::Sources(_)
            | Findings::Uses(_)
            | Findings::Behind(..)
            | Findings::Compared(_)
            | Findings::History(..),
        ) => {}
    }
}

/// The overlay that waits for an answer.
fn waits(model: &Model, job: JobId) -> Option<usize> {
    let mut overlays = model.overlays.iter();
    overlays.position(|overlay| overlay.traces() == Some(job))
}

/// Puts the cursor of the text behind the overlay on what it speaks about.
pub(super) fn show(model: &mut Model, range: TextRange) {
    if let Some(doc) = model.reader.as_ref().map(Reader::doc) {
        // The document is open, so there is nothing to be done outside.
        drop(model.open(doc, Landing::At(range)));
    }
}

/// Keys of the card of a quotation.
pub(super) fn press_trace(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Trace(card)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = turn_of(event) {
        let before = card.shown;
        card.turn(by);
        let (now, at) = (card.shown, card.at);
        if now != before {
            show(model, at);
        }
        return Vec::new();
    }
    if let Some(by) = step_of(event) {
        card.scroll(by.clamp(-10_000, 10_000));
        return Vec::new();
    }
    match event.code {
        KeyCode::Enter => {
            let source = card.quotation().and_then(|one| one.source.as_ref());
            let to = source.map(|source| (source.of.doc, source.range));
            if let Some((doc, range)) = to {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        // Not q: it ends `]q`, and a bracket alone turns the page.
        KeyCode::Char('o') => drop(model.overlays.pop()),
        _ => {}
    }
    Vec::new()
}

/// Keys of two documents compared. A bracket alone steps, so that `]c` and `[c` do too.
pub(super) fn press_redline(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let page_rows = i64::from(model.size.1 / 4).max(1);
    let Some(Overlay::Redline(page)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let by = list_step(event, control, page_rows)
        .or_else(|| letter_step(event, page_rows).filter(|_| !control));
    if let Some(by) = by {
        page.step(by);
        return Vec::new();
    }
    match event.code {
        KeyCode::Char(']' | 'n') => page.change(1),
        KeyCode::Char('[' | 'N' | 'p') => page.change(-1),
        KeyCode::Char('r') => page.reorder(),
        KeyCode::Char('a') if !page.step_note(1) => {
            model.status.say("No note further on · A goes back");
        }
        KeyCode::Char('A') if !page.step_note(-1) => {
            model.status.say("No note further back · a goes on");
        }
        KeyCode::Left | KeyCode::Char('h') => page.side = Side::Old,
        KeyCode::Right | KeyCode::Char('l') => page.side = Side::New,
        KeyCode::Tab | KeyCode::BackTab => {
            page.side = match page.side {
                Side::Old => Side::New,
                Side::New => Side::Old,
            };
        }
        KeyCode::Enter => {
            if let Some(id) = page.chosen_note().map(|note| note.id) {
                open_note(model, id);
            } else if let Some((doc, range)) = page.place() {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        KeyCode::Char('q') => drop(model.overlays.pop()),
        _ => {}
    }
    Vec::new()
}

/// Opens a note over what is shown, wherever it stands.
fn open_note(model: &mut Model, id: RecordId) {
    let mut notes = model.kept.annotations.iter();
    match notes.find(|note| note.id == id).cloned() {
        Some(note) => super::drafts::open_note(model, &note),
        None => model.status.say("That note is not there any more"),
    }
}

/// Keys of a phrase over its series.
pub(super) fn press_history(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::History(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = step_of(event) {
        list.step(by);
        return Vec::new();
    }
    match event.code {
        KeyCode::Enter => {
            let to = list.chosen().map(|step| (step.of.doc, step.range));
            if let Some((doc, range)) = to {
                model.overlays.pop();
                return marks::leave_for(model, doc, range.unwrap_or(TextRange::empty(0)));
            }
        }
        KeyCode::Char('f') => list.narrow(),
        KeyCode::Char('q') => drop(model.overlays.pop()),
        _ => {}
    }
    Vec::new()
}
