//! Dated sentences of one document.

use super::Event;
use super::stem::content_words;
use crate::document::Document;
use crate::language::entities::{EntityId, Mention};
use crate::text::{Layer, TextRange};
use crate::time::{Timex, TimexKind};

/// A sentence gives no more events than this; a table of dates is no telling of events.
const MOST_EVENTS: usize = 16;
/// Names and words beyond these bounds of one sentence are not compared.
const MOST_ENTITIES: usize = 32;
const MOST_TEXT: u32 = 4096;
/// Labels are cut to about this many characters.
const LABEL: usize = 100;

/// One event for each sentence and each distinct date in it, in text order.
///
/// Lengths of time, recurring times and words like "now" make no event, nor does the line that dates the document (byline, dateline, source line).
pub fn events(
    document: &Document,
    sentences: &Layer<()>,
    timexes: &Layer<Timex>,
    mentions: &Layer<Mention>,
) -> Vec<Event> {
    let published = document.meta.published.as_ref();
    let dates_document = |sentence: TextRange| {
        published.is_some_and(|published| published.at.is_some_and(|at| at.overlaps(sentence)))
    };
    let mut events: Vec<Event> = Vec::new();
    for (sentence, ()) in sentences {
        let text = sentence.of_text(&document.text);
        let first = events.len();
        for (range, timex) in timexes.within(*sentence) {
            if events.len() - first >= MOST_EVENTS {
                break;
            }
            if !names_a_time(timex) || range.start < sentence.start {
                continue;
            }
            let said = range.of_text(&document.text);
            let same = |event: &Event| match (event.interval, timex.interval) {
                (Some(one), Some(other)) => one == other,
                (None, None) => event.said.eq_ignore_ascii_case(said),
                _ => false,
            };
            if events.iter().skip(first).any(same)
                || dates_document(*sentence)
                || is_byline(text, said, timex, document)
            {
                continue;
            }
            events.push(Event {
                doc: document.id,
                range: *sentence,
                timex: *range,
                interval: timex.interval,
                grain: timex.grain,
                said: one_line(said).into(),
                label: label(&document.text, *sentence, *range).into(),
                entities: Vec::new(),
                words: Vec::new(),
            });
        }
        if events.len() > first {
            let entities = entities(mentions, *sentence);
            let words = content_words(&without(&document.text, *sentence, timexes, mentions));
            for event in events.iter_mut().skip(first) {
                event.entities.clone_from(&entities);
                event.words.clone_from(&words);
            }
        }
    }
    events
}

fn names_a_time(timex: &Timex) -> bool {
    let named = !timex.value.ends_with("_REF");
    match timex.kind {
        TimexKind::Date | TimexKind::Time => named,
        TimexKind::Duration | TimexKind::Set => false,
    }
}

/// Words of bylines and datelines that are no names.
const BYLINE: &[&str] = &[
    "by",
    "from",
    "written",
    "published",
    "updated",
    "posted",
    "on",
    "at",
    "the",
    "of",
    "and",
    "in",
    "for",
    "immediate",
    "release",
    "pm",
    "am",
];

/// Whether the sentence is little more than the document's own date: names and a date, no verb worth telling.
fn is_byline(text: &str, said: &str, timex: &Timex, document: &Document) -> bool {
    let published = document
        .meta
        .published
        .as_ref()
        .map(|published| published.date.interval());
    if published.is_none() || timex.interval != published || text.len() > said.len() + 120 {
        return false;
    }
    let rest = text.replacen(said, " ", 1);
    rest.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.starts_with(char::is_lowercase))
        .all(|word| BYLINE.contains(&word))
}

fn entities(mentions: &Layer<Mention>, sentence: TextRange) -> Vec<EntityId> {
    let mut all: Vec<EntityId> = Vec::new();
    for (_, mention) in mentions.within(sentence) {
        if all.len() >= MOST_ENTITIES {
            break;
        }
        if !all.contains(&mention.entity) {
            all.push(mention.entity.clone());
        }
    }
    all
}

/// The sentence without its dates and names, which are compared on their own.
fn without(
    text: &str,
    sentence: TextRange,
    timexes: &Layer<Timex>,
    mentions: &Layer<Mention>,
) -> String {
    let sentence = TextRange::new(
        sentence.start,
        sentence.end.min(sentence.start.saturating_add(MOST_TEXT)),
    );
    let dates = timexes.within(sentence).map(|(range, _)| *range);
    let names = mentions.within(sentence).map(|(range, _)| *range);
    let mut holes: Vec<TextRange> = dates.chain(names).collect();
    holes.sort_unstable();
    let mut rest = String::new();
    let mut at = sentence.start;
    for hole in holes {
        if hole.start > at {
            rest.push_str(TextRange::new(at, hole.start).of_text(text));
        }
        rest.push(' ');
        at = at.max(hole.end);
    }
    if at < sentence.end {
        rest.push_str(TextRange::new(at, sentence.end).of_text(text));
    }
    rest
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentence on one line, cut to about a hundred characters that hold its date.
fn label(text: &str, sentence: TextRange, timex: TextRange) -> String {
    let whole = sentence.of_text(text);
    // A sentence may be a whole page; only what lies around the date is looked at.
    if whole.len() <= LABEL * 2 {
        let line = one_line(whole);
        if line.chars().count() <= LABEL {
            return line;
        }
    }
    let before = TextRange::new(sentence.start, timex.start).of_text(text);
    let far = before.chars().count() > LABEL * 2 / 3;
    let rest = TextRange::new(timex.start, sentence.end).of_text(text);
    let n_after = rest.chars().take(LABEL / 2).count();
    let start = if far {
        clause_start(before, LABEL - 2 - n_after)
    } else {
        0
    };
    let tail = TextRange::new(sentence.start + start as u32, sentence.end).of_text(text);
    let mut label = String::new();
    if start > 0 {
        label.push('…');
    }
    let mut n_chars = label.chars().count();
    for word in tail.split_whitespace() {
        let length = word.chars().count() + 1;
        if n_chars + length > LABEL {
            // A word longer than the label is cut.
            if n_chars <= 1 {
                label.extend(word.chars().take(LABEL - 1));
            }
            label = label.trim_end_matches([',', ';', ' ', '–', '-']).to_owned();
            label.push('…');
            return label;
        }
        if n_chars > 1 {
            label.push(' ');
        }
        label.push_str(word);
        n_chars += length;
    }
    label
}

/// Where the clause before the date begins, no more than so many characters back.
fn clause_start(before: &str, n_back: usize) -> usize {
    let reach = before
        .char_indices()
        .rev()
        .nth(n_back)
        .map_or(0, |(at, _)| at);
    let near = before.get(reach..).unwrap_or_default();
    let clause = near.find(", ").or_else(|| near.find("; ")).map(|at| at + 2);
    let word = near.find(char::is_whitespace).map(|at| at + 1);
    reach + clause.or(word).unwrap_or(0)
}
