//! A filter as typed, cut at blanks outside quotation marks and understood part by part.

use super::words::{Ending, Words};
use super::{Filter, FilterError};
use crate::document::{DocKind, Edtf, Interval};
use crate::search::fold::fold;

pub(super) const MOST_PARTS: usize = 64;
pub(super) const KINDS: [DocKind; 6] = [
    DocKind::Statement,
    DocKind::Transcript,
    DocKind::News,
    DocKind::Editorial,
    DocKind::Blog,
    DocKind::Other,
];
/// Where the words of a note may stand.
pub(super) const STATUSES: [&str; 7] = [
    "unchanged",
    "edited",
    "moved",
    "ambiguous",
    "probable",
    "lost",
    "sought",
];
/// In the order of their numbers; highlights have these and no others.
pub(super) const COLOURS: [&str; 5] = ["yellow", "green", "blue", "pink", "purple"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Finished,
    Typing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Tag,
    In,
    By,
    Title,
    Colour,
    Status,
    Entity,
    On,
    Since,
    Until,
    After,
    Before,
}

impl Key {
    const ALL: [Self; 12] = [
        Self::Tag,
        Self::In,
        Self::By,
        Self::Title,
        Self::Colour,
        Self::Status,
        Self::Entity,
        Self::On,
        Self::Since,
        Self::Until,
        Self::After,
        Self::Before,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::In => "in",
            Self::By => "by",
            Self::Title => "title",
            Self::Colour => "colour",
            Self::Status => "status",
            Self::Entity => "entity",
            Self::On => "on",
            Self::Since => "since",
            Self::Until => "until",
            Self::After => "after",
            Self::Before => "before",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let word = if word.eq_ignore_ascii_case("color") {
            "colour"
        } else {
            word
        };
        Self::ALL
            .into_iter()
            .find(|key| key.as_str().eq_ignore_ascii_case(word))
    }
}

/// The keys there are, for a message.
pub(super) fn key_names() -> String {
    Key::ALL.map(|key| format!("{}:", key.as_str())).join(" ")
}

/// One part of a line, cut but not understood.
#[derive(Default)]
struct Part {
    negated: bool,
    key: Option<String>,
    value: String,
    quoted: bool,
    /// It was cut off by the end of the line and not by a blank or a quotation mark.
    last: bool,
}

pub(super) fn parse(line: &str, entry: Entry) -> Result<Filter, FilterError> {
    let mut filters = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (part, after) = cut(rest, entry)?;
        rest = after.trim_start();
        if let Some(filter) = understand(&part, entry)? {
            if filters.len() == MOST_PARTS {
                return Err(FilterError::TooMany);
            }
            filters.push(filter);
        }
    }
    Ok(Filter::All(filters))
}

/// Cuts the first part off a line that does not begin with a blank.
fn cut(line: &str, entry: Entry) -> Result<(Part, &str), FilterError> {
    let mut part = Part::default();
    let mut rest = line;
    if let Some(after) = rest.strip_prefix('-') {
        part.negated = true;
        rest = after;
    }
    let key_end = rest.find(|c: char| !c.is_ascii_alphabetic());
    if let Some((key, value)) = key_end.and_then(|at| rest.split_at_checked(at))
        && let Some(value) = value.strip_prefix(':')
        && !key.is_empty()
        // An address is no key.
        && !value.starts_with("//")
    {
        part.key = Some(key.to_owned());
        rest = value;
    }
    let quotes = |c: char| matches!(c, '"' | '“' | '”');
    if let Some(inner) = rest.strip_prefix(quotes) {
        part.quoted = true;
        let (value, after) = match inner.split_once(quotes) {
            Some(closed) => closed,
            None if entry == Entry::Typing => {
                part.last = true;
                (inner, "")
            }
            None => return Err(FilterError::OpenQuote),
        };
        value.clone_into(&mut part.value);
        return Ok((part, after));
    }
    let end = rest.find(char::is_whitespace);
    part.last = end.is_none();
    let (value, after) = end
        .and_then(|at| rest.split_at_checked(at))
        .unwrap_or((rest, ""));
    value.clone_into(&mut part.value);
    Ok((part, after))
}

/// `None` for what asks nothing: a minus sign alone, a key that waits for its value while one types.
fn understand(part: &Part, entry: Entry) -> Result<Option<Filter>, FilterError> {
    let key = match &part.key {
        None => None,
        Some(word) => Some(
            Key::from_word(word).ok_or_else(|| FilterError::UnknownKey { key: word.clone() })?,
        ),
    };
    let typing = entry == Entry::Typing && part.last;
    let (value, starred) = match part.value.strip_suffix('*') {
        Some(stem) if !part.quoted => (stem, true),
        _ => (part.value.as_str(), false),
    };
    let ending = if starred || typing {
        Ending::Open
    } else {
        Ending::Word
    };
    let filter = match key {
        None => Words::new(value, ending).map(Filter::Anywhere),
        Some(key) => match meaning(key, value, ending) {
            Err(_) if typing => None,
            Err(error) => return Err(error),
            Ok(filter) => Some(filter),
        },
    };
    Ok(filter.map(|filter| {
        if part.negated {
            Filter::Not(Box::new(filter))
        } else {
            filter
        }
    }))
}

fn meaning(key: Key, value: &str, ending: Ending) -> Result<Filter, FilterError> {
    let no_value = FilterError::NoValue { key: key.as_str() };
    if value.trim().is_empty() {
        return Err(no_value);
    }
    let words = || Words::new(value, ending).ok_or(no_value);
    Ok(match key {
        Key::Tag => Filter::Tag(
            Words::new(value.trim_start_matches('#'), ending)
                .ok_or(FilterError::NoValue { key: key.as_str() })?,
        ),
        Key::By => Filter::By(words()?),
        Key::Title => Filter::Title(words()?),
        Key::In => Filter::Kind(
            DocKind::from_word(value).ok_or_else(|| FilterError::NoKind {
                value: value.to_owned(),
            })?,
        ),
        Key::Colour => Filter::Colour(colour(value)?),
        Key::Status => Filter::Status(status(value)?),
        Key::Entity => Filter::Entity(words()?),
        Key::On | Key::Since | Key::Until | Key::After | Key::Before => {
            Filter::Dated(days(key, value)?)
        }
    })
}

fn status(value: &str) -> Result<&'static str, FilterError> {
    let folded = fold(value.trim());
    (STATUSES.into_iter())
        .find(|status| *status == folded)
        .ok_or_else(|| FilterError::NoStatus {
            value: value.to_owned(),
        })
}

fn colour(value: &str) -> Result<String, FilterError> {
    let folded = fold(value.trim());
    let by_number = folded.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    by_number
        .and_then(|n| COLOURS.get(n))
        .or_else(|| COLOURS.iter().find(|colour| **colour == folded))
        .map(|colour| (*colour).to_owned())
        .ok_or_else(|| FilterError::NoColour {
            value: value.to_owned(),
        })
}

/// The days that a date key lets through.
fn days(key: Key, value: &str) -> Result<Interval, FilterError> {
    let of = value
        .parse::<Edtf>()
        .map_err(|cause| FilterError::NoDate {
            key: key.as_str(),
            value: value.to_owned(),
            cause: Some(cause),
        })?
        .interval();
    let open = || FilterError::NoDate {
        key: key.as_str(),
        value: value.to_owned(),
        cause: None,
    };
    let from = |day| Interval {
        earliest: Some(day),
        latest: None,
    };
    let to = |day| Interval {
        earliest: None,
        latest: Some(day),
    };
    Ok(match key {
        Key::Since => from(of.earliest.ok_or_else(open)?),
        Key::After => from(
            of.latest
                .and_then(|day| day.tomorrow().ok())
                .ok_or_else(open)?,
        ),
        Key::Until => to(of.latest.ok_or_else(open)?),
        Key::Before => to(of
            .earliest
            .and_then(|day| day.yesterday().ok())
            .ok_or_else(open)?),
        Key::On
        | Key::Tag
        | Key::In
        | Key::By
        | Key::Title
        | Key::Colour
        | Key::Status
        | Key::Entity => of,
    })
}
