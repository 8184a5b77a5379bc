use proptest::prelude::*;

use super::*;
use crate::document::BlockKind;
use crate::text::sanitise::is_unsafe;

fn read(name: &str, bytes: &[u8]) -> Imported {
    match import(name, bytes) {
        Import::Document(imported) => imported,
        Import::Skipped(skip) => panic!("{name}: {skip}"),
    }
}

/// Blocks as `kind depth|text`.
fn blocks_of(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .map(|block| {
            let kind = match block.kind {
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Continuation => "+".to_owned(),
                BlockKind::Heading { level } => format!("h{level}"),
                BlockKind::Item { number: None } => "-".to_owned(),
                BlockKind::Item {
                    number: Some(number),
                } => format!("{number}."),
                BlockKind::Quote => ">".to_owned(),
                BlockKind::TableRow { head: true } => "T".to_owned(),
                BlockKind::TableRow { head: false } => "t".to_owned(),
                BlockKind::Code => "code".to_owned(),
                BlockKind::Rule => "rule".to_owned(),
            };
            let depth = if block.depth == 0 {
                String::new()
            } else {
                format!(" {}", block.depth)
            };
            format!("{kind}{depth}|{}", document.block_text(block))
        })
        .collect()
}

fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(blocks_of(&read(name, text.as_bytes()).document), expected);
}

#[test]
fn wrapped_paragraphs_are_joined_and_short_lines_are_not() {
    check(
        "a.txt",
        "River Talks Resume\n\nThe ministers met in the old town on Tuesday and\nspoke for three hours about the river, the dams and\nthe fish - nobody had counted them\n- since the war ended.\n\nThe Ministry of Rivers\nOld Street\n",
        &[
            "h1|River Talks Resume",
            "p|The ministers met in the old town on Tuesday and\nspoke for three hours about the river, the dams and\nthe fish - nobody had counted them",
            "- 1|since the war ended.",
            "p|The Ministry of Rivers",
            "p|Old Street",
        ],
    );
}

#[test]
fn one_line_paragraphs_stay_apart_and_a_stray_blank_line_joins() {
    let long = "The ministers of both countries met in the old town on Tuesday, spoke for three hours about the river and";
    let rest = "agreed that nobody had counted the fish since the war, which both of them found hard to believe.";
    check(
        "a.txt",
        &format!("{long} {rest}\n{rest}\n\n\n{long}\n\n{rest}\n"),
        &[
            &format!("p|{long} {rest}"),
            &format!("p|{rest}"),
            &format!("p|{long}\n{rest}"),
        ],
    );
}

#[test]
fn signs_of_markdown_are_read_in_plain_text() {
    check(
        "a.txt",
        "## Aims ##\n\nWe will:\n- count the fish,\n  all of them\n    - by kind\n- count the dams\n\n1. One\n2) Two\n\n(a) first\n\n> Quoted words\n\n| Kind | N |\n|---|---|\n| Trout | 12 |\n\n###\n",
        &[
            "h1|Aims",
            "p|We will:",
            "- 1|count the fish,\nall of them",
            "- 2|by kind",
            "- 1|count the dams",
            "1. 1|One",
            "2. 1|Two",
            "p 1|(a) first",
            "> 1|Quoted words",
            "T|Kind  │ N",
            "t|Trout │ 12",
            "rule|###",
        ],
    );
}

#[test]
fn headings_stand_alone_in_capitals_or_between_paragraphs() {
    let paragraph = "The ministers met in the old town on Tuesday and spoke for three hours about the river, the dams and the fish.";
    check(
        "a.txt",
        &format!(
            "{paragraph}\n\nTHE RIVER\n\n{paragraph}\n\nThe Dams and the Fish\n\n{paragraph}\n\nAnn Bee\n\nCarl Dee"
        ),
        &[
            &format!("p|{paragraph}"),
            "h2|THE RIVER",
            &format!("p|{paragraph}"),
            "h2|The Dams and the Fish",
            &format!("p|{paragraph}"),
            "p|Ann Bee",
            "p|Carl Dee",
        ],
    );
}

#[test]
fn markdown_becomes_blocks_and_styles() {
    let text = "# River *Talks*\n\nThe [plan](https://example.org/a) is **bold** &amp; new.\nIt goes on.\n\n- one\n- two\n\n  more\n\n> said\n\n```\nx\ty\n  z\n```\n\n| A | B |\n|---|---|\n| long cell | `x` |\n\nNote[^1]\n\n[^1]: The note.\n";
    let document = read("a.md", text.as_bytes()).document;
    assert_eq!(
        blocks_of(&document),
        [
            "h1|River Talks",
            "p|The plan is bold & new.\nIt goes on.",
            "- 1|one",
            "- 1|two",
            "p 1|more",
            "> 1|said",
            "code|x   y\n  z",
            "T|A         │ B",
            "t|long cell │ x",
            "p|Note[1]",
            "p|[1] The note.",
        ]
    );
    let styles: Vec<_> = document
        .inlines
        .iter()
        .map(|(range, style)| (range.of_text(&document.text), style.clone()))
        .collect();
    assert_eq!(
        styles,
        [
            ("Talks", Inline::Emphasis),
            (
                "plan",
                Inline::Link {
                    to: "https://example.org/a".into()
                }
            ),
            ("bold", Inline::Strong),
            ("x", Inline::Code),
        ]
    );
}

#[test]
fn html_in_markdown_keeps_its_text() {
    check(
        "a.md",
        "<div>\nOne <b>two</b>.\n</div>\n\nA<br>b <i>c</i> &#27;[31m",
        &["p|One two.", "p|A", "+|b c [31m"],
    );
}

#[test]
fn front_matter_comes_first() {
    let imported = read(
        "/a/2020-01-01.md",
        b"---\ntitle: T\ndate: 2024-03\nauthor: A B\n---\n# Other\n\nText.\n",
    );
    let meta = &imported.document.meta;
    assert_eq!(meta.title.as_deref(), Some("T"));
    assert_eq!(
        meta.published
            .as_ref()
            .map(|at| (at.date.as_str(), at.from)),
        Some(("2024-03", PublishedFrom::FrontMatter))
    );
    assert_eq!(imported.document.source.source_byte(0), 43 + 2);
}

#[test]
fn hostile_bytes_become_harmless_text_and_warnings() {
    let imported = read(
        "a.txt",
        b"\x1b]0;owned\x07Good \x1b[31mtext\x1b[0m, \xe2\x80\xaeno\xe2\x80\xac bidi\0.\x0cNext",
    );
    assert_eq!(&*imported.document.text, "Good text, no bidi.\n\nNext");
    let warnings: Vec<_> = imported.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
}

#[test]
fn ten_megabytes_without_a_blank_are_bounded_blocks() {
    let document = read("a.txt", &vec![b'x'; 10 << 20]).document;
    assert!(
        document
            .blocks
            .iter()
            .all(|block| block.range.len() <= 64 * 1024)
    );
    assert_eq!(
        document.blocks.last().map(|block| block.range.end),
        Some(10 << 20)
    );
}

#[test]
fn an_empty_file_is_an_empty_document() {
    let document = read("a.txt", b"").document;
    assert_eq!(
        (document.text.len(), document.blocks.len(), document.title()),
        (0, 0, "(empty document)")
    );
}

#[test]
fn exact_text_is_not_touched() {
    let text = "  ## Aims \r\n\r\n- one\u{200b}\ttwo  \r\n\r\nText.\u{1b}[0m \n";
    let document = exact("x", text, Some("Given"), None);
    assert_eq!(&*document.text, text);
    let words: Vec<_> = document
        .blocks
        .iter()
        .map(|block| document.block_text(block))
        .collect();
    assert_eq!(words, ["Aims", "one\u{200b}\ttwo", "Text.\u{1b}[0m"]);
    assert_eq!(document.meta.title.as_deref(), Some("Given"));
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[A-Z][a-z ,]{5,70}[.a-z]",
        1 => "(- |\\* |> |## |12\\. |\\(a\\) |    |\t)[a-zA-Z|\t é漢]{0,40}",
        1 => "(\\| [a-z]{1,9} \\| [a-z]{1,60} \\|)|(\\|---\\|---\\|)|(-----)|(```)|(###)",
        2 => Just(String::new()),
        1 => "(\\*[a-z]{1,5} ?\\*|`` [a-z] ``|\\[[a-z]{1,4}\\]\\([a-z/]{1,4}\\)| |<b>|<br>|&#27;|&#x202e;|~~x~~|[a-z]{3} {2}){1,9}",
        1 => "[\u{1b}\\[\\]a-z0-9;\u{7}\u{9b}\u{202e}\u{ad}\u{2028}\u{c}\r👩\u{200d}]{0,30}",
    ];
    prop::collection::vec(line, 0..60).prop_map(|lines| lines.join("\n"))
}

fn sound(document: &Document, source: &[u8]) {
    let text = &document.text;
    assert!(
        !text
            .chars()
            .any(|c| is_unsafe(c) || c == '\t' || c == '\u{ad}')
    );
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.range.start >= end && !block.range.is_empty());
        assert!(text.get(block.range.bytes()).is_some());
        let between = text.get(end as usize..block.range.start as usize).unwrap();
        assert!(
            between.trim().is_empty(),
            "{between:?} stands between blocks"
        );
        end = block.range.end;
    }
    assert!(text.get(end as usize..).unwrap().trim().is_empty());
    assert!(
        document
            .inlines
            .iter()
            .all(|(range, _)| text.get(range.bytes()).is_some())
    );
    let mut last = 0;
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let byte = document.source.source_byte(at as u32);
        assert!(byte >= last && (byte as usize) < source.len());
        last = byte;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for name in ["a.txt", "a.md"] {
            if let Import::Document(imported) = import(name, &bytes) {
                sound(&imported.document, &bytes);
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        prop_assert_eq!(&*exact("x", &text, None, None).text, &*text);
    }

    #[test]
    fn documents_are_sound(text in lines()) {
        for name in ["a.txt", "a.md"] {
            sound(&read(name, text.as_bytes()).document, text.as_bytes());
        }
    }

    #[test]
    fn letters_map_back_to_themselves(text in lines()) {
        let document = read("a.txt", text.as_bytes()).document;
        for (at, byte) in document.text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
            let source = document.source.source_byte(at as u32) as usize;
            prop_assert_eq!(text.as_bytes().get(source), Some(&byte));
        }
        let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let document = read("a.txt", &utf16).document;
        for (at, byte) in document.text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
            let source = document.source.source_byte(at as u32) as usize;
            prop_assert_eq!(utf16.get(source), Some(&byte));
        }
    }

    #[test]
    fn exact_blocks_are_in_order(text in lines()) {
        let document = exact("x", &text, None, None);
        let mut end = 0;
        for block in &document.blocks {
            prop_assert!(block.range.start >= end && text.get(block.range.bytes()).is_some());
            end = block.range.end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_beginning_is_the_beginning_of_the_whole(part in lines(), tail in lines(), cut in 70_000_usize..200_000) {
        let filler = "The ministers met in the old town and spoke of the river.\n\n";
        let mut text = part.clone();
        while text.len() < 100_000 {
            text.push_str(&part);
            text.push_str(filler);
        }
        text.push_str(&tail.repeat(40));
        text.push_str(filler);
        let cut = cut.min(text.len() - 1);
        if let Some(Import::Document(start)) = import_start("a.txt", text.as_bytes().get(..cut).unwrap(), text.len() as u64) {
            let whole = read("a.txt", text.as_bytes()).document;
            let start = start.document;
            prop_assert!(whole.text.starts_with(&*start.text));
            let known = start.blocks.len().saturating_sub(1);
            prop_assert_eq!(start.blocks.get(..known), whole.blocks.get(..known));
        }
    }
}
