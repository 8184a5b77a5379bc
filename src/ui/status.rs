//! The last row: left what is so, right what can be done next (three keys at most).

mod hints;

use jiff::civil::Date;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use unicode_segmentation::UnicodeSegmentation;

use super::pen::{Pen, Span, cells_of, span};
use super::reader::mention_role;
use super::theme::Role;
use super::timeline;
use super::words::{counted, one_line, thousands};
use crate::annotation::{Anchor, Annotation};
use crate::app::keymap::Context;
use crate::app::model::Model;
use crate::app::reader::Reader;
use crate::app::status::{Status, Tone};
use crate::document::{DocId, Edtf, Interval};
use crate::language::quotes::Speaker;
use crate::text::TextRange;
use crate::text::width::shorten;
use crate::timeline::{Event, Row};

/// A longer selection is not counted word by word.
const COUNTED_BYTES: u32 = 100_000;
/// Words that stand for a speaker without naming one.
const PRONOUNS: [&str; 7] = ["he", "she", "they", "it", "we", "i", "you"];
/// Sources of a conflict that are quoted, and cells of a name among them.
const MOST_OTHERS: usize = 2;
const OTHER_NAME_CELLS: usize = 24;

pub(super) fn paint(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    // Only a ground is laid: letters that step back would make the mode step back with them.
    let style = pen.style(Role::Status);
    let has_ground = style.bg.is_some() || style.add_modifier.contains(Modifier::REVERSED);
    let ground = if has_ground { Role::Status } else { Role::Page };
    pen.clear(area, ground);
    if model.prompt.is_some() {
        return;
    }
    let row = Rect {
        x: area.x + area.width.min(1),
        width: area.width.saturating_sub(2),
        ..area
    };
    let left = left(model, pen);
    let room = row.width.saturating_sub(cells_of(&left).saturating_add(3));
    let says_place = model.status == Status::default();
    // A message goes before the keys, where one is goes on beside one of them.
    let room = if says_place {
        room.max(row.width / 4)
    } else {
        room
    };
    let right = hints::right(model, room);
    let wanted = cells_of(&right);
    let end = if wanted > 0 && wanted <= room {
        pen.spans(row.right() - wanted, row.y, row.right(), &right);
        row.right() - wanted - 2
    } else {
        row.right()
    };
    pen.spans(row.x, row.y, end, &left);
    pen.even(area, Role::Status);
}

fn left<'a>(model: &'a Model, pen: &Pen) -> Vec<Span<'a>> {
    let status = &model.status;
    let mut left: Vec<Span> = Vec::new();
    if let Some(message) = &status.message {
        let role = match message.tone {
            Tone::Plain => Role::Text,
            Tone::Good => Role::Ok,
            Tone::Warning => Role::Warn,
            Tone::Error => Role::Error,
        };
        left.push(span(message.text.as_str(), role));
    }
    // What was just done may be what takes its time.
    if let Some((what, done, all)) = &status.progress {
        let apart = if left.is_empty() { "" } else { " · " };
        let text = format!(
            "{apart}{what} {} of {} · Esc stops",
            thousands(*done),
            thousands(*all)
        );
        left.push(span(text, Role::Text));
    }
    let n_unsaved: usize = model.unsaved.iter().map(|(changes, _)| changes.len()).sum();
    let standing = match &status.standing {
        Some(standing) => Some(standing.clone()),
        None if n_unsaved > 0 => {
            let changes = counted(n_unsaved, "change");
            Some(format!("{changes} not saved · :save tries again"))
        }
        None => None,
    };
    if let Some(standing) = standing {
        let apart = if left.is_empty() { "" } else { "  " };
        let text = format!("{apart}{} {standing}", pen.symbols().warning);
        left.push(span(text, Role::Warn));
    }
    if left.is_empty() { place(model) } else { left }
}

/// Mode, place, and what stands under the cursor.
fn place(model: &Model) -> Vec<Span<'_>> {
    let context = model.context();
    let mode = match context {
        Context::All | Context::Reader => "READ",
        Context::Select => "SELECT",
        Context::List => "LIST",
        Context::Timeline => "TIME",
    };
    let mut spans = vec![span(mode, Role::StatusKey)];
    // What was begun elsewhere and ends in the text is not forgotten.
    if model.placing.is_some() {
        spans.push(span("  gp puts the note here", Role::Warn));
    } else if model.linking.is_some() {
        spans.push(span("  L links this passage", Role::Warn));
    }
    match (context, &model.reader) {
        (Context::List, _) => {
            let list = &model.list;
            if let Some(listing) = list.chosen() {
                spans.push(span(
                    format!(
                        "  {} of {}  ",
                        thousands(list.selected + 1),
                        thousands(list.shown.len())
                    ),
                    Role::Status,
                ));
                let who = listing
                    .publisher
                    .as_ref()
                    .map(|publisher| format!("{publisher} · "))
                    .unwrap_or_default();
                spans.push(span(format!("{who}{}", listing.title), Role::Status));
            }
        }
        (Context::Timeline, _) => {
            let pane = &model.timeline;
            if let Some(row) = pane.chosen() {
                spans.push(span(
                    format!(
                        "  {} of {}",
                        thousands(pane.selected + 1),
                        thousands(pane.shown.len())
                    ),
                    Role::Status,
                ));
                if row.conflict {
                    spans.push(span("  the sources disagree on the date", Role::Warn));
                } else if let Some(event) = pane.chosen_event() {
                    spans.push(span(dates_apart(event), Role::Status));
                    spans.push(span(format!("  {}", event.label), Role::Status));
                }
            }
        }
        (_, None) => {}
        (Context::Select, Some(reader)) => {
            if let Some(range) = reader.selected() {
                let size = if range.len() > COUNTED_BYTES {
                    format!("  {} KB", thousands((range.len() / 1024) as usize))
                } else {
                    format!("  {}", selected_size(reader.text(), range))
                };
                spans.push(span(size, Role::Status));
            }
        }
        (Context::All | Context::Reader, Some(reader)) => {
            spans.push(span(format!("  {}%", reader.percent()), Role::Status));
            if let Some(at) = reader
                .search
                .as_ref()
                .and_then(|search| Some((search.ordinal(reader.at)?, search.hits.len())))
            {
                spans.push(span(
                    format!("  hit {} of {}", thousands(at.0), thousands(at.1)),
                    Role::Status,
                ));
            }
            let areas = model.areas();
            // Where neither list nor timeline can say so.
            if let (Some((_, name)), None, None) =
                (&model.timeline.filter.entity, areas.list, areas.timeline)
            {
                spans.push(span(format!("  only {name}"), Role::Accent));
            }
            let is_sought = |(_, anchor): &&(Annotation, Anchor)| *anchor == Anchor::Sought;
            let n_sought = reader.annotations.iter().filter(is_sought).count();
            if n_sought > 0 {
                let text = format!("  looking for {}", counted(n_sought, "note"));
                spans.push(span(text, Role::Warn));
            }
            under_cursor(model, reader, &mut spans);
            if let Some(language) = reader.under_cursor().foreign {
                let text = format!("  {} · only listed names are marked", language.name());
                spans.push(span(text, Role::Status));
            }
        }
    }
    spans
}

/// When it was said and when it was published, where that is another day than that of the event.
fn dates_apart(event: &Event) -> String {
    let mut told = String::new();
    if let Some(stated) = timeline::stated_apart(event) {
        told = format!("  said {stated}");
    }
    let published = event.published.as_ref().map(Edtf::interval);
    if let Some(published) = published.filter(|days| Some(*days) != event.interval) {
        let apart = if told.is_empty() { "  " } else { " · " };
        told.push_str(apart);
        told.push_str("published ");
        told.push_str(&timeline::days_said(published));
    }
    told
}

/// The most telling thing under the cursor: a note of the reader's, a name, a date, a quotation, a link.
fn under_cursor<'a>(model: &'a Model, reader: &'a Reader, spans: &mut Vec<Span<'a>>) {
    let under = reader.under_cursor();
    if let Some((_, mention)) = under.mention {
        spans.push(span("  ", Role::Status));
        spans.push(span(mention.name.to_string(), mention_role(mention.kind)));
        let here = thousands(reader.mentions_here(mention));
        let text = match model.totals.get(&mention.entity) {
            Some(total) => format!(
                " · {here} here, {} in library",
                thousands(total.mentions as usize)
            ),
            None => format!(" · {here} here"),
        };
        spans.push(span(text, Role::Status));
    } else if let Some((range, timex)) = under.timex {
        spans.push(span(
            format!("  {}", timex.describe(range.of_text(reader.text()))),
            Role::Status,
        ));
        if let Some(row) = model.timeline.conflict_at(reader.doc(), range.start) {
            spans.extend(others_say(model, row, (reader.doc(), range.start)));
        }
    }
    if let Some((note, anchor)) = reader.annotation_at(reader.at) {
        let tags: Vec<String> = note.body.tags.iter().map(|tag| format!("#{tag}")).collect();
        let tags = tags.join(" ");
        let text = match one_line(&note.body.note) {
            text if text.is_empty() && tags.is_empty() => "  highlight".to_owned(),
            text if text.is_empty() => text,
            text => format!("  {}", shorten(&text, 60)),
        };
        spans.push(span(text, Role::Status));
        if !tags.is_empty() {
            spans.push(span(format!("  {tags}"), Role::Tag));
        }
        if !matches!(anchor, Anchor::Unchanged(_)) {
            spans.push(span(format!("  {}", anchor.status()), Role::Warn));
        }
    } else if let (Some((_, quote)), None) = (under.quote, under.mention) {
        let text = match &quote.speaker {
            Some(speaker) => format!("  quotation · {}", speaker_name(reader, speaker)),
            None => "  quotation · nobody is named".to_owned(),
        };
        spans.push(span(text, Role::Status));
    } else if let (Some(link), None) = (under.link, under.mention) {
        spans.push(span(format!("  {link}"), Role::Link));
    }
}

/// The day an event names, without the year where that is the year of `days` too; what is no day in the words of the text.
fn day_said(event: &Event, days: Option<Interval>) -> String {
    let one_day = |interval: Interval| {
        let day = interval.earliest?;
        (interval.latest == Some(day)).then_some(day)
    };
    let Some(day) = event.interval.and_then(one_day) else {
        return one_line(&event.said);
    };
    let year = days.and_then(|days| days.earliest).map(Date::year);
    let format = if year == Some(day.year()) {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    day.strftime(format).to_string()
}

/// Words, or characters where less than a word is selected.
fn selected_size(text: &str, range: TextRange) -> String {
    let selected = range.of_text(text);
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    let cut = in_word(before.chars().next_back()) && in_word(selected.chars().next())
        || in_word(selected.chars().next_back()) && in_word(after.chars().next());
    let n_words = selected.split_whitespace().count();
    if n_words == 1 && (cut || !selected.contains(char::is_alphanumeric)) {
        counted(selected.graphemes(true).count(), "character")
    } else {
        counted(n_words, "word")
    }
}

/// The words that name a speaker; of a pronoun, whom it stands for, where that is known.
fn speaker_name(reader: &Reader, speaker: &Speaker) -> String {
    let said = one_line(speaker.range.of_text(reader.text()));
    let lower = said.to_lowercase();
    if !PRONOUNS.contains(&lower.as_str()) {
        return said;
    }
    let mentions = &reader.analysis.mentions;
    let known = speaker.entity.as_ref().and_then(|entity| {
        mentions
            .iter()
            .find(|(_, mention)| mention.entity == *entity)
    });
    known.map_or_else(
        || format!("speaker: {lower}"),
        |(_, mention)| mention.name.to_string(),
    )
}

/// How the other sources of a conflict date it: those that share no day with the passage at `here`.
fn others_say(model: &Model, row: &Row, here: (DocId, u32)) -> Vec<Span<'static>> {
    let is_here = |event: &&Event| (event.doc, event.timex.start) == here;
    let days = row
        .sources
        .iter()
        .find(is_here)
        .and_then(|event| event.interval);
    let differs = |event: &&Event| match (event.interval, days) {
        (Some(theirs), Some(ours)) => !theirs.overlaps(ours),
        (None, _) | (_, None) => false,
    };
    let others = row.sources.iter().filter(differs).take(MOST_OTHERS);
    others
        .map(|event| {
            let listing = model.list.listing(event.doc);
            let name = listing.map_or("another document", |listing| &listing.title);
            let name = shorten(name, OTHER_NAME_CELLS);
            let text = format!(" · {name} says {}", day_said(event, days));
            span(text, Role::Warn)
        })
        .collect()
}
