//! Every format there and back, with an emoji, a combining accent and a CJK passage in the text before and inside the passages.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::annotation::{
    Annotation, Body, Colour, LinkKind, Origin, RecordId, Signed, Target, Uid, locate,
};
use crate::document::Document;
use crate::import;
use crate::text::TextRange;

const TEXT: &str = "👩‍👧 River talks, e\u{301}tat of play.\n\nThe ministers met in 東京 on 3 May. They agreed on nothing.\n\n“核実験 is =not= here,” they said. 🙂 end.";

mod model;
mod others;
mod places;

fn now() -> Timestamp {
    "2026-11-22T03:00:00Z".parse().unwrap()
}

fn document() -> Document {
    import::exact("/papers/ré #1.txt", TEXT, Some("River talks"), None)
}

fn noted(document: &Document, n: u8, exact: &str, note: &str, tags: &[&str]) -> Noted {
    let at = document.text.find(exact).unwrap();
    let target = Target::new(document, TextRange::of(at, at + exact.len()));
    let anchoring = locate(&target, None, document);
    Noted {
        signed: Signed {
            uid: Uid([n; 16]),
            annotation: Annotation {
                id: RecordId(i64::from(n)),
                target,
                body: Body {
                    note: note.to_owned(),
                    tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                    colour: Colour::Blue,
                },
                created: "2024-02-03T04:05:06.123456Z".parse().unwrap(),
                modified: "2024-03-03T04:05:06Z".parse().unwrap(),
            },
            creator: (n == 2).then(|| "Ann Bée".to_owned()),
            origin: Origin {
                id: (n == 3).then(|| "x7Yq_k".to_owned()),
                references: if n == 3 {
                    vec!["q8".to_owned()]
                } else {
                    Vec::new()
                },
                whole: false,
            },
        },
        anchoring,
        links: if n == 1 {
            vec![(LinkKind::Confirms, Uid([2; 16]))]
        } else {
            Vec::new()
        },
    }
}

fn all(document: &Document) -> Vec<Noted> {
    vec![
        noted(
            document,
            1,
            "e\u{301}tat of",
            "=SUM(A1) \"why\"?\nSecond 🙂 line, 漢字; \\n",
            &["arms", "two words"],
        ),
        noted(document, 2, "東京 on 3 May. They", "", &["@place"]),
        noted(document, 3, "nothing.\n\n“核実験", "-- > <!-- postil", &[]),
    ]
}

fn sheet(document: &Document) -> Sheet<'_> {
    Sheet {
        locator: "/papers/ré #1.txt",
        title: "River talks",
        document: Some(document),
        notes: all(document),
    }
}

const UID_1: &str = "urn:uuid:01010101-0101-0101-0101-010101010101";
const UID_2: &str = "urn:uuid:02020202-0202-0202-0202-020202020202";

fn confirms(from: &str, to: &str) -> IncomingLink {
    IncomingLink {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: LinkKind::Confirms,
    }
}

/// What came in is what went out: number, passage, body, writer, dates, answers.
fn check(incoming: &[Incoming], document: &Document) {
    let expected: Vec<Signed> = all(document)
        .into_iter()
        .map(|noted| noted.signed)
        .collect();
    let found: Vec<Signed> = incoming
        .iter()
        .map(|incoming| {
            let range = settle(incoming, document).unwrap();
            incoming.signed(document, range, now())
        })
        .collect();
    assert_eq!(found.len(), expected.len());
    for (found, mut expected) in found.into_iter().zip(expected) {
        expected.annotation.id = RecordId(0);
        // Of an annotation that has always had another program's number, ours follows from that.
        if let Some(id) = &expected.origin.id {
            expected.uid = found.uid;
            assert!(
                found
                    .origin
                    .id
                    .as_ref()
                    .is_some_and(|found| found.ends_with(id.as_str()))
            );
            expected.origin = found.origin.clone();
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn hypothesis_comes_back_in_utf16() {
    let document = document();
    let value = hypothesis::write(&[sheet(&document)], now());
    let selector = &value["annotations"][1]["target"][0]["selector"][0];
    let start = TEXT.find("東京").unwrap();
    let units = TEXT.get(..start).unwrap().encode_utf16().count();
    assert_eq!(selector["start"], units);
    check(&hypothesis::read(&value.to_string()).unwrap(), &document);
}

#[test]
fn offsets_of_either_unit_are_understood() {
    let document = document();
    for unit in [
        |text: &str| text.chars().count() as u32,
        |text: &str| text.encode_utf16().count() as u32,
    ] {
        let start = TEXT.rfind("they said").unwrap();
        let from = unit(TEXT.get(..start).unwrap());
        let incoming = Incoming {
            quote: crate::annotation::TextQuote {
                exact: "they said".to_owned(),
                ..Default::default()
            },
            position: Some(Position {
                start: from,
                end: from + 9,
            }),
            ..Incoming::default()
        };
        assert_eq!(
            settle(&incoming, &document),
            Ok(TextRange::of(start, start + 9))
        );
    }
}

#[test]
fn brat_comes_back_without_its_broken_lines() {
    let document = document();
    let standoff = brat::write(&sheet(&document)).unwrap();
    assert_eq!(standoff.text, TEXT);
    assert!(!standoff.annotations.contains('\r'));
    let third = standoff
        .annotations
        .lines()
        .find(|line| line.starts_with("T3"))
        .unwrap();
    let spans = third.split('\t').nth(1).unwrap();
    assert!(
        spans.starts_with("Highlight ") && spans.contains(';'),
        "{third}"
    );
    assert!(third.ends_with("nothing. “核実験"), "{third}");
    assert!(
        standoff
            .annotations
            .contains("R1\tConfirms Arg1:T1 Arg2:T2")
    );
    let chars: Vec<char> = TEXT.chars().collect();
    for line in standoff
        .annotations
        .lines()
        .filter(|line| line.starts_with('T'))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let spans = cells[1].split_once(' ').unwrap().1;
        let words: Vec<String> = spans
            .split(';')
            .map(|span| {
                let (start, end) = span.split_once(' ').unwrap();
                chars[start.parse().unwrap()..end.parse().unwrap()]
                    .iter()
                    .collect()
            })
            .collect();
        assert_eq!(words.join(" "), cells[2]);
    }
    let read = brat::read(&standoff.annotations).unwrap();
    assert_eq!(
        (read.links.as_slice(), read.n_unsaid),
        ([confirms("T1", "T2")].as_slice(), 0)
    );
    check(&read.notes, &document);
}

#[test]
fn a_table_comes_back_and_runs_no_formula() {
    let document = document();
    let table = csv::write(&[sheet(&document)]);
    for cell in table.split([',', '\n']) {
        assert!(
            !cell.trim_start_matches('"').starts_with(['=', '+', '@']),
            "{cell}"
        );
    }
    assert!(
        table.contains("'=SUM(A1)") && table.contains("'@place") && table.contains("'--"),
        "{table}"
    );
    check(&csv::read(&table).unwrap(), &document);
}

#[test]
fn pages_for_people_come_back_unless_somebody_wrote_on_them() {
    let document = document();
    let page = markdown::write(&[sheet(&document)], now());
    assert!(
        page.starts_with("---\ntitle: \"River talks\"\n")
            && page.contains("\n> 東京 on 3 May. They\n"),
        "{page}"
    );
    let read = markdown::read(&page).unwrap();
    assert_eq!(read.changed, Vec::<usize>::new());
    check(&read.notes, &document);
    let touched = page.replace("Second 🙂 line", "Second line");
    let read = markdown::read(&touched).unwrap();
    assert_eq!((read.notes.len(), read.changed.len()), (2, 1));
}

#[test]
fn a_report_is_one_page_without_scripts_or_addresses() {
    let document = document();
    let mut sheet = sheet(&document);
    sheet.notes[0].signed.annotation.body.note = "<script>alert(1)</script> & \"more\"".to_owned();
    let analysis = crate::library::analyse(&document);
    let page = html::write(&sheet, Some(&analysis));
    assert!(
        !page.contains("<script")
            && !page.contains("http://")
            && !page.contains("https://")
            && !page.contains(" src="),
        "{page}"
    );
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
    assert!(page.contains("id=\"passage-2\"") && page.contains("href=\"#note-2\""));
    assert!(
        page.contains("2024") || page.contains("<td>3 May</td>"),
        "{page}"
    );
    for tag in ["mark", "section", "article", "table", "p", "span"] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    // A passage over several blocks is marked in each, and its text is all there.
    let gone = Sheet {
        document: None,
        ..sheet
    };
    assert!(html::write(&gone, None).contains("no longer there"));
}
