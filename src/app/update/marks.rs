//! Marks, bookmarks and the ways to them; metadata set by hand; a passage copied.

use jiff::Timestamp;

use super::annotate;
use super::run::nothing_open;
use super::save::save;
use crate::annotation::{Bookmark, BookmarkName, RecordId, Target};
use crate::app::action::Action;
use crate::app::citation;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::{Landing, Model, Pane};
use crate::app::reader::Reader;
use crate::document::{DocId, Edtf};
use crate::text::{TextRange, sanitise};
use crate::time;

/// Sets the mark of a letter: small in this document, capital in the library.
pub(super) fn set_mark(model: &mut Model, now: Timestamp, letter: &str) -> Vec<Effect> {
    let Some(letter) = letter.chars().next() else {
        return Vec::new();
    };
    let name = match letter {
        'A'..='Z' => BookmarkName::Global(letter),
        'a'..='z' => BookmarkName::Local(letter),
        _ => {
            model.status.fail(format!(
                "“{letter}” cannot be a mark · use a letter, a to z or A to Z"
            ));
            return Vec::new();
        }
    };
    set_bookmark(model, now, name)
}

/// Sets a bookmark with a name.
pub(super) fn name_bookmark(model: &mut Model, now: Timestamp, name: &str) -> Vec<Effect> {
    let name = sanitise::line(name.trim()).into_owned();
    if name.is_empty() {
        model
            .status
            .fail("A bookmark needs a name · m and a letter sets a mark without one");
        return Vec::new();
    }
    set_bookmark(model, now, BookmarkName::Named(name))
}

fn set_bookmark(model: &mut Model, now: Timestamp, name: BookmarkName) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let before = match &name {
        BookmarkName::Local(_) => reader
            .bookmarks
            .iter()
            .map(|(bookmark, _)| bookmark)
            .find(|bookmark| bookmark.name == name)
            .cloned(),
        BookmarkName::Global(_) => model
            .kept
            .bookmarks
            .iter()
            .find(|bookmark| bookmark.name == name)
            .cloned(),
        // Names may repeat.
        BookmarkName::Named(_) => None,
    };
    let sentence = reader.sentence_at(reader.at);
    let end = sentence.end.max(reader.grapheme_at(reader.at).end);
    if end <= reader.at {
        return annotate::no_text(model);
    }
    let target = Target::new(&reader.document, TextRange::new(reader.at, end));
    let id = before.as_ref().map_or(RecordId(0), |before| before.id);
    let after = Bookmark {
        id,
        name,
        target,
        created: now,
    };
    save(
        model,
        vec![Change::Bookmark {
            before,
            after: Some(after),
        }],
        Cause::Edit,
    )
}

/// Goes to the mark of a letter.
pub(super) fn go_to_mark(model: &mut Model, letter: &str) -> Vec<Effect> {
    let Some(letter) = letter.chars().next() else {
        return Vec::new();
    };
    if matches!(letter, '\'' | '`') {
        return go_where_left(model);
    }
    let here = model.here();
    let local = model.reader.as_ref().and_then(|reader| {
        reader
            .bookmarks
            .iter()
            .find(|(bookmark, _)| bookmark.name == BookmarkName::Local(letter))
            .and_then(|(_, anchor)| anchor.range())
    });
    let global = || {
        let found = model
            .kept
            .bookmarks
            .iter()
            .find(|bookmark| bookmark.name == BookmarkName::Global(letter));
        found.map(|bookmark| (bookmark.target.doc, bookmark.target.position))
    };
    let to = match (local, here) {
        (Some(range), Some((doc, _))) if letter.is_ascii_lowercase() => Some((doc, range)),
        _ => global(),
    };
    match to {
        Some((doc, range)) => leave_for(model, doc, range),
        None => {
            model.status.say(format!(
                "There is no mark {letter} · m{letter} sets it, B lists all"
            ));
            Vec::new()
        }
    }
}

/// Between the place where the last jump began and this one, to and fro.
fn go_where_left(model: &mut Model) -> Vec<Effect> {
    let to = model.here().and_then(|here| model.jumps.latest_but(here));
    match to {
        Some((doc, at)) => leave_for(model, doc, TextRange::empty(at)),
        None => {
            model.status.say("There was no jump yet");
            Vec::new()
        }
    }
}

/// Jumps to a passage and remembers where the jump began.
pub(super) fn leave_for(model: &mut Model, doc: DocId, range: TextRange) -> Vec<Effect> {
    if let Some(from) = model.here() {
        model.jumps.leave(from);
    }
    go_to(model, doc, range)
}

/// The same from a card: what floats over the text is put aside, and ^O brings it back.
pub(super) fn leave_card_for(model: &mut Model, doc: DocId, range: TextRange) -> Vec<Effect> {
    let overlays = std::mem::take(&mut model.overlays);
    if let Some(from) = model.here() {
        model.jumps.leave_with(from, overlays);
    }
    go_to(model, doc, range)
}

fn go_to(model: &mut Model, doc: DocId, range: TextRange) -> Vec<Effect> {
    model.list.select(doc);
    model.focus = Pane::Reader;
    model.left = None;
    // Where the text has changed since, the passage stands elsewhere: the open document knows.
    let range = match &model.reader {
        Some(reader) if reader.doc() == doc => stands(reader, range),
        _ => range,
    };
    model.open(doc, Landing::At(range))
}

/// Where the passage of an annotation or bookmark made at `range` stands now.
pub(super) fn stands(reader: &Reader, range: TextRange) -> TextRange {
    let notes = reader
        .annotations
        .iter()
        .map(|(note, anchor)| (note.target.position, anchor));
    let marks = reader
        .bookmarks
        .iter()
        .map(|(mark, anchor)| (mark.target.position, anchor));
    notes
        .chain(marks)
        .find(|(position, _)| *position == range)
        .and_then(|(_, anchor)| anchor.range())
        .unwrap_or(range)
}

/// Sets date, title or publisher by hand; `-` takes it back.
pub(super) fn set_meta(model: &mut Model, action: Action, typed: &str) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let before = reader.corrections.clone();
    let mut after = before.clone();
    let typed = sanitise::line(typed.trim()).into_owned();
    let value = (typed != "-" && !typed.is_empty()).then_some(typed);
    match action {
        Action::SetDate => match value.as_deref().map(publication_date).transpose() {
            Ok(date) => after.published = date,
            Err(why) => {
                model.status.fail(why);
                return Vec::new();
            }
        },
        Action::SetTitle => after.title = value,
        _ => after.publisher = value,
    }
    if before == after {
        model.status.say("Nothing changed");
        return Vec::new();
    }
    let doc = reader.doc();
    save(
        model,
        vec![Change::Meta { doc, before, after }],
        Cause::Edit,
    )
}

/// A date as people write it; EDTF as it stands.
fn publication_date(typed: &str) -> Result<Edtf, String> {
    time::parse_edtf(typed, None).ok_or_else(|| {
        format!("“{typed}” is not a date · try `25 October 2023`, `2023-10` or `mid-October 2023`")
    })
}

/// Copies the selection or sentence with its citation.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let range = reader.passage();
    if range.is_empty() {
        return annotate::no_text(model);
    }
    reader.selection = None;
    let text = citation::cite(&reader.document, range);
    model.status.good("Copied with its citation");
    vec![Effect::Copy(text)]
}
