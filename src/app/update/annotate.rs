//! What the reader writes: highlights, notes and tags.

use jiff::Timestamp;

use super::drafts;
use super::run::nothing_open;
use super::save::save;
use crate::annotation::{Annotation, Body, Colour, RecordId, Target};
use crate::app::action::Action;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::text::sanitise;

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
    if range.is_empty() {
        return no_text(model);
    }
    let target = Target::new(&reader.document, range);
    if model.making.as_ref() == Some(&target) {
        model
            .status
            .say("That is still being saved · try again in a moment");
        return Vec::new();
    }
    reader.selection = None;
    model.making = Some(target.clone());
    let after = Annotation {
        id: RecordId(0),
        target,
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

/// Says that there is nothing to write about.
pub(super) fn no_text(model: &mut Model) -> Vec<Effect> {
    model.status.say("There is no text here");
    Vec::new()
}

/// Opens the note under the cursor, or a new one on the passage.
pub(super) fn annotate(model: &mut Model, _now: Timestamp) -> Vec<Effect> {
    let colour = model.colour;
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    match reader
        .annotation_at(reader.at)
        .filter(|_| reader.selection.is_none())
    {
        Some((before, _)) => {
            let before = before.clone();
            drafts::open_note(model, &before);
        }
        None => {
            let range = reader.passage();
            if range.is_empty() {
                return no_text(model);
            }
            let target = Target::new(&reader.document, range);
            let body = Body {
                colour,
                ..Body::default()
            };
            drafts::open_new(model, target, body);
        }
    }
    Vec::new()
}

/// Sets the tags of the annotation under the cursor, or highlights the passage with them.
pub(super) fn tag(model: &mut Model, now: Timestamp, typed: &str) -> Vec<Effect> {
    if let Some(effects) = super::kept::tag(model, now, typed) {
        return effects;
    }
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
        None if tags.is_empty() || reader.passage().is_empty() => return Vec::new(),
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
    if let Change::Annotation {
        before: Some(before),
        after: Some(after),
    } = &change
        && before.body == after.body
    {
        model.status.say("Nothing changed");
        return Vec::new();
    }
    save(model, vec![change], Cause::Edit)
}

/// Tags as typed: parted by commas or blanks, those with blanks in quotation marks; `#` left off, without repeats.
pub(super) fn parse_tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let line = sanitise::line(typed);
    // Every second part stands in quotation marks: there a blank is a letter.
    for (index, part) in line.split('"').enumerate() {
        let words: Vec<&str> = if index % 2 == 1 {
            vec![part]
        } else {
            part.split([',', ' ']).collect()
        };
        for tag in words {
            let tag = tag.trim().trim_start_matches('#');
            if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}

/// Tags as they can be typed: those with blanks in quotation marks.
pub(super) fn typed_tags(tags: &[String]) -> String {
    let typed: Vec<String> = tags.iter().map(|tag| typed_tag(tag)).collect();
    typed.join(", ")
}

/// A tag as it can be typed.
pub(super) fn typed_tag(tag: &str) -> String {
    if tag.contains([' ', ',']) {
        format!("\"{tag}\"")
    } else {
        tag.to_owned()
    }
}

/// What a prompt for an argument begins with: the value there is now.
pub(super) fn present_argument(model: &Model, action: Action) -> String {
    if let Action::EntityName | Action::EntityType = action {
        return super::entities::present_argument(model, action);
    }
    if let Action::TagDescribe | Action::TagRename = action {
        return super::tags::present_argument(model, action);
    }
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
                format!("{}, ", typed_tags(&annotation.body.tags))
            }
            _ => String::new(),
        },
        Action::SetDate => {
            let published = meta.published.as_ref().map(|published| &published.date);
            let suggested = reader.suggested.as_ref().map(|suggested| &suggested.date);
            published
                .or(suggested)
                .map(ToString::to_string)
                .unwrap_or_default()
        }
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
