use super::*;
use crate::document::{DocId, Meta, Revision, SourceMap};
use crate::text::Layer;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// A document of the given blocks, a blank line between them.
fn document(blocks: &[(BlockKind, u8, &str)]) -> Document {
    joined(blocks, "\n\n")
}

fn joined(blocks: &[(BlockKind, u8, &str)], between: &str) -> Document {
    let (mut text, mut placed) = (String::new(), Vec::new());
    for (kind, depth, words) in blocks {
        if !text.is_empty() {
            text.push_str(between);
        }
        let start = text.len();
        text.push_str(words);
        placed.push(Block {
            kind: *kind,
            range: TextRange::of(start, text.len()),
            depth: *depth,
        });
    }
    Document {
        id: DocId(1),
        revision: Revision::of_text(&text),
        meta: Meta::default(),
        text: text.into(),
        blocks: placed,
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}

fn ragged(width_cells: u16) -> Measure {
    Measure {
        width_cells,
        ..Measure::default()
    }
}

fn justified(width_cells: u16) -> Measure {
    Measure {
        alignment: Alignment::Justified,
        ..ragged(width_cells)
    }
}

/// The line as a painter would draw it.
fn drawn(document: &Document, line: &Line) -> String {
    let lead = match line.lead {
        Lead::None => String::new(),
        Lead::Bullet => "• ".to_owned(),
        Lead::Number(number) => format!("{number}. "),
        Lead::Bar { depth } => "│ ".repeat(usize::from(depth)),
        Lead::Rule => return "───".to_owned(),
    };
    let width = usize::from(line.indent_cells);
    let mut row = match line.lead {
        Lead::Bar { .. } => format!("{lead:<width$}"),
        _ => format!("{lead:>width$}"),
    };
    for cell in cells(&document.text, line) {
        let text = cell.range.of_text(&document.text);
        if line.blanks == Blanks::Collapsed && text.chars().all(graphemes::is_blank) {
            row.push_str(&" ".repeat(usize::from(cell.width_cells)));
        } else {
            row.push_str(text);
        }
    }
    row.push_str(match line.hyphen {
        Hyphen::Yes => "-",
        Hyphen::No => "",
    });
    row
}

/// Every block, with the blank rows above it.
fn page(document: &Document, measure: Measure) -> Vec<String> {
    let mut rows = Vec::new();
    for block in 0..document.blocks.len() {
        rows.resize(
            rows.len() + usize::from(space_above(document, block)),
            String::new(),
        );
        rows.extend(
            lay_out(document, block, &measure)
                .iter()
                .map(|line| drawn(document, line)),
        );
    }
    rows
}

#[track_caller]
fn check(width_cells: u16, words: &str, wanted: &[&str]) {
    let document = document(&[(BlockKind::Paragraph, 0, words)]);
    assert_eq!(page(&document, ragged(width_cells)), wanted);
}

#[test]
fn prose_breaks_at_blanks_and_line_ends_are_blanks() {
    check(
        14,
        "The ministers\nmet  in Busan.",
        &["The ministers", "met in Busan."],
    );
    check(14, "  led\u{3000}by blanks  ", &["led by blanks"]);
    check(
        9,
        "no\u{a0}break here\u{a0}now",
        &["no\u{a0}break", "here\u{a0}now"],
    );
}

#[test]
fn long_tokens_break_after_hyphens_dashes_and_slashes() {
    check(12, "an air-launched one", &["an air-", "launched one"]);
    check(10, "on 2023-10-25", &["on", "2023-10-25"]);
    check(9, "run with -verbose", &["run with", "-verbose"]);
    check(9, "words—more of them", &["words—", "more of", "them"]);
    check(
        20,
        "See https://example.org/statements/october",
        &["See", "https://example.org/", "statements/october"],
    );
}

#[test]
fn an_overlong_word_is_cut_at_the_width() {
    check(4, "abcdefghij kl", &["abcd", "efgh", "ij", "kl"]);
    check(3, "漢字", &["漢", "字"]);
    check(
        4,
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        &["e\u{301}e\u{301}e\u{301}e\u{301}", "e\u{301}"],
    );
}

#[test]
fn a_measure_too_narrow_still_gives_a_grapheme_a_line() {
    check(0, "ab 漢", &["a", "b", "漢"]);
    check(1, "👩\u{200d}🚀x", &["👩\u{200d}🚀", "x"]);
}

#[test]
fn closing_punctuation_never_starts_a_line_between_ideographs() {
    check(6, "漢字仮。名", &["漢字", "仮。名"]);
    check(6, "漢字「仮名」", &["漢字", "「仮", "名」"]);
    check(8, "漢字abc仮名", &["漢字abc", "仮名"]);
}

#[test]
fn words_are_divided_where_the_language_allows_it() {
    let words = "they condemned the negotiation of an extraordinary agreement";
    let document = document(&[(BlockKind::Paragraph, 0, words)]);
    let measure = Measure {
        hyphenation: Hyphenation::of("en"),
        ..ragged(24)
    };
    assert_eq!(
        page(&document, measure),
        [
            "they condemned the nego-",
            "tiation of an extraordi-",
            "nary agreement"
        ]
    );
}

#[test]
fn justified_lines_end_evenly_but_for_the_last() {
    let words = "The two sides met in Busan on Tuesday and spoke.";
    let document = document(&[(BlockKind::Paragraph, 0, words)]);
    assert_eq!(
        page(&document, justified(22)),
        ["The two  sides met  in", "Busan on  Tuesday  and", "spoke."]
    );
}

#[test]
fn lists_hang_quotes_have_bars_and_headings_have_space() {
    let document = document(&[
        (BlockKind::Heading { level: 1 }, 0, "Readout"),
        (BlockKind::Paragraph, 0, "They agreed:"),
        (BlockKind::Item { number: Some(1) }, 1, "to meet again"),
        (BlockKind::Item { number: None }, 2, "in the spring"),
        (BlockKind::Paragraph, 2, "or later"),
        (BlockKind::Quote, 2, "a free sea"),
        (BlockKind::Continuation, 2, "for all"),
        (BlockKind::Rule, 0, "---"),
        (BlockKind::Heading { level: 2 }, 0, "Annex"),
    ]);
    assert_eq!(
        page(&document, ragged(12)),
        [
            "Readout",
            "",
            "They agreed:",
            "",
            " 1. to meet",
            "    again",
            "",
            "  • in the",
            "    spring",
            "",
            "    or later",
            "",
            "│ │ a free",
            "│ │ sea",
            "│ │ for all",
            "",
            "───",
            "",
            "",
            "Annex"
        ]
    );
}

#[test]
fn tight_lists_and_tables_have_no_space_between_their_rows() {
    let item = BlockKind::Item { number: None };
    let tight = joined(&[(item, 1, "one"), (item, 1, "two")], "\n");
    assert_eq!(page(&tight, ragged(20)), ["• one", "• two"]);
    let row = |head| BlockKind::TableRow { head };
    let table = document(&[
        (row(true), 0, "Date │ Place"),
        (row(false), 0, "25 Oct │ Busan"),
    ]);
    assert_eq!(page(&table, ragged(20)), ["Date │ Place", "25 Oct │ Busan"]);
}

#[test]
fn a_table_that_is_too_wide_has_its_cells_one_below_the_other() {
    let row = |head| BlockKind::TableRow { head };
    let table = document(&[
        (row(true), 0, "Date   │ What             │ Where"),
        (row(false), 0, "25 Oct │ Three signatures │ Busan"),
        (row(false), 0, "26 Oct │                  │ Seoul"),
    ]);
    assert_eq!(
        page(&table, ragged(12)),
        [
            "Date",
            "│ What",
            "│ Where",
            "25 Oct",
            "│ Three",
            "  signatures",
            "│ Busan",
            "26 Oct",
            "│",
            "│ Seoul"
        ]
    );
}

#[test]
fn all_rows_of_a_table_have_one_form() {
    let row = |head| BlockKind::TableRow { head };
    let table = document(&[
        (BlockKind::Paragraph, 0, "Before"),
        (row(true), 0, "a │ b"),
        (row(false), 0, "c │ d"),
        (row(false), 0, "e │ much wider than all"),
    ]);
    let n_lines = |width| [1, 2, 3].map(|block| lay_out(&table, block, &ragged(width)).len());
    assert_eq!(n_lines(24), [1, 1, 1]);
    assert_eq!(n_lines(21), [2, 2, 2]);
}

#[test]
fn code_keeps_its_lines_and_blanks_and_is_cut_hard() {
    let code = document(&[(BlockKind::Code, 0, "if  a:\n\n    bcdef\n")]);
    assert_eq!(page(&code, ragged(6)), ["if  a:", "", "    bc", "def"]);
}

#[test]
fn deep_nesting_leaves_at_least_half_of_the_measure() {
    let deep = document(&[(BlockKind::Quote, 200, "abc def")]);
    assert_eq!(page(&deep, ragged(6)), ["│  abc", "│  def"]);
}

#[test]
fn an_empty_block_has_one_empty_line_and_a_missing_one_none() {
    let empty = document(&[(BlockKind::Paragraph, 0, "")]);
    assert_eq!(page(&empty, ragged(6)), [""]);
    assert_eq!(lay_out(&empty, 7, &ragged(6)), []);
    assert_eq!(space_above(&empty, 7), 0);
}

#[test]
fn cells_and_bytes_convert_both_ways() {
    let document = document(&[(BlockKind::Item { number: None }, 1, "né 漢字 x")]);
    let lines = lay_out(&document, 0, &ragged(20));
    let line = lines.first().unwrap();
    let at = |x| byte_at(&document.text, line, x);
    assert_eq!(
        [at(0), at(2), at(3), at(4), at(5), at(6)],
        [0, 0, 1, 3, 4, 4]
    );
    assert_eq!(at(200), 11);
    let x = |byte| x_of(&document.text, line, byte);
    assert_eq!(
        [x(0), x(1), x(4), x(5), x(7), x(11), x(99)],
        [2, 3, 5, 5, 7, 10, 11]
    );
}

#[test]
fn layouts_keep_what_was_asked_for_last() {
    let blocks = vec![(BlockKind::Paragraph, 0, "a b"); 2000];
    let long = document(&blocks);
    let mut layouts = Layouts::new(ragged(1));
    layouts.ensure(&long, 0..500);
    layouts.ensure(&long, 490..510);
    layouts.ensure(&long, 600..620);
    assert_eq!(layouts.lines(495).len(), 2);
    assert_eq!(layouts.lines(619).len(), 2);
    assert_eq!(layouts.lines(0), []);
    layouts.ensure(&document(&blocks[..3]), 0..9);
    assert_eq!(layouts.lines(495), []);
    assert_eq!(layouts.lines(2).len(), 2);
}

#[test]
fn a_whole_block_without_a_blank_is_laid_out() {
    for word in ["a", "漢", "\u{301}", "a/", "ا", "\u{ad}"] {
        let block = word.repeat(64 * 1024 / word.len());
        let document = document(&[(BlockKind::Paragraph, 0, &block)]);
        let n_bytes: u32 = lay_out(&document, 0, &ragged(76))
            .iter()
            .map(|line| line.range.len())
            .sum();
        assert_eq!(n_bytes as usize, block.len());
    }
}

fn kinds() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        4 => Just(BlockKind::Paragraph),
        1 => Just(BlockKind::Continuation),
        1 => Just(BlockKind::Heading { level: 2 }),
        1 => Just(BlockKind::Item { number: Some(12) }),
        1 => Just(BlockKind::Quote),
        2 => Just(BlockKind::TableRow { head: false }),
        1 => Just(BlockKind::Code),
        1 => Just(BlockKind::Rule),
    ]
}

fn measures() -> impl Strategy<Value = Measure> {
    (0_u16..40, any::<bool>(), any::<bool>()).prop_map(|(width, even, divide)| Measure {
        hyphenation: if divide {
            Hyphenation::of("en")
        } else {
            Hyphenation::Off
        },
        ..if even {
            justified(width)
        } else {
            ragged(width)
        }
    })
}

const WORDS: &str = "( │ |[a-z]{1,12}|[ \n]{1,3}|[A-Z./?-]|[é漢字。「」—\u{301}\u{ad}\u{200d}👩🚀🇫🇷\u{3000}\u{a0}]){0,60}";

proptest! {
    #[test]
    fn every_byte_is_on_one_line_or_white_space_between(words in WORDS, kind in kinds(), depth in 0_u8..4, measure in measures()) {
        let document = document(&[(BlockKind::Paragraph, 0, "before"), (kind, depth, &words)]);
        let range = document.blocks[1].range;
        let lines = lay_out(&document, 1, &measure);
        let mut at = range.start;
        for line in &lines {
            prop_assert!(at <= line.range.start);
            let skipped = TextRange::new(at, line.range.start).of_text(&document.text);
            prop_assert!(skipped.chars().all(graphemes::is_blank), "{skipped:?} is on no line");
            prop_assert!(!line.range.is_empty() || words.chars().all(graphemes::is_blank) || kind == BlockKind::Code);
            at = line.range.end;
        }
        prop_assert!(at <= range.end);
        prop_assert!(TextRange::new(at, range.end).of_text(&document.text).chars().all(graphemes::is_blank));
        prop_assert!(!lines.is_empty());
    }

    #[test]
    fn lines_break_between_graphemes_and_fit(words in WORDS, measure in measures(), table in any::<bool>()) {
        let kind = if table { BlockKind::TableRow { head: false } } else { BlockKind::Paragraph };
        let document = document(&[(kind, 0, &words)]);
        let starts: std::collections::HashSet<u32> = words
            .grapheme_indices(true)
            .map(|(at, _)| at as u32)
            .chain([words.len() as u32])
            .collect();
        for line in lay_out(&document, 0, &measure) {
            prop_assert!(starts.contains(&line.range.start) && starts.contains(&line.range.end));
            let end = x_of(&document.text, &line, line.range.end)
                + u16::from(line.hyphen == Hyphen::Yes);
            let n_clusters = line.range.of_text(&document.text).graphemes(true).count();
            prop_assert!(end <= measure.width_cells.max(1) || n_clusters == 1, "{:?} ends at {end}", line);
            prop_assert!(line.stretch_cells == 0 || end == measure.width_cells);
        }
    }

    #[test]
    fn cells_cover_their_line_and_convert_back(words in WORDS, kind in kinds(), measure in measures()) {
        let document = document(&[(kind, 1, &words)]);
        for line in lay_out(&document, 0, &measure) {
            let (mut at, mut x) = (line.range.start, line.indent_cells);
            for cell in cells(&document.text, &line) {
                prop_assert_eq!((cell.range.start, cell.x_cells), (at, x));
                (at, x) = (cell.range.end, x + cell.width_cells);
                prop_assert_eq!(x_of(&document.text, &line, cell.range.start), cell.x_cells);
                if cell.width_cells > 0 {
                    prop_assert_eq!(byte_at(&document.text, &line, cell.x_cells), cell.range.start);
                }
            }
            prop_assert_eq!(at, line.range.end);
        }
    }
}
