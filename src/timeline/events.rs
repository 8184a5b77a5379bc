//! Dated sentences of one document.

use std::collections::HashSet;

use super::said::{Sayings, quoted};
use super::stem::content_words;
use super::{Event, Sort};
use crate::document::{DocKind, Document, Interval};
use crate::language::entities::{EntityId, Mention};
use crate::language::quotes::Quote;
use crate::text::{Layer, TextRange};
use crate::time::{Bound, Grain, Timex, TimexKind};

/// A sentence gives no more events than this; a table of dates is no telling of events.
const MOST_EVENTS: usize = 16;
/// Names and words beyond these bounds of one sentence are not compared.
const MOST_ENTITIES: usize = 32;
const MOST_TEXT: u32 = 4096;
/// Labels are cut to about this many characters.
const LABEL: usize = 100;

/// What a dated sentence says in a quotation has its speaker. What was said without a date enters once for each speaker, on the day the document was published.
///
/// One event for each sentence and each distinct date in it, in text order; before them, for a statement of a known day of which it tells nothing itself, that it was issued.
///
/// Lengths of time, recurring times and words like "now" make no event, nor does the line that dates the document (byline, dateline, source line).
pub fn events(
    document: &Document,
    sentences: &Layer<()>,
    timexes: &Layer<Timex>,
    mentions: &Layer<Mention>,
    quotes: &Layer<Quote>,
) -> Vec<Event> {
    let published = document.meta.published.as_ref();
    let sayings = Sayings::of(document, quotes, timexes, mentions);
    let mut spoken: HashSet<u32> = HashSet::new();
    let dates_document = |sentence: TextRange| {
        published.is_some_and(|published| published.at.is_some_and(|at| at.overlaps(sentence)))
    };
    // A statement is said on the day it bears.
    let stated = published
        .filter(|_| document.meta.kind == DocKind::Statement)
        .map(|published| published.date.interval());
    let mut events: Vec<Event> = Vec::new();
    for (sentence, ()) in sentences {
        let text = sentence.of_text(&document.text);
        let first = events.len();
        for (range, timex) in spans(&document.text, timexes, *sentence) {
            let (range, timex) = (&range, &timex);
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
                || is_byline(text, said, timex, document, *sentence)
            {
                continue;
            }
            let inside = sayings.around(*range);
            let reported = sayings.on(*sentence, *range);
            spoken.extend([inside, reported].iter().flatten().map(|one| one.group));
            let told = match (inside, reported) {
                (Some(one), _) => {
                    let within = one.range.intersection(*sentence).unwrap_or(one.range);
                    quoted(one.name, label(&document.text, within, *range))
                }
                (None, Some(one)) => {
                    let start = TextRange::empty(one.range.start);
                    quoted(one.name, label(&document.text, one.range, start))
                }
                (None, None) => label(&document.text, *sentence, *range).into(),
            };
            let speaker = inside.or(reported).map(|one| one_line(one.name).into());
            events.push(Event {
                doc: document.id,
                range: *sentence,
                timex: *range,
                interval: timex.interval,
                grain: timex.grain,
                bound: timex.bound,
                edtf: timex.edtf.clone(),
                said: one_line(said).into(),
                label: told,
                entities: Vec::new(),
                words: Vec::new(),
                sort: if reported.is_some() {
                    Sort::Said
                } else {
                    Sort::Told
                },
                speaker,
                stated: match (inside, reported) {
                    (Some(one), _) => one.on,
                    (None, Some(_)) => timex.interval,
                    (None, None) => stated,
                },
                published: published.map(|published| published.date.clone()),
            });
        }
        if events.len() > first {
            let entities = entities_of(mentions, *sentence);
            let words = content_words(&without(&document.text, *sentence, timexes, mentions));
            for event in events.iter_mut().skip(first) {
                event.entities.clone_from(&entities);
                event.words.clone_from(&words);
            }
        }
    }
    // Where the text tells of that day itself, its own words are the better witness.
    let told = |issued: &Event| events.iter().any(|event| event.interval == issued.interval);
    if let Some(issued) =
        issued(document, sentences, timexes, mentions).filter(|issued| !told(issued))
    {
        events.insert(0, issued);
    }
    events.extend(sayings.undated(&spoken));
    events.sort_by_key(|event| event.range.start);
    events
}

/// That a statement was issued: it is itself the witness of its day, though it seldom names it.
fn issued(
    document: &Document,
    sentences: &Layer<()>,
    timexes: &Layer<Timex>,
    mentions: &Layer<Mention>,
) -> Option<Event> {
    let published = document.meta.published.as_ref()?;
    let interval = published.date.interval();
    if document.meta.kind != DocKind::Statement || !interval.is_day() {
        return None;
    }
    let first = document.blocks.first()?.range;
    let (title, ()) = sentences.at(first.start).next()?;
    // What it is about stands in its title and its first sentence.
    let opening = sentences
        .iter()
        .map(|(range, ())| *range)
        .find(|range| range.start > title.end && range.len() > title.len().min(80));
    let about = opening.map_or(*title, |opening| title.union(opening));
    Some(Event {
        doc: document.id,
        range: *title,
        timex: TextRange::empty(title.start),
        interval: Some(interval),
        grain: Grain::Day,
        bound: None,
        edtf: Some(published.date.as_str().into()),
        said: published.date.as_str().into(),
        label: one_line(document.title()).into(),
        entities: entities_of(mentions, about),
        words: content_words(&without(&document.text, about, timexes, mentions)),
        sort: Sort::Said,
        speaker: None,
        stated: Some(interval),
        published: Some(published.date.clone()),
    })
}

/// The expressions of a sentence, those that say from when to when as one: "from 12 to 17 September".
fn spans(text: &str, timexes: &Layer<Timex>, sentence: TextRange) -> Vec<(TextRange, Timex)> {
    let mut spans: Vec<(TextRange, Timex)> = Vec::new();
    for (range, timex) in timexes.within(sentence).take(MOST_EVENTS * 4) {
        if let Some((first_range, first)) = spans.last_mut()
            && let Some(days) = until(text, (*first_range, first), (*range, timex))
        {
            *first_range = TextRange::new(first_range.start, range.end);
            first.interval = Some(days);
            first.edtf = days.to_edtf().map(Into::into);
            first.bound = None;
            first.grain = first.grain.max(timex.grain).max(Grain::Week);
            continue;
        }
        spans.push((*range, timex.clone()));
    }
    spans
}

/// From the first day of one date to the last of another that follows it after "to" or a dash.
fn until(text: &str, one: (TextRange, &Timex), other: (TextRange, &Timex)) -> Option<Interval> {
    let between = TextRange::new(one.0.end, other.0.start.max(one.0.end)).of_text(text);
    let joins = matches!(
        between.trim(),
        "to" | "to the" | "through" | "until" | "till" | "–" | "—" | "-"
    );
    // "between 2015 and 2018"
    let between = between.trim() == "and"
        && one.1.bound == Some(Bound::Since)
        && other.1.bound == Some(Bound::Until);
    let joins = joins || between;
    let dates = [one.1, other.1]
        .iter()
        .all(|timex| timex.kind == TimexKind::Date && timex.bound.is_none_or(spans_time));
    let (from, to) = (one.1.interval?.earliest?, other.1.interval?.latest?);
    (joins && dates && from < to).then(|| Interval::days(from, to))
}

/// Whether a bound is one of those a span is made of.
const fn spans_time(bound: Bound) -> bool {
    match bound {
        Bound::Since | Bound::Until => true,
        Bound::Before | Bound::After => false,
    }
}

pub(super) fn names_a_time(timex: &Timex) -> bool {
    let named = !timex.value.ends_with("_REF");
    match timex.kind {
        // "at night", "day five": no date would make an event of them.
        TimexKind::Time => named && timex.interval.is_some(),
        TimexKind::Date => named && timex.rule != "event-day" && timex.rule != "event-after",
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
    "editorial",
    "opinion",
    "immediate",
    "release",
    "pm",
    "am",
];

/// A line with no more words than this beside the document's date, and no stop, is a byline.
const FEW_WORDS: usize = 8;
/// Bytes from the start of a document within which its byline stands.
const NEAR_TOP: u32 = 600;

/// Whether the sentence is little more than the document's own date: names and a date, no verb worth telling.
fn is_byline(
    text: &str,
    said: &str,
    timex: &Timex,
    document: &Document,
    sentence: TextRange,
) -> bool {
    let published = document
        .meta
        .published
        .as_ref()
        .map(|published| published.date.interval());
    // Where nothing dates the document yet, a line at its top may.
    let may_date = match published {
        Some(_) => timex.interval == published,
        None => sentence.start < NEAR_TOP && timex.grain == Grain::Day,
    };
    if !may_date || text.len() > said.len() + 120 {
        return false;
    }
    let rest = text.replacen(said, " ", 1);
    // A line of a few words that ends without a stop tells nothing: "The Gazette, editorial, October 28".
    let closed = text
        .trim_end()
        .ends_with(['.', '!', '?', '…', '”', '"', ':', ';', ')']);
    if !closed && !text.contains('│') && rest.split_whitespace().count() <= FEW_WORDS {
        return true;
    }
    rest.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.starts_with(char::is_lowercase))
        .all(|word| BYLINE.contains(&word))
}

pub(super) fn entities_of(mentions: &Layer<Mention>, sentence: TextRange) -> Vec<EntityId> {
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

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the sentence tells: without the label of who speaks, and of a table row the cells after that of the date.
fn told(whole: &str, sentence: TextRange, timex: TextRange) -> (&str, TextRange) {
    let before = (timex.start - sentence.start.min(timex.start)) as usize;
    let speaker = whole
        .split_once(": ")
        .filter(|(label, _)| label.len() <= LONGEST_SPEAKER && !label.is_empty())
        .filter(|(label, _)| {
            label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
        })
        .map_or(0, |(label, _)| label.len() + 2);
    let date_cell = whole
        .split_once('│')
        .filter(|(first, rest)| {
            before == 0 && first.trim().len() == timex.len() as usize && !rest.trim().is_empty()
        })
        .map_or(0, |(first, rest)| {
            first.len() + '│'.len_utf8() + (rest.len() - rest.trim_start().len())
        });
    let skipped = if speaker <= before {
        speaker.max(date_cell)
    } else {
        date_cell
    };
    let start = TextRange::new(sentence.start + skipped as u32, sentence.end);
    (whole.get(skipped..).unwrap_or(whole), start)
}

/// A label before a colon longer than this names no speaker.
const LONGEST_SPEAKER: usize = 40;

/// The sentence on one line, cut to about a hundred characters that hold its date.
pub(super) fn label(text: &str, sentence: TextRange, timex: TextRange) -> String {
    let whole = sentence.of_text(text);
    let (whole, sentence) = told(whole, sentence, timex);
    // A sentence may be a whole page; only what lies around the date is looked at.
    if whole.len() <= LABEL * 2 {
        let line = one_line(whole);
        if line.chars().count() <= LABEL {
            return line;
        }
    }
    let before = TextRange::new(sentence.start, timex.start.max(sentence.start)).of_text(text);
    let far = before.chars().count() > LABEL * 2 / 3;
    let rest = TextRange::new(timex.start.max(sentence.start), sentence.end).of_text(text);
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
