//! What sort of dated line stands above or below a text: a byline, a line with place and date, a line that says what was released when.
//!
//! In: one line. Out: its [`LineKind`], or nothing for prose. The dates themselves are found by `day`.

use std::ops::Range;

use jiff::civil::Date;

use super::canonical::beginning;
use super::{byline, day};

/// A line of metadata is at most this long, in bytes.
pub(super) const LONGEST: usize = 160;
/// A line that says what was released, where and by whom is at most this long.
const LONGEST_RELEASE: usize = 400;
/// A dateline is over after this many bytes of its paragraph.
const DATELINE: usize = 120;

/// What a line of metadata is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Byline,
    Dateline,
    Updated,
}

/// Words a line that dates the whole text begins with.
const LABELS: [&str; 14] = [
    "published",
    "first published",
    "originally published",
    "posted",
    "date:",
    "date ",
    "released",
    "issued",
    "release date",
    "publication date",
    "publié",
    "publicado",
    "veröffentlicht",
    "pubblicato",
];

/// What kind of metadata line this is, if it is one; its date is looked for by the caller.
pub(super) fn line_kind(line: &str) -> Option<LineKind> {
    if line.len() > LONGEST {
        return is_release(line).then_some(LineKind::Dateline);
    }
    let dated = day::find(line);
    if !byline::authors(line).is_empty() {
        return Some(LineKind::Byline);
    }
    let (at, _) = dated?;
    let lower = line.to_lowercase();
    let begins = |leads: &[&str]| leads.iter().any(|lead| lower.starts_with(lead));
    if begins(&["updated", "last updated", "modified", "last modified"]) {
        return Some(LineKind::Updated);
    }
    if begins(&LABELS) && at.start <= 40 {
        return Some(LineKind::Byline);
    }
    let press = [
        "for immediate release",
        "embargoed until",
        "press release",
        "for release",
    ];
    if begins(&press) || is_release(line) || is_signed(line.get(..at.start)?, line.get(at.end..)?) {
        return Some(LineKind::Dateline);
    }
    if is_titled(&lower, line.get(..at.start)?, line.get(at.end..)?) {
        return Some(LineKind::Dateline);
    }
    // `Ann Bee | 5 May 2024`, `5 May 2024 • Statements`: a short line parted by a bar.
    let before = line.get(..at.start)?;
    let after = line.get(at.end..)?;
    let parted = |side: &str| side.contains(['|', '•', '·']);
    if (parted(before) || parted(after)) && line.len() <= 120 {
        return Some(LineKind::Byline);
    }
    is_date_line(before, after).then_some(LineKind::Dateline)
}

/// `The text of the following statement was released on 3 March 2024 by …`: what stands before "Begin Text".
fn is_release(line: &str) -> bool {
    let lower = beginning(line, LONGEST_RELEASE).to_lowercase();
    let opens = [
        "the text of the following",
        "the following is the text",
        "following is the text",
        "the following statement was",
        "the following joint statement was",
        "text of the statement",
        "text of a statement",
    ];
    let acts = ["released", "issued", "made", "delivered", "adopted"];
    line.len() <= LONGEST_RELEASE
        && opens.iter().any(|lead| lower.starts_with(lead))
        && acts.iter().any(|act| lower.contains(act))
        && day::find(line).is_some()
}

/// `Done at Geneva on 3 March 2024`: what stands above the names of those who signed.
fn is_signed(before: &str, after: &str) -> bool {
    let lower = before.to_lowercase();
    let leads = [
        "done at",
        "done in",
        "signed at",
        "signed in",
        "given at",
        "adopted at",
        "adopted in",
        "fait à",
        "hecho en",
    ];
    let place = leads.iter().find_map(|lead| lower.strip_prefix(lead));
    ends(after)
        && place.is_some_and(|place| {
            place.split_whitespace().count() <= 5 && !place.contains(|c: char| c.is_ascii_digit())
        })
}

/// `Background Press Call on the Talks, July 10, 2023`: a title of something held or issued on one day.
fn is_titled(lower: &str, before: &str, after: &str) -> bool {
    let held = [
        "background press call",
        "press briefing",
        "press gaggle",
        "press conference",
        "press call",
        "on-the-record press call",
        "remarks by",
        "transcript",
        "readout",
        "daily press briefing",
        "department press briefing",
    ];
    let parted = before.trim_end().ends_with([',', '(', '-', '–', '—', ':']);
    held.iter().any(|lead| lower.starts_with(lead)) && parted && ends(after)
}

/// Whether nothing follows but a mark that ends the line.
fn ends(after: &str) -> bool {
    after
        .trim()
        .trim_end_matches(['.', ')', ',', ';'])
        .is_empty()
}

/// Whether a line is a date and nothing but a place, weekday or hour before it and an hour after it.
fn is_date_line(before: &str, after: &str) -> bool {
    let before = before
        .trim()
        .trim_end_matches([',', '(', '-', '–', '—'])
        .trim();
    let before = before.strip_prefix('(').unwrap_or(before);
    let words = || before.split_whitespace();
    // "Washington, D.C." has points, a sentence has more than letters before them.
    let abbreviated = |word: &str| word.split('.').all(|part| part.chars().count() <= 2);
    let place = words().count() <= 4
        && before.len() <= 40
        && !before.contains([':', ';'])
        && words().all(|word| {
            word.starts_with(char::is_uppercase)
                && (!word.contains('.') || abbreviated(word.trim_end_matches(',')))
        });
    let after = after
        .trim()
        .trim_start_matches([',', ')', '-', '–', '—', '|', '.'])
        .trim();
    let time = after.is_empty()
        || (after.len() <= 24
            && after.starts_with(|c: char| c.is_ascii_digit() || c == 'T' || c == 'a'));
    (place || is_hour(before)) && time
}

/// `1:05 P.M. EDT`, `13.05 GMT`: an hour and nothing else.
fn is_hour(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    let mut words = text.split_whitespace().skip(1);
    starts
        && text.len() <= 24
        && words.all(|word| {
            word.chars()
                .all(|c| c.is_ascii_uppercase() || matches!(c, '.' | ',') || "apm".contains(c))
        })
}

/// `GENEVA, 3 March 2024 (Agency) — words`: the date's place in the paragraph and the agency.
pub(super) fn dateline(text: &str) -> Option<(Range<usize>, Option<Date>, Option<&str>)> {
    let head = beginning(text, DATELINE);
    let (dash, width) = [" — ", " – ", " -- ", " - ", ".— ", "—"]
        .into_iter()
        .filter_map(|dash| Some((head.find(dash)?, dash.len())))
        .min()?;
    if dash + width >= text.len() {
        return None;
    }
    let lead = head.get(..dash)?;
    let place = lead.split([',', '(']).next()?.trim();
    let capitals = place.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !place.chars().any(char::is_lowercase)
        && place.len() <= 40;
    let agency = lead
        .rfind('(')
        .and_then(|open| lead.get(open + 1..)?.split(')').next())
        .filter(|name| {
            !name.is_empty()
                && day::find(name).is_none()
                && name.chars().next().is_some_and(char::is_uppercase)
        });
    let found = day::find(lead);
    let named = agency.is_some()
        && place.chars().next().is_some_and(char::is_uppercase)
        && place.split_whitespace().count() <= 4;
    if !capitals && !named {
        return None;
    }
    Some(found.map_or((0..0, None, agency), |(at, date)| (at, Some(date), agency)))
}
