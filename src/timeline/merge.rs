//! Which dated sentences of different documents tell the same event.
//!
//! Two events are compared only if they share one of their rarest names or words and lie close in time: an inverted index, sorted by date, never all pairs.
//! Precision comes first; a row too many is a smaller wrong than two events in one row. The thresholds:
//!
//! - Events agree if their days overlap, neither is vaguer than a season, and they share at least two entities and two content words, or a third entity in
//!   place of one of the words. On one and the same day two entities and one content word are enough, or three entities.
//! - Events conflict if both name a day, the days differ by at most [`NEAR`], and they share at least three entities and three content words that are at least half
//!   of what the shorter sentence says: it is told in the same words, so it is the same event.
//!
//! - What is told in the very same words of the very same days is one row, however vague: copies of a story do not fill the timeline. So are the same words of one speaker in stories that
//!   appear within [`SAME_SAYING`] days.
//!
//! A row never holds two events of one document.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Event, Row, Sort};
use crate::document::{DocId, Interval};

/// Days between two dates of the same event that are a conflict; further apart they are two events.
const NEAR: i64 = 3;
/// Longest interval, in days, that takes part in merging.
const LONGEST: i64 = 93;
/// Of each event so many of its rarest names and words are looked up.
const KEYS: usize = 8;
/// Of each list so many neighbours in time are compared.
const NEIGHBOURS: usize = 24;

/// Rows in time order: by first day, finer dates first; undated passages last, in the order they came.
pub fn rows(events: Vec<Event>) -> Vec<Row> {
    let pairs = pairs(&events);
    let mut clusters = Clusters::new(&events);
    for (a, b) in copies(&events) {
        clusters.join(a, b);
    }
    for pair in &pairs {
        clusters.join(pair.a, pair.b);
    }
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..events.len() {
        groups.entry(clusters.root(at)).or_default().push(at);
    }
    let mut slots: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort_unstable();
    let mut rows: Vec<Row> = groups
        .into_iter()
        .filter_map(|group| {
            row(group
                .into_iter()
                .filter_map(|at| slots.get_mut(at)?.take())
                .collect())
        })
        .collect();
    rows.sort_by_key(|row| {
        let days = row.interval;
        let first = days.and_then(|days| days.earliest.or(days.latest));
        (
            first.is_none(),
            first,
            row.grain,
            days.and_then(|days| days.latest),
        )
    });
    rows
}

/// Fewer words may be the same by chance.
const FEWEST_WORDS: usize = 3;
/// Days between stories that give the same words of one speaker.
const SAME_SAYING: i64 = 10;

/// What a passage is known by where another document copies it.
#[derive(PartialEq, Eq, Hash)]
enum Known<'a> {
    /// Days, or the words for them, and what is told.
    Told(Option<Interval>, &'a str, &'a [Box<str>]),
    /// Who said what.
    Said(&'a str),
}

/// Pairs of passages of which one is the copy of the other.
fn copies(events: &[Event]) -> Vec<(usize, usize)> {
    let mut by_words: HashMap<Known, Vec<usize>> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        let known = if is_undated_saying(event) {
            let first = event.label.split(" (and ").next();
            Known::Said(first.unwrap_or_default())
        } else if event.words.len() >= FEWEST_WORDS {
            let said = if event.interval.is_none() {
                &*event.said
            } else {
                ""
            };
            Known::Told(event.interval, said, &event.words)
        } else {
            continue;
        };
        by_words.entry(known).or_default().push(at);
    }
    let mut pairs = Vec::new();
    for (known, mut same) in by_words {
        let day = |at: &usize| events.get(*at).and_then(|event| event.interval?.earliest);
        same.sort_by_key(|at| (day(at), *at));
        for (a, b) in same.iter().zip(same.iter().skip(1)) {
            let near = match (&known, day(a), day(b)) {
                (Known::Said(_), Some(a), Some(b)) => apart(a, b) <= SAME_SAYING,
                (Known::Said(_) | Known::Told(..), ..) => true,
            };
            if near {
                pairs.push((*a, *b));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Words that no date in their text dates, but the publication or the statement they come from: they were said before it.
fn is_undated_saying(event: &Event) -> bool {
    event.sort == Sort::Said && event.speaker.is_some() && event.timex.is_empty()
}

/// One row from the events of one cluster; none from none.
fn row(mut sources: Vec<Event>) -> Option<Row> {
    // The finest date tells the row; of two the fuller sentence does.
    sources.sort_by_key(|event| {
        (
            event.interval.is_none(),
            event.grain,
            std::cmp::Reverse(event.words.len() + event.entities.len()),
            event.interval.and_then(|days| days.earliest),
        )
    });
    let first = sources.first()?;
    let mut common = first.interval;
    let mut conflict = false;
    for event in sources.iter().skip(1) {
        match (common, event.interval) {
            (Some(all), Some(days)) if all.overlaps(days) => common = Some(intersection(all, days)),
            // Said before the first story that has it.
            (Some(_), Some(_)) if is_undated_saying(event) => {}
            (Some(_), Some(_)) => conflict = true,
            _ => {}
        }
    }
    Some(Row {
        interval: if conflict { first.interval } else { common },
        grain: first.grain,
        conflict,
        sources,
    })
}

fn intersection(a: Interval, b: Interval) -> Interval {
    let latest = match (a.latest, b.latest) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Interval {
        earliest: a.earliest.max(b.earliest),
        latest,
    }
}

/// Two events to be joined, with how alike they are.
struct Pair {
    a: usize,
    b: usize,
    agree: bool,
    alike: usize,
    apart: i64,
}

/// Pairs to join, surest first: those that agree before those that conflict.
fn pairs(events: &[Event]) -> Vec<Pair> {
    let mut spelled: HashMap<&str, u32> = HashMap::new();
    let features: Vec<Features> = events
        .iter()
        .map(|event| Features::of(event, &mut spelled))
        .collect();
    let mut count = vec![0_u32; spelled.len()];
    for id in features.iter().flat_map(Features::all) {
        if let Some(count) = count.get_mut(id as usize) {
            *count += 1;
        }
    }
    // For each feature the events that have it among their rarest, by first day.
    let mut lists: Vec<Vec<(Date, Date, u32)>> = vec![Vec::new(); spelled.len()];
    for (at, (event, features)) in events.iter().zip(&features).enumerate() {
        let Some((from, to)) = closed(event).filter(|_| !is_undated_saying(event)) else {
            continue;
        };
        let mut rarest: Vec<u32> = features.all().collect();
        let often = |id: &u32| count.get(*id as usize).copied().unwrap_or(0);
        rarest.retain(|id| often(id) > 1);
        rarest.sort_by_key(often);
        for id in rarest.into_iter().take(KEYS) {
            if let Some(list) = lists.get_mut(id as usize) {
                list.push((from, to, at as u32));
            }
        }
    }
    let mut seen: Vec<(u32, u32)> = Vec::new();
    for list in &mut lists {
        list.sort_unstable();
        for (at, (_, to, event)) in list.iter().enumerate() {
            for (next_from, _, next) in list.iter().skip(at + 1).take(NEIGHBOURS) {
                if apart(*to, *next_from) > NEAR {
                    break;
                }
                seen.push((*event.min(next), *event.max(next)));
            }
        }
    }
    seen.sort_unstable();
    seen.dedup();
    let mut pairs: Vec<Pair> = seen
        .into_iter()
        .filter_map(|(a, b)| {
            let (a, b) = (a as usize, b as usize);
            pair(a, b, events, &features)
        })
        .collect();
    pairs.sort_by_key(|pair| {
        (
            !pair.agree,
            pair.apart,
            std::cmp::Reverse(pair.alike),
            pair.a,
            pair.b,
        )
    });
    pairs
}

/// First and last day of an event that can be merged.
fn closed(event: &Event) -> Option<(Date, Date)> {
    let interval = event.interval?;
    (interval.n_days()? <= LONGEST).then_some((interval.earliest?, interval.latest?))
}

fn apart(to: Date, from: Date) -> i64 {
    if from <= to {
        0
    } else {
        i64::from((from - to).get_days())
    }
}

fn pair(a: usize, b: usize, events: &[Event], features: &[Features]) -> Option<Pair> {
    let (one, other) = (events.get(a)?, events.get(b)?);
    if one.doc == other.doc {
        return None;
    }
    let (mine, theirs) = (features.get(a)?, features.get(b)?);
    let entities = shared(&mine.entities, &theirs.entities);
    let words = shared(&mine.words, &theirs.words);
    let days = closed(one).zip(closed(other))?;
    let ((a_from, a_to), (b_from, b_to)) = days;
    let gap = apart(a_to, b_from).max(apart(b_to, a_from));
    let make = |agree| Pair {
        a,
        b,
        agree,
        alike: entities * 2 + words,
        apart: gap,
    };
    if gap == 0 {
        let same_day = (a_from, a_to) == (b_from, b_to) && a_from == a_to;
        let enough = if same_day {
            entities >= 2 && words >= 1 || entities >= 3
        } else {
            entities >= 2 && words >= 2 || entities >= 3 && words >= 1
        };
        return enough.then(|| make(true));
    }
    let both_days = a_from == a_to && b_from == b_to;
    let shorter = mine.words.len().min(theirs.words.len());
    let told_alike = entities >= 3 && words >= 3 && words * 2 >= shorter;
    (both_days && gap <= NEAR && told_alike).then(|| make(false))
}

/// Numbers for the names and words of an event, sorted.
struct Features {
    entities: Vec<u32>,
    words: Vec<u32>,
}

impl Features {
    fn of<'a>(event: &'a Event, spelled: &mut HashMap<&'a str, u32>) -> Self {
        let mut number = |text: &'a str| {
            let next = spelled.len() as u32;
            *spelled.entry(text).or_insert(next)
        };
        let mut entities: Vec<u32> = event
            .entities
            .iter()
            .map(|entity| number(entity.as_str()))
            .collect();
        let mut words: Vec<u32> = event.words.iter().map(|word| number(word)).collect();
        entities.sort_unstable();
        words.sort_unstable();
        Self { entities, words }
    }

    fn all(&self) -> impl Iterator<Item = u32> + '_ {
        self.entities.iter().chain(&self.words).copied()
    }
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// Disjoint sets of events, no two of one document.
struct Clusters {
    parents: Vec<usize>,
    documents: Vec<Vec<DocId>>,
}

impl Clusters {
    fn new(events: &[Event]) -> Self {
        Self {
            parents: (0..events.len()).collect(),
            documents: events.iter().map(|event| vec![event.doc]).collect(),
        }
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).filter(|parent| **parent != at) {
            at = *parent;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let sizes = |at: usize| self.documents.get(at).map_or(0, Vec::len);
        // The smaller set goes under the larger, which keeps the way to the root short.
        let (big, small) = if sizes(a) >= sizes(b) { (a, b) } else { (b, a) };
        let moved = self.documents.get(small).cloned().unwrap_or_default();
        let Some(kept) = self.documents.get_mut(big).filter(|_| big != small) else {
            return;
        };
        if moved.iter().any(|doc| kept.contains(doc)) {
            return;
        }
        kept.extend(moved);
        if let Some(parent) = self.parents.get_mut(small) {
            *parent = big;
        }
    }
}
