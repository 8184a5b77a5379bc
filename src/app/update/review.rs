//! Deciding about notes whose words changed.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent};

use super::overlays::{letter_step, list_step};
use super::run::nothing_open;
use super::{annotate, marks, save};
use crate::annotation::{Anchor, Annotation, Decision, Method, RecordId};
use crate::app::effect::{Cause, Change, Effect, JobId};
use crate::app::model::Model;
use crate::app::msg::{Coverage, Standing};
use crate::app::overlay::review::Doubt;
use crate::app::overlay::{Overlay, Review};
use crate::text::TextRange;

/// Asks for everything that needs a decision.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let job = model.job();
    model.overlays.push(Overlay::Review(Review::new(job)));
    vec![Effect::Review { job }]
}

/// Takes some of the answer.
pub(super) fn take(model: &mut Model, job: JobId, doubts: Vec<Doubt>, coverage: Coverage) {
    if let Some(review) = opened(model).filter(|review| review.job == job) {
        review.take(doubts, coverage);
    }
}

/// Takes note of where annotations stand now.
pub(super) fn placed(model: &mut Model, placed: Vec<(RecordId, Standing)>) {
    let lost = lost_here(model, &placed);
    if lost > 0
        && !model
            .overlays
            .iter()
            .any(|overlay| matches!(overlay, Overlay::Review(_)))
    {
        model.status.warn(match lost {
            1 => "One note does not find its words again · gr decides".to_owned(),
            n => format!("{n} notes do not find their words again · gr decides"),
        });
    }
    if let Some(reader) = &mut model.reader {
        let standings: HashMap<RecordId, &Standing> = placed
            .iter()
            .map(|(id, standing)| (*id, standing))
            .collect();
        let mut moved = false;
        for (note, anchor) in &mut reader.annotations {
            if let Some(standing) = standings.get(&note.id)
                && standing.revision == reader.document.revision
                && standing.anchoring.anchor != *anchor
            {
                anchor.clone_from(&standing.anchoring.anchor);
                moved = true;
            }
        }
        if moved {
            reader.place_annotations();
        }
    }
    model.kept.standings.extend(placed);
    super::apply::after_kept(model);
}

/// How many notes of the open document have lost their words or are in doubt, that had not before.
fn lost_here(model: &Model, placed: &[(RecordId, Standing)]) -> usize {
    let Some(reader) = &model.reader else {
        return 0;
    };
    let in_doubt = |anchor: &Anchor| {
        matches!(
            anchor,
            Anchor::Ambiguous(_) | Anchor::Probable(_) | Anchor::Lost { .. }
        )
    };
    let here: HashMap<RecordId, &Anchor> = reader
        .annotations
        .iter()
        .map(|(note, anchor)| (note.id, anchor))
        .collect();
    let news = placed.iter().filter(|(id, standing)| {
        standing.revision == reader.document.revision
            && standing.anchoring.method != Some(Method::Reader)
            && in_doubt(&standing.anchoring.anchor)
            && here.get(id).is_some_and(|before| !in_doubt(before))
    });
    news.count()
}

/// Takes note of a decision that was saved.
pub(super) fn decided(model: &mut Model, note: RecordId, decision: Decision) {
    if let Some(review) = opened(model) {
        review.decided(note, decision);
    }
}

fn opened(model: &mut Model) -> Option<&mut Review> {
    model.overlays.iter_mut().find_map(|overlay| {
        if let Overlay::Review(review) = overlay {
            Some(review)
        } else {
            None
        }
    })
}

/// Takes a key.
pub(super) fn press(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Review(review)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let step = list_step(event, control, 10).or_else(|| {
        letter_step(event, 10).filter(|_| !matches!(event.code, KeyCode::Char('b' | ' ')))
    });
    if let Some(by) = step.filter(|_| !(control && event.code == KeyCode::Char('n'))) {
        review.step(by);
        return Vec::new();
    }
    if event.code == KeyCode::Char('q') {
        model.overlays.pop();
        return Vec::new();
    }
    if control {
        return match event.code {
            KeyCode::Char('r') => save::redo(model),
            _ => Vec::new(),
        };
    }
    let Some(doubt) = review.chosen() else {
        return match event.code {
            KeyCode::Char('u') => save::undo(model),
            _ => Vec::new(),
        };
    };
    // The second of two keys typed fast is not about the next note, which was not seen yet: it only goes there.
    if !doubt.is_open() {
        match event.code {
            KeyCode::Char('y' | 'n' | ' ') => {
                review.next_open();
                return Vec::new();
            }
            KeyCode::Char('1'..='9') => {
                model
                    .status
                    .say("That is decided · u undoes, n goes to the next");
                return Vec::new();
            }
            _ => {}
        }
    }
    match event.code {
        KeyCode::Tab => review.next_place(),
        KeyCode::Enter | KeyCode::Char('o') => {
            let (doc, place) = (doubt.note.target.doc, doubt.places.get(review.place));
            if let Some(range) = place.map(|place| place.range) {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        KeyCode::Char('y') => return confirm(model),
        KeyCode::Char('n') => return decide(model, Decision::Reject),
        KeyCode::Char('u') => return save::undo(model),
        KeyCode::Char('r') => {
            let (note, near) = (doubt.note.clone(), doubt.places.first());
            let near = near.map(|place| place.range);
            model.overlays.pop();
            return begin_placing(model, note, near);
        }
        KeyCode::Char(digit @ '1'..='9') => {
            let index = digit as usize - '1' as usize;
            let picked = doubt.places.get(index).map(|place| place.range);
            let n = doubt.places.len();
            match (&doubt.anchoring.anchor, picked) {
                (Anchor::Ambiguous(_), Some(range)) => {
                    return decide(model, Decision::Pick(range));
                }
                (Anchor::Ambiguous(_), None) => {
                    model
                        .status
                        .say(format!("There are {n} places · 1 to {n} picks one"));
                }
                (
                    Anchor::Unchanged(_)
                    | Anchor::Edited(_)
                    | Anchor::Moved(_)
                    | Anchor::Probable(_)
                    | Anchor::Lost { .. }
                    | Anchor::Sought,
                    _,
                ) => model
                    .status
                    .say("There is only one place · y takes it, n does not"),
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Takes the place that is shown.
fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Review(review)) = model.overlays.last() else {
        return Vec::new();
    };
    let Some(doubt) = review.chosen() else {
        return Vec::new();
    };
    let shown = doubt.places.get(review.place).map(|place| place.range);
    match (&doubt.anchoring.anchor, shown) {
        (Anchor::Probable(range), _) => decide(model, Decision::Confirm(*range)),
        (Anchor::Ambiguous(_), Some(range)) => decide(model, Decision::Pick(range)),
        (Anchor::Lost { .. }, _) => {
            model
                .status
                .say("It is lost: there is no place to confirm · r puts it on words you select, n leaves it lost");
            Vec::new()
        }
        (
            Anchor::Unchanged(_)
            | Anchor::Edited(_)
            | Anchor::Moved(_)
            | Anchor::Ambiguous(_)
            | Anchor::Sought,
            _,
        ) => Vec::new(),
    }
}

fn decide(model: &mut Model, decision: Decision) -> Vec<Effect> {
    let Some(Overlay::Review(review)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let change = review.chosen().map(|doubt| doubt.decide(decision));
    review.sent(decision);
    match change {
        Some(change) => save::save(model, vec![change], Cause::Edit),
        None => Vec::new(),
    }
}

/// Goes where a note stood, to put it on other words there.
pub(super) fn begin_placing(
    model: &mut Model,
    note: Annotation,
    near: Option<TextRange>,
) -> Vec<Effect> {
    let (doc, position) = (note.target.doc, note.target.position);
    model.placing = Some(note);
    model
        .status
        .say("Select the words the note belongs to · gp puts it there · Esc gives up");
    marks::leave_for(model, doc, near.unwrap_or(position))
}

/// Puts the note that was taken up on the selection, or else on the sentence.
pub(super) fn put(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let Some(note) = model.placing.take() else {
        model
            .status
            .say("No note was taken up · r in the review or the list of notes takes one up");
        return Vec::new();
    };
    if note.target.doc != reader.doc() {
        model.status.fail(
            "The note belongs to another document · open that one, then gp puts it on words there",
        );
        model.placing = Some(note);
        return Vec::new();
    }
    let range = reader.passage();
    if range.is_empty() {
        model.placing = Some(note);
        return annotate::no_text(model);
    }
    reader.selection = None;
    let revision = reader.document.revision;
    let standing = model.kept.standings.get(&note.id);
    let before = standing
        .filter(|standing| standing.revision == revision)
        .map(|standing| &standing.anchoring)
        .filter(|anchoring| anchoring.method == Some(Method::Reader))
        .map_or(Decision::Withdraw, |anchoring| {
            match anchoring.anchor.range() {
                Some(range) => Decision::Pick(range),
                None => Decision::Reject,
            }
        });
    let change = Change::Place {
        note: note.id,
        doc: note.target.doc,
        revision,
        before,
        after: Decision::Pick(range),
    };
    save::save(model, vec![change], Cause::Edit)
}
