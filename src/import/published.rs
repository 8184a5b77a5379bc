//! When a document was published, as its own lines or its file's name say.
//!
//! Looked at, in this order: a line with a writer or `Published:` and a date; a line with place and date at the opening; a source line at the end; the
//! file's name; a line `Updated`. A date in running prose is never taken: it says when something happened, not when it was written about.

use jiff::civil::Date;

use crate::document::{Block, BlockKind, Edtf, Published, PublishedFrom};
use crate::text::TextRange;

use super::canonical::beginning;
use super::{byline, day};

/// Blocks from the top that may hold a byline or dateline.
const TOP: usize = 8;
/// A line of metadata is at most this long, in bytes.
const LONGEST: usize = 160;
/// A dateline is over after this many bytes of its paragraph.
const DATELINE: usize = 120;

/// What the lines of a text say about its publication.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) published: Option<Published>,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    /// Whether a news agency's dateline opens the text.
    pub(super) agency: bool,
}

/// What a line of metadata is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Byline,
    Dateline,
    Updated,
}

/// What kind of metadata line this is, if it is one; its date is looked for by the caller.
pub(super) fn line_kind(line: &str) -> Option<LineKind> {
    if line.len() > LONGEST {
        return None;
    }
    let dated = day::find(line);
    let lower = line.to_lowercase();
    let begins = |leads: &[&str]| leads.iter().any(|lead| lower.starts_with(lead));
    if !byline::authors(line).is_empty() {
        return Some(LineKind::Byline);
    }
    let (at, _) = dated?;
    if begins(&["updated", "last updated", "modified", "last modified"]) {
        return Some(LineKind::Updated);
    }
    let labels = [
        "published",
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
    if begins(&labels) && at.start <= 40 {
        return Some(LineKind::Byline);
    }
    if begins(&[
        "for immediate release",
        "embargoed until",
        "press release",
        "for release",
    ]) {
        return Some(LineKind::Dateline);
    }
    // `Ann Bee | 5 May 2024`: a short line parted by a bar.
    let before = line.get(..at.start)?;
    let after = line.get(at.end..)?;
    if (before.contains('|') || after.contains('|') || before.contains('•') || before.contains('·'))
        && line.len() <= 120
    {
        return Some(LineKind::Byline);
    }
    is_date_line(before, after).then_some(LineKind::Dateline)
}

/// Whether a line is a date and nothing but a place or weekday before it and a time after it.
fn is_date_line(before: &str, after: &str) -> bool {
    let before = before
        .trim()
        .trim_end_matches([',', '(', '-', '–', '—'])
        .trim();
    let place = before.split_whitespace().count() <= 4
        && before.len() <= 40
        && !before.contains(['.', ':', ';'])
        && before
            .split_whitespace()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase));
    let after = after
        .trim()
        .trim_start_matches([',', ')', '-', '–', '—', '|', '.'])
        .trim();
    let time = after.is_empty()
        || (after.len() <= 24
            && after.starts_with(|c: char| c.is_ascii_digit() || c == 'T' || c == 'a'));
    place && time
}

/// `GENEVA, 3 March 2024 (Agency) — words`: the date's place in the paragraph and the agency.
fn dateline(text: &str) -> Option<(std::ops::Range<usize>, Option<Date>, Option<&str>)> {
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

fn published(date: Date, from: PublishedFrom, at: Option<TextRange>) -> Published {
    Published {
        date: Edtf::day(date),
        from,
        at,
    }
}

/// Reads the lines at the top, the last line if `end` says that it is there, and the locator.
pub(super) fn find(text: &str, blocks: &[Block], locator: &str, end: End) -> Found {
    let mut found = Found::default();
    let (mut by_line, mut by_dateline, mut updated) = (None, None, None);
    for block in blocks.iter().take(TOP) {
        let words = block.range.of_text(text);
        let place = |at: std::ops::Range<usize>, from: usize| {
            TextRange::of(
                block.range.start as usize + from + at.start,
                block.range.start as usize + from + at.end,
            )
        };
        if block.range.len() as usize > 3 * LONGEST {
            if block.kind == BlockKind::Paragraph {
                take_dateline(words, block, &mut found, &mut by_dateline);
            }
            // What follows the first long paragraph is the text itself.
            break;
        }
        let mut from = 0;
        for line in words.split('\n') {
            match line_kind(line) {
                None => {}
                Some(kind) => {
                    if found.authors.is_empty() && kind == LineKind::Byline {
                        found.authors = byline::authors(line);
                    }
                    if let Some((at, date)) = day::find(line) {
                        let at = Some(place(at, from));
                        let (slot, source) = match kind {
                            LineKind::Byline => (&mut by_line, PublishedFrom::Byline),
                            LineKind::Dateline => (&mut by_dateline, PublishedFrom::Dateline),
                            LineKind::Updated => (&mut updated, PublishedFrom::Byline),
                        };
                        slot.get_or_insert(published(date, source, at));
                    }
                }
            }
            from += line.len() + 1;
        }
        if block.kind == BlockKind::Paragraph {
            take_dateline(words, block, &mut found, &mut by_dateline);
        }
    }
    let mut last = None;
    if let (End::Known, Some(block)) = (end, blocks.last()) {
        let words = block.range.of_text(text);
        if words.len() <= LONGEST
            && let Some(source) = byline::source_line(words)
        {
            found.publisher = byline::publisher(source).or(found.publisher.take());
            last = day::find(words).map(|(at, date)| {
                published(
                    date,
                    PublishedFrom::Dateline,
                    Some(TextRange::of(at.start, at.end).shifted(block.range.start)),
                )
            });
        }
    }
    let by_name = file_date(locator).map(|date| Published {
        date,
        from: PublishedFrom::FileName,
        at: None,
    });
    found.published = by_line.or(by_dateline).or(last).or(by_name).or(updated);
    found
}

/// Whether the end of the document is there to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Known,
    Unknown,
}

fn take_dateline(words: &str, block: &Block, found: &mut Found, slot: &mut Option<Published>) {
    let Some((at, date, agency)) = dateline(words) else {
        return;
    };
    if let Some(agency) = agency {
        found.agency = true;
        found.publisher.get_or_insert_with(|| agency.to_owned());
    }
    if let Some(date) = date {
        let at = TextRange::of(at.start, at.end).shifted(block.range.start);
        slot.get_or_insert(published(date, PublishedFrom::Dateline, Some(at)));
    }
}

/// The date in a file's name: `2023-10-25-title.txt`, `title_20231025.md`, `2023-10 title.txt`; digits inside other letters are a number of
/// something else.
fn file_date(locator: &str) -> Option<Edtf> {
    let name = locator.rsplit(['/', '\\']).next()?;
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let parts: Vec<_> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let plausible = |edtf: &Edtf| {
        edtf.as_str()
            .get(..4)
            .is_some_and(|year| ("1900".."2100").contains(&year))
    };
    for (index, part) in parts.iter().enumerate() {
        let next = |by: usize| parts.get(index + by).copied().unwrap_or_default();
        let text = if digits(part, 8) {
            format!("{}-{}-{}", part.get(..4)?, part.get(4..6)?, part.get(6..)?)
        } else if digits(part, 4) && digits(next(1), 2) && digits(next(2), 2) {
            format!("{part}-{}-{}", next(1), next(2))
        } else if index == 0 && digits(part, 4) && digits(next(1), 2) {
            format!("{part}-{}", next(1))
        } else {
            continue;
        };
        if let Some(edtf) = text.parse::<Edtf>().ok().filter(plausible) {
            let season = edtf.as_str().len() == 7 && next(1) > "12";
            return (!season).then_some(edtf);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, PublishedFrom)>) {
        let mut at = 0;
        let mut blocks = Vec::new();
        for part in text.split("\n\n") {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                range: TextRange::of(at, at + part.len()),
                depth: 0,
            });
            at += part.len() + 2;
        }
        let found = find(text, &blocks, "/a/b.txt", End::Known).published;
        let found = found
            .as_ref()
            .map(|published| (published.date.as_str(), published.from));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn header_lines_date_a_document() {
        let byline = |date| Some((date, PublishedFrom::Byline));
        let dateline = |date| Some((date, PublishedFrom::Dateline));
        check(
            "A title\n\nwritten by Ann Bee | October 30, 2023\n\nText.",
            byline("2023-10-30"),
        );
        check(
            "A title\n\nBy Ann Bee, 5 May 2024\n\nText.",
            byline("2024-05-05"),
        );
        check(
            "A title\n\nPosted on March 2, 2024\n\nText.",
            byline("2024-03-02"),
        );
        check(
            "A title\n\nGeneva, 3 March 2024\n\nText.",
            dateline("2024-03-03"),
        );
        check(
            "GENEVA, 3 March 2024 (Hive) — The bees met again.",
            dateline("2024-03-03"),
        );
        check(
            "For immediate release: 3 March 2024\n\nText.",
            dateline("2024-03-03"),
        );
        check(
            "Text.\n\n(From The Daily Bee, Jan. 16, 2024)",
            dateline("2024-01-16"),
        );
        check(
            "Updated 7 May 2024\n\nPublished 5 May 2024\n\nText.",
            byline("2024-05-05"),
        );
    }

    #[test]
    fn prose_does_not() {
        check("The bees met on October 26, 2023 and spoke.", None);
        check(
            "Bees, wasps and ants met on October 26, 2023.\n\nThey met again on 5 May 2024.",
            None,
        );
        check("By October 26, 2023 the bees had left the hive.", None);
        check("Bee Day was held on 5 May 2024", None);
    }

    #[test]
    fn file_names_date_what_does_not_date_itself() {
        let date = |name| file_date(name).map(|date| date.to_string());
        assert_eq!(
            date("/a/2023-10-25-talks.txt").as_deref(),
            Some("2023-10-25")
        );
        assert_eq!(date("/a/talks_20231025.md").as_deref(), Some("2023-10-25"));
        assert_eq!(date("/a/2023-10 talks.md").as_deref(), Some("2023-10"));
        assert_eq!(date("/2024-01-01/000_1b8a10befd2c3da1.txt"), None);
        assert_eq!(date("/a/12345678.txt"), None);
    }
}
