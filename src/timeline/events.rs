//! Dated sentences of one document.

use std::collections::HashSet;

use super::label::{label, one_line};
use super::said::{Sayings, Spoken, quoted};
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
            if sayings.quotes(*range) && is_outlook(document, timex) {
                continue;
            }
            let reported = sayings.on(*sentence, *range);
            spoken.extend(reported.iter().map(|one| one.group));
            let told = match inside.as_ref().or(reported.as_ref()) {
                Some(one) => spoken_label(&document.text, *sentence, *range, one),
                None => label(&document.text, *sentence, *range).into(),
            };
            let speaker = inside
                .as_ref()
                .or(reported.as_ref())
                .map(|one| one_line(&one.name).into());
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
                stated: match (&inside, &reported) {
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

/// "Who will be bound by it next year?": in a quotation it tells of no event, and was not said then.
fn is_outlook(document: &Document, timex: &Timex) -> bool {
    let published = document.meta.published.as_ref();
    let known = published.and_then(|published| published.date.interval().latest);
    let last = timex.interval.and_then(|days| days.latest);
    let is_past = last.zip(known).is_some_and(|(last, known)| last < known);
    timex.grain > Grain::Month && !is_past
}

/// The label of a quotation that a date stands in, or beside.
fn spoken_label(text: &str, sentence: TextRange, timex: TextRange, one: &Spoken) -> Box<str> {
    let inside = one.range.covers(timex);
    let (words, timex) = if inside {
        (one.range.intersection(sentence).unwrap_or(one.range), timex)
    } else {
        (one.range, TextRange::empty(one.range.start))
    };
    quoted(&one.name, &label(text, words, timex))
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
