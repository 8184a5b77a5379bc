//! When a document was published, as its own lines or its file's name say.
//!
//! Looked at, in this order: a line with a writer or `Published:` and a date; a line with place and date at the opening, the day and hour of a transcript, what
//! was released when; a source line or the place and date of signing at the end; the file's name; a line `Updated`. How sure each is says
//! [`PublishedFrom::confidence`]. A date in running prose is never taken: it says when something happened, not when it was written about.

use jiff::civil::Date;

use crate::document::{Block, BlockKind, Edtf, Published, PublishedFrom};
use crate::text::TextRange;

use super::dated_line::{LONGEST, LineKind, dateline, line_kind};
use super::file_name::file_date;
use super::{byline, day};

/// Blocks from the top that may hold a byline or dateline.
const TOP: usize = 8;
/// Blocks from the end that may hold a source line or the place and date of signing: signs and "End Text" may follow it.
const LAST: usize = 3;

/// What the lines of a text say about its publication.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) published: Option<Published>,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    /// Whether a news agency's dateline opens the text.
    pub(super) agency: bool,
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
                            LineKind::Updated => (&mut updated, PublishedFrom::Updated),
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
    let last = match end {
        End::Known => last_lines(text, blocks, &mut found),
        End::Unknown => None,
    };
    let by_name = file_date(locator).map(|date| Published {
        date,
        from: PublishedFrom::FileName,
        at: None,
    });
    found.published = by_line.or(by_dateline).or(last).or(by_name).or(updated);
    found
}

/// The day the last lines name: a source line, the place and date of signing, `First published …`.
fn last_lines(text: &str, blocks: &[Block], found: &mut Found) -> Option<Published> {
    let mut last = None;
    for block in blocks.iter().rev().take(LAST) {
        let words = block.range.of_text(text);
        if words.len() > 3 * LONGEST {
            break;
        }
        let mut end = block.range.end;
        for line in words.split('\n').rev() {
            let start = end.saturating_sub(line.len() as u32);
            end = start.saturating_sub(1);
            let source = byline::source_line(line).filter(|_| line.len() <= LONGEST);
            if let Some(source) = source {
                found.publisher = byline::publisher(source).or(found.publisher.take());
            }
            let from = match line_kind(line) {
                Some(LineKind::Dateline) => Some(PublishedFrom::Dateline),
                // The author's note below a text has dates of its own.
                Some(LineKind::Byline) if byline::authors(line).is_empty() => {
                    Some(PublishedFrom::Byline)
                }
                Some(LineKind::Byline | LineKind::Updated) | None => {
                    source.and(Some(PublishedFrom::Dateline))
                }
            };
            if let Some(from) = from.filter(|_| last.is_none()) {
                last = day::find(line).map(|(at, date)| {
                    let at = TextRange::of(at.start, at.end).shifted(start);
                    published(date, from, Some(at))
                });
            }
        }
    }
    last
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
    fn transcripts_say_their_day_and_hour() {
        let held = Some(("2023-07-10", PublishedFrom::Dateline));
        let turn = "MODERATOR:  Good afternoon, everyone.";
        check(
            &format!(
                "Press Call on the Ferry\n\nVia Teleconference\n\nJuly 10, 2023\n\n1:05 P.M. EDT\n\n{turn}"
            ),
            held,
        );
        check(
            &format!("Press Call on the Ferry\n\nJULY 10, 2023\n1:05 P.M. EDT\n\n{turn}"),
            held,
        );
        check(
            &format!("Press Call on the Ferry\n\n1:05 P.M. EDT, July 10, 2023\n\n{turn}"),
            held,
        );
        check(
            &format!("Press Call on the Ferry\n\n(Monday, July 10, 2023, 1:05 P.M. EDT)\n\n{turn}"),
            held,
        );
        check(
            &format!("Background Press Call on the Ferry, July 10, 2023\n\n{turn}"),
            held,
        );
        check(
            &format!("Press Call on the Ferry\n\nWashington, D.C., July 10, 2023\n\n{turn}"),
            held,
        );
        check(
            &format!(
                "Press Call on the Ferry\n\nVia Teleconference\n\n1:05 P.M. EDT\n\n{turn}\n\n1:31 P.M. EDT"
            ),
            None,
        );
    }

    #[test]
    fn what_stands_around_begin_text_dates_it() {
        let body =
            "Begin Text:\n\nThe bees and the wasps condemn the smoke of 1 May 2019.\n\nEnd Text.";
        check(
            &format!(
                "Joint Statement\n\nThe text of the following statement was released by the hives on 3 March 2024 in the orchard.\n\n{body}"
            ),
            Some(("2024-03-03", PublishedFrom::Dateline)),
        );
        check(
            &format!("Joint Statement\n\nMarch 3, 2024\n\n{body}"),
            Some(("2024-03-03", PublishedFrom::Dateline)),
        );
        check(
            &format!(
                "Joint Statement\n\nThe text of the following statement was released by the hives.\n\n{body}"
            ),
            None,
        );
    }

    #[test]
    fn the_last_lines_date_what_the_first_do_not() {
        let dateline = |date| Some((date, PublishedFrom::Dateline));
        check(
            "Text.\n\nGeneva, 3 March 2024\n\n###",
            dateline("2024-03-03"),
        );
        check(
            "Text.\n\nDone at Geneva on 3 March 2024.\n\nThe Queen",
            dateline("2024-03-03"),
        );
        check(
            "Text.\n\nFirst published 3 March 2024\n\nEnd Text.",
            Some(("2024-03-03", PublishedFrom::Byline)),
        );
        check(
            "Text.\n\nSource: The Daily Bee, Jan. 16, 2024\n\n(END)",
            dateline("2024-01-16"),
        );
        check(
            "Text.\n\nSigned in 2019, it was amended on 3 March 2024.",
            None,
        );
    }

    /// The day each real statement and report gives for itself, looked up by eye; none of the others does.
    #[test]
    fn real_documents_give_their_day_or_none() {
        let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let days = [
            ("003_fba63d31db36bd78.txt", "2023-10-30"),
            ("004_81f3559a72cf03aa.txt", "2024-01-16"),
        ];
        let mut n_read = 0;
        for folder in ["docs", "seeds"] {
            let Ok(files) = std::fs::read_dir(shared.join(folder)) else {
                eprintln!("skipped: {} is not there", shared.join(folder).display());
                continue;
            };
            for path in files.flatten().map(|file| file.path()) {
                if path.extension().is_none_or(|extension| extension != "txt") {
                    continue;
                }
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let bytes = std::fs::read(&path).unwrap();
                let crate::import::Import::Document(imported) =
                    crate::import::import(&name, &bytes)
                else {
                    panic!("{name} is no text");
                };
                let published = imported.document.meta.published;
                let found = published.map(|published| published.date.to_string());
                let expected = days.iter().find(|(of, _)| *of == name);
                assert_eq!(found.as_deref(), expected.map(|(_, day)| *day), "{name}");
                n_read += 1;
            }
        }
        assert!(n_read == 0 || n_read >= 15, "{n_read} read");
    }

    #[test]
    fn bullets_and_updates() {
        check(
            "A title\n\nMarch 3, 2024 • Statements\n\nText.",
            Some(("2024-03-03", PublishedFrom::Byline)),
        );
        check(
            "A title\n\nLast updated: 7 May 2024\n\nText.",
            Some(("2024-05-07", PublishedFrom::Updated)),
        );
        check("GENEVA, March 3 (Hive) — The bees met.", None);
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
}
