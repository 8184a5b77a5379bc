//! What the reader writes: highlights, notes, tags, bookmarks, marks and metadata set by hand.

use jiff::Timestamp;

use super::run::nothing_open;
use crate::annotation::{Annotation, Body, Bookmark, BookmarkName, Colour, RecordId, Target};
use crate::app::action::Action;
use crate::app::citation;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::{Landing, Model, Pane};
use crate::app::overlay::{Editor, Overlay};
use crate::document::{DocId, Edtf};
use crate::text::{TextRange, sanitise};

/// Sends changes to be saved, after those that could not be saved before.
pub(super) fn save(model: &mut Model, changes: Vec<Change>, cause: Cause) -> Vec<Effect> {
    let mut effects: Vec<Effect> = std::mem::take(&mut model.unsaved)
        .into_iter()
        .map(|(changes, cause)| Effect::Save { changes, cause })
        .collect();
    effects.push(Effect::Save { changes, cause });
    effects
}

/// `3h` takes colour 3; on a highlight without a selection the next colour.
pub(super) fn highlight(model: &mut Model, now: Timestamp, count: Option<u32>) -> Vec<Effect> {
    let asked = count.and_then(|n| Colour::ALL.get((n as usize).checked_sub(1)?).copied());
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    if reader.selection.is_none()
        && let Some((before, _)) = reader.annotation_at(reader.at)
    {
        let now_at = Colour::ALL
            .iter()
            .position(|colour| *colour == before.body.colour)
            .unwrap_or(0);
        let next = Colour::ALL
            .get((now_at + 1) % Colour::ALL.len())
            .copied()
            .unwrap_or_default();
        let colour = asked.unwrap_or(next);
        let after = Annotation {
            body: Body {
                colour,
                ..before.body.clone()
            },
            modified: now,
            ..before.clone()
        };
        let change = Change::Annotation {
            before: Some(before.clone()),
            after: Some(after),
        };
        model.colour = colour;
        return save(model, vec![change], Cause::Edit);
    }
    let colour = asked.unwrap_or(model.colour);
    model.colour = colour;
    let range = reader.passage();
    reader.selection = None;
    let after = Annotation {
        id: RecordId(0),
        target: Target::new(&reader.document, range),
        body: Body {
            colour,
            ..Body::default()
        },
        created: now,
        modified: now,
    };
    reader.at = range.start;
    save(
        model,
        vec![Change::Annotation {
            before: None,
            after: Some(after),
        }],
        Cause::Edit,
    )
}

/// Opens the note under the cursor, or a new one on the passage.
pub(super) fn annotate(model: &mut Model, _now: Timestamp) -> Vec<Effect> {
    let colour = model.colour;
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let editor = match reader
        .annotation_at(reader.at)
        .filter(|_| reader.selection.is_none())
    {
        Some((before, _)) => Editor::new(
            Some(before.clone()),
            before.target.clone(),
            before.body.clone(),
        ),
        None => {
            let range = reader.passage();
            Editor::new(
                None,
                Target::new(&reader.document, range),
                Body {
                    colour,
                    ..Body::default()
                },
            )
        }
    };
    model.overlays.push(Overlay::Editor(Box::new(editor)));
    Vec::new()
}

/// Sets the tags of the annotation under the cursor, or highlights the passage with them.
pub(super) fn tag(model: &mut Model, now: Timestamp, typed: &str) -> Vec<Effect> {
    let tags = parse_tags(typed);
    let colour = model.colour;
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let change = match reader
        .annotation_at(reader.at)
        .filter(|_| reader.selection.is_none())
    {
        Some((before, _)) => {
            let after = Annotation {
                body: Body {
                    tags,
                    ..before.body.clone()
                },
                modified: now,
                ..before.clone()
            };
            Change::Annotation {
                before: Some(before.clone()),
                after: Some(after),
            }
        }
        None => {
            let target = Target::new(&reader.document, reader.passage());
            let body = Body {
                tags,
                colour,
                ..Body::default()
            };
            let after = Annotation {
                id: RecordId(0),
                target,
                body,
                created: now,
                modified: now,
            };
            Change::Annotation {
                before: None,
                after: Some(after),
            }
        }
    };
    reader.selection = None;
    save(model, vec![change], Cause::Edit)
}

/// Tags as typed: parted by commas or blanks, `#` left off, without repeats.
pub(super) fn parse_tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in sanitise::line(typed)
        .split([',', ' '])
        .map(|tag| tag.trim().trim_start_matches('#'))
    {
        if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// What a prompt for an argument begins with: the value there is now.
pub(super) fn present_argument(model: &Model, action: Action) -> String {
    let Some(reader) = &model.reader else {
        return String::new();
    };
    let meta = &reader.document.meta;
    match action {
        Action::Tag => match reader
            .annotation_at(reader.at)
            .filter(|_| reader.selection.is_none())
        {
            Some((annotation, _)) if !annotation.body.tags.is_empty() => {
                format!("{}, ", annotation.body.tags.join(", "))
            }
            _ => String::new(),
        },
        Action::SetDate => meta
            .published
            .as_ref()
            .map(|published| published.date.to_string())
            .unwrap_or_default(),
        Action::SetTitle => meta.title.clone().unwrap_or_default(),
        Action::SetPublisher => meta.publisher.clone().unwrap_or_default(),
        Action::Measure => model.settings.measure_cells.to_string(),
        _ => String::new(),
    }
}

/// Deletes the annotation under the cursor, or else the bookmark on its line.
pub(super) fn delete(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    if let Some((annotation, _)) = reader.annotation_at(reader.at) {
        let change = Change::Annotation {
            before: Some(annotation.clone()),
            after: None,
        };
        return save(model, vec![change], Cause::Edit);
    }
    let line = reader
        .visible
        .iter()
        .filter_map(|row| row.line)
        .map(|line| line.range)
        .find(|range| range.contains(reader.at));
    let bookmark = reader.bookmarks.iter().find(|(_, anchor)| {
        anchor
            .range()
            .zip(line)
            .is_some_and(|(place, line)| line.contains(place.start))
    });
    if let Some((bookmark, _)) = bookmark {
        let change = Change::Bookmark {
            before: Some(bookmark.clone()),
            after: None,
        };
        return save(model, vec![change], Cause::Edit);
    }
    model
        .status
        .say("No annotation or bookmark is under the cursor · ]a goes to the next annotation");
    Vec::new()
}

/// Takes the last edit back.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    match model.undo.take_undo() {
        Some(changes) => save(model, changes, Cause::Undo),
        None => {
            model.status.say("Nothing to undo in this session");
            Vec::new()
        }
    }
}

/// Does the edit taken back last again.
pub(super) fn redo(model: &mut Model) -> Vec<Effect> {
    match model.undo.take_redo() {
        Some(changes) => save(model, changes, Cause::Redo),
        None => {
            model.status.say("Nothing to redo");
            Vec::new()
        }
    }
}

/// Tries what could not be saved again.
pub(super) fn save_again(model: &mut Model) -> Vec<Effect> {
    let waiting = std::mem::take(&mut model.unsaved);
    if waiting.is_empty() {
        model.status.good("Everything is saved");
    }
    waiting
        .into_iter()
        .map(|(changes, cause)| Effect::Save { changes, cause })
        .collect()
}

/// Sets the mark of a letter: small in this document, capital in the library.
pub(super) fn set_mark(model: &mut Model, now: Timestamp, letter: &str) -> Vec<Effect> {
    let Some(letter) = letter.chars().next() else {
        return Vec::new();
    };
    let name = if letter.is_ascii_uppercase() {
        BookmarkName::Global(letter)
    } else {
        BookmarkName::Local(letter)
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
    let doc = reader.doc();
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
        BookmarkName::Named(_) => model
            .kept
            .bookmarks
            .iter()
            .find(|bookmark| bookmark.name == name && bookmark.target.doc == doc)
            .cloned(),
    };
    let sentence = reader.sentence_at(reader.at);
    let end = sentence.end.max(reader.grapheme_at(reader.at).end);
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
        return super::run::run(model, Timestamp::UNIX_EPOCH, Action::JumpBack, None, None);
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

/// Jumps to a passage and remembers where the jump began.
pub(super) fn leave_for(model: &mut Model, doc: DocId, range: TextRange) -> Vec<Effect> {
    if let Some(from) = model.here() {
        model.jumps.leave(from);
    }
    model.list.select(doc);
    model.focus = Pane::Reader;
    // Where the text has changed since, the passage stands elsewhere: the open document knows.
    let range = match &model.reader {
        Some(reader) if reader.doc() == doc => {
            let notes = reader
                .annotations
                .iter()
                .map(|(note, anchor)| (note.target.position, anchor));
            let marks = reader
                .bookmarks
                .iter()
                .map(|(mark, anchor)| (mark.target.position, anchor));
            let now = notes
                .chain(marks)
                .find(|(position, _)| *position == range)
                .and_then(|(_, anchor)| anchor.range());
            now.unwrap_or(range)
        }
        _ => range,
    };
    model.open(doc, Landing::At(range))
}

/// Copies the selection or sentence with its citation.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let range = reader.passage();
    reader.selection = None;
    let text = citation::cite(&reader.document, range);
    model.status.good("Copied with its citation");
    vec![Effect::Copy(text)]
}

/// Sets date, title or publisher by hand; `-` takes it back.
pub(super) fn set_meta(model: &mut Model, action: Action, typed: &str) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let before = reader.patch.clone();
    let mut after = before.clone();
    let typed = sanitise::line(typed.trim()).into_owned();
    let value = (typed != "-" && !typed.is_empty()).then_some(typed);
    match action {
        Action::SetDate => match value.as_deref().map(str::parse::<Edtf>).transpose() {
            Ok(date) => after.published = date,
            Err(error) => {
                model.status.fail(error.to_string());
                return Vec::new();
            }
        },
        Action::SetTitle => after.title = value,
        _ => after.publisher = value,
    }
    let doc = reader.doc();
    save(
        model,
        vec![Change::Meta { doc, before, after }],
        Cause::Edit,
    )
}
