//! Linking two passages, and following links both ways.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;

use super::overlays::{letter_step, list_step};
use super::run::nothing_open;
use super::{annotate, marks, save};
use crate::annotation::{Annotation, Link, LinkKind, RecordId, Target};
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::app::overlay::bond::{About, End};
use crate::app::overlay::{Bond, Overlay};

/// On the first passage begins a link, on the second asks what the first does to it. A passage without a note is highlighted.
pub(super) fn link(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let under = reader
        .annotation_at(reader.at)
        .filter(|_| reader.selection.is_none());
    let (target, effects) = if let Some((note, _)) = under {
        (note.target.clone(), Vec::new())
    } else {
        let range = reader.passage();
        if range.is_empty() {
            return annotate::no_text(model);
        }
        let target = Target::new(&reader.document, range);
        if model.linking.is_none() {
            model.linked_anew.clear();
        }
        model.linked_anew.push(target.clone());
        (target, annotate::highlight(model, now, None))
    };
    match model.linking.take() {
        None => {
            model.linking = Some(target);
            model
                .status
                .say("Link begun · L on the other passage asks what this one does to it");
        }
        Some(from) if from == target => {
            let effects = give_up(model);
            model.status.say("Link given up: it is the same passage");
            return effects;
        }
        Some(from) => model.overlays.push(Overlay::Bond(Bond::kind(from, target))),
    }
    effects
}

/// Leaves the list; a link that is not made takes the highlights with it that were made for it.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    match model.overlays.pop() {
        Some(Overlay::Bond(Bond {
            about: About::Kind { .. },
            ..
        })) => {
            model.status.say("No link was made");
            give_up(model)
        }
        _ => Vec::new(),
    }
}

fn give_up(model: &mut Model) -> Vec<Effect> {
    let made = std::mem::take(&mut model.linked_anew);
    let is_bare = |note: &&Annotation| {
        note.id.0 > 0
            && note.body.note.is_empty()
            && note.body.tags.is_empty()
            && made.contains(&note.target)
    };
    let gone = model.kept.annotations.iter().filter(is_bare);
    let changes: Vec<Change> = gone
        .map(|note| Change::Annotation {
            before: Some(note.clone()),
            after: None,
        })
        .collect();
    if changes.is_empty() {
        return Vec::new();
    }
    save::save(model, changes, Cause::Edit)
}

/// Where the links of a note lead, both ways.
pub(in crate::app) fn ends(model: &Model, note: RecordId) -> Vec<End> {
    let end = |link: &Link| {
        let (other, says) = if link.source == note {
            (link.target, link.kind.as_str())
        } else if link.target == note {
            (link.source, link.kind.backwards())
        } else {
            return None;
        };
        let other = model
            .kept
            .annotations
            .iter()
            .find(|known| known.id == other)?;
        Some(End {
            link: link.id,
            says,
            words: other.target.quote.exact.clone(),
            doc: other.target.doc,
            range: other.target.position,
        })
    };
    model.kept.links.iter().filter_map(end).collect()
}

/// Goes to the other end of the link of the note under the cursor; of several, asks which.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let Some((note, _)) = reader.annotation_at(reader.at) else {
        model
            .status
            .say("No note is under the cursor · ]a goes to the next one");
        return Vec::new();
    };
    let found = ends(model, note.id);
    match found.as_slice() {
        [] => {
            model
                .status
                .say("This note is not linked · L here and on another passage links them");
            Vec::new()
        }
        [only] => marks::leave_for(model, only.doc, only.range),
        _ => {
            model.overlays.push(Overlay::Bond(Bond::ends(found)));
            Vec::new()
        }
    }
}

/// Takes a key.
pub(super) fn press(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(Overlay::Bond(bond)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let n = bond.len();
    if let Some(by) = list_step(event, control, 10).or_else(|| {
        letter_step(event, 10).filter(|_| matches!(event.code, KeyCode::Char('j' | 'k')))
    }) {
        bond.cursor.step(by, n);
        return Vec::new();
    }
    let kind_of = |letter: char| {
        LinkKind::ALL
            .iter()
            .position(|kind| kind.as_str().starts_with(letter) && letter != 'c')
            .or_else(|| {
                letter
                    .to_digit(10)
                    .and_then(|digit| (digit as usize).checked_sub(1))
            })
            .filter(|index| *index < n)
    };
    match event.code {
        KeyCode::Enter => choose(model),
        KeyCode::Char('x') if matches!(bond.about, About::Ends(_)) => unlink(model),
        KeyCode::Char(letter) => match (&bond.about, kind_of(letter)) {
            (About::Kind { .. }, Some(index)) => {
                bond.cursor.selected = index;
                choose(model)
            }
            (About::Ends(_), _) if letter.is_ascii_digit() => {
                let index = kind_of(letter).unwrap_or(bond.cursor.selected);
                bond.cursor.selected = index;
                choose(model)
            }
            (_, _) if letter == 'q' => close(model),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn unlink(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Bond(bond)) = model.overlays.pop() else {
        return Vec::new();
    };
    let About::Ends(ends) = bond.about else {
        return Vec::new();
    };
    let chosen = ends.get(bond.cursor.selected).map(|end| end.link);
    let link = model.kept.links.iter().find(|link| Some(link.id) == chosen);
    match link.cloned() {
        Some(link) => {
            let change = Change::Link {
                before: Some(link),
                after: None,
            };
            save::save(model, vec![change], Cause::Edit)
        }
        None => Vec::new(),
    }
}

fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Bond(bond)) = model.overlays.pop() else {
        return Vec::new();
    };
    let index = bond.cursor.selected;
    match bond.about {
        About::Ends(ends) => match ends.get(index) {
            Some(end) => marks::leave_for(model, end.doc, end.range),
            None => Vec::new(),
        },
        About::Kind { from, to } => {
            let noted = |target: &Target| -> Option<&Annotation> {
                let mut notes = model.kept.annotations.iter();
                notes.find(|note| note.id.0 > 0 && note.target == *target)
            };
            let (Some(source), Some(target), Some(kind)) =
                (noted(&from), noted(&to), LinkKind::ALL.get(index))
            else {
                model.status.fail(
                    "One of the two passages is not saved yet · :save tries again, then link them",
                );
                return Vec::new();
            };
            let link = Link {
                id: RecordId(0),
                source: source.id,
                target: target.id,
                kind: *kind,
                note: String::new(),
                created: target.created,
            };
            let change = Change::Link {
                before: None,
                after: Some(link),
            };
            model.linked_anew.clear();
            save::save(model, vec![change], Cause::Edit)
        }
    }
}
