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
fn web_annotations_come_back_and_are_valid() {
    let document = document();
    let value = web::write(&[sheet(&document)], now());
    assert_eq!(web::broken_rules(&value), Vec::<String>::new());
    let items = value["first"]["items"].as_array().unwrap();
    assert_eq!(items.len(), 4, "three notes and a link");
    let selector = &items[1]["target"]["selector"];
    assert_eq!(selector[0]["exact"], "東京 on 3 May. They");
    let start = TEXT.find("東京").unwrap();
    let points = TEXT.get(..start).unwrap().chars().count();
    assert_eq!(selector[1]["start"], points);
    assert_eq!(items[1]["creator"]["name"], "Ann Bée");
    assert_eq!(
        items[0]["target"]["source"]["id"],
        "file:///papers/r%C3%A9%20%231.txt"
    );
    let read = web::read(&value.to_string()).unwrap();
    assert_eq!(
        (read.links.as_slice(), read.n_unsaid),
        ([confirms(UID_1, UID_2)].as_slice(), 0)
    );
    let incoming = read.notes;
    assert_eq!(
        locator(incoming[0].source.as_deref().unwrap()),
        "/papers/ré #1.txt"
    );
    check(&incoming, &document);
}

#[test]
fn what_breaks_the_model_is_named() {
    let broken = |value: Value| web::broken_rules(&value).join("\n");
    let target = "https://e.org/a";
    assert_eq!(
        broken(
            json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation", "target": target})
        ),
        ""
    );
    let wrong = json!({
        "id": "no iri", "type": "Annotation", "created": "yesterday", "motivation": "musing",
        "body": {"type": "TextualBody"}, "bodyValue": "x",
        "target": {"selector": [{"type": "TextQuoteSelector"}, {"type": "TextPositionSelector", "start": 9, "end": -1}]},
    });
    let said = broken(wrong);
    for rule in [
        "context",
        "IRI as its id",
        "xsd:dateTime",
        "vocabulary",
        "exactly one value",
        "both body",
        "one source",
        "one exact",
        "text position",
    ] {
        assert!(said.contains(rule), "{rule}: {said}");
    }
}

#[test]
fn each_rule_of_the_model_is_checked_by_itself() {
    let broken = |value: Value| web::broken_rules(&value).join("\n");
    let target = "https://e.org/a";
    // One rule at a time, on an annotation that keeps all others.
    let one = |key: &str, value: Value| {
        let mut valid = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation", "target": target});
        valid[key] = value;
        broken(valid)
    };
    let passage = |key: &str, value: Value| {
        let mut passage = json!({"type": "SpecificResource", "source": "https://e.org/a"});
        passage[key] = value;
        one("target", passage)
    };
    for (said, rule) in [
        (one("@context", json!("http://e.org")), "context"),
        (one("id", json!("two words:x")), "exactly one IRI"),
        (one("type", json!("Note")), "collection"),
        (one("target", json!([])), "must have a target"),
        (
            one("target", json!("no iri")),
            "must be an IRI or an object",
        ),
        (one("bodyValue", json!(["a", "b"])), "a single string"),
        (
            one("created", json!("2024-05-05T10:00:00+02:00")),
            "written with Z",
        ),
        (one("modified", json!("2024-05-05")), "written with Z"),
        (
            one("motivation", json!(["commenting", "shouting"])),
            "motivation must be",
        ),
        (
            one(
                "body",
                json!({"type": "TextualBody", "value": "x", "purpose": "fun"}),
            ),
            "purpose must be",
        ),
        (one("via", json!("x 7")), "via must be"),
        (
            one("canonical", json!(["urn:a:1", "urn:a:2"])),
            "a single IRI",
        ),
        (
            passage("source", json!(["https://e.org/a", "https://e.org/b"])),
            "exactly one source",
        ),
        (passage("styleClass", json!(3)), "a style class"),
        (
            passage(
                "selector",
                json!({"type": "TextQuoteSelector", "exact": "x", "prefix": ["a"]}),
            ),
            "at most one prefix",
        ),
        (
            passage(
                "selector",
                json!({"type": "TextPositionSelector", "start": 1}),
            ),
            "a start and an end",
        ),
        (
            passage("state", json!({"type": "TimeState", "sourceDate": "2024"})),
            "a source date",
        ),
        (
            passage("state", json!({"type": "TimeState", "cached": "no iri"})),
            "a cached copy",
        ),
    ] {
        assert!(said.contains(rule), "{rule}: {said}");
    }
    let list = |first: Value| {
        broken(
            json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:c", "type": "AnnotationCollection", "total": 0, "first": first}),
        )
    };
    assert_eq!(
        list(json!({"id": "urn:x:p", "type": "AnnotationPage", "items": []})),
        ""
    );
    let said = list(json!({"type": "AnnotationPage", "startIndex": -1}));
    for rule in ["a page must have an IRI", "a list of items", "not negative"] {
        assert!(said.contains(rule), "{rule}: {said}");
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

/// Files in the shapes that other programs write, in words of our own.
mod others {
    use super::*;

    fn found(incoming: &[Incoming]) -> Vec<String> {
        let document = document();
        incoming
            .iter()
            .map(|incoming| match settle(incoming, &document) {
                Ok(range) => range.of_text(&document.text).to_owned(),
                Err(why) => why.to_string(),
            })
            .collect()
    }

    #[test]
    fn a_single_annotation_with_strings_for_body_and_target() {
        let plain = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/a1", "type": "Annotation",
            "bodyValue": "a comment", "target": "http://e.org/page1",
        });
        let read = web::read(&plain.to_string()).unwrap().notes;
        assert_eq!(read[0].body.note, "a comment");
        assert_eq!(found(&read), ["👩‍👧 River talks, e\u{301}tat of play."]);
    }

    #[test]
    fn a_page_of_annotations_with_refined_selectors_and_choices() {
        let page = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "id": "http://e.org/p1",
            "items": [{
                "type": ["Annotation", "ex:Own"], "id": "http://e.org/a2",
                "creator": {"id": "http://e.org/me", "type": "Person", "nickname": "pseudo"},
                "motivation": ["describing", "tagging"],
                "body": [{"type": "Choice", "items": [{"type": "TextualBody", "value": "un commentaire", "language": "fr"}]},
                         {"type": "TextualBody", "purpose": "tagging", "value": "river"}],
                "target": {"source": "http://e.org/page1", "selector": {
                    "type": "FragmentSelector", "value": "para5",
                    "refinedBy": {"type": "TextQuoteSelector", "exact": "agreed on nothing", "prefix": "They ", "suffix": "."}}},
            }, {
                "type": "Annotation", "id": "http://e.org/a3", "motivation": "linking",
                "body": "http://e.org/x", "target": "http://e.org/y",
            }],
        });
        let batch = web::read(&page.to_string()).unwrap();
        assert_eq!((batch.links.len(), batch.n_unsaid), (0, 1));
        let read = batch.notes;
        assert_eq!(found(&read), ["agreed on nothing"]);
        assert_eq!(
            (
                read[0].body.note.as_str(),
                read[0].body.tags.join(",").as_str()
            ),
            ("un commentaire", "river")
        );
        assert_eq!(read[0].creator.as_deref(), Some("pseudo"));
    }

    #[test]
    fn a_link_that_says_its_kind_becomes_two_highlights_and_a_link() {
        let passage = |words: &str| {
            json!({"type": "SpecificResource", "source": "http://e.org/d",
                   "selector": {"type": "TextQuoteSelector", "exact": words}})
        };
        let mut link = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/l1", "type": "Annotation",
            "motivation": "linking", "rdfs:label": "contradicts",
            "target": passage("e\u{301}tat of play"), "body": passage("met in 東京"),
        });
        let read = web::read(&link.to_string()).unwrap();
        assert_eq!(found(&read.notes), ["e\u{301}tat of play", "met in 東京"]);
        let expected = IncomingLink {
            from: "http://e.org/l1#target".to_owned(),
            to: "http://e.org/l1#body".to_owned(),
            kind: LinkKind::Contradicts,
        };
        assert_eq!(read.links, [expected]);
        link["rdfs:label"] = json!("sees also");
        let read = web::read(&link.to_string()).unwrap();
        assert_eq!((read.notes.len(), read.n_unsaid), (0, 1));
    }

    #[test]
    fn open_annotation_spellings() {
        let old = json!({
            "@graph": [{
                "@id": "_:a", "@type": "oa:Annotation", "annotatedAt": "2014-01-01T00:00:00Z", "annotatedBy": {"@id": "_:p", "name": "P"},
                "hasBody": {"@type": ["cnt:ContentAsText", "oa:Tag"], "chars": "war"},
                "hasTarget": {"@type": "oa:SpecificResource", "hasSource": "http://e.org/d", "hasSelector": {"@type": "oa:TextQuoteSelector", "exact": "ministers met"}},
            }],
        });
        let read = web::read(&old.to_string()).unwrap().notes;
        assert_eq!(found(&read), ["ministers met"]);
        assert_eq!(
            (
                read[0].body.tags.join(",").as_str(),
                read[0].creator.as_deref()
            ),
            ("war", Some("P"))
        );
    }

    #[test]
    fn an_api_answer_with_replies_and_page_notes() {
        let rows = json!({"total": 3, "rows": [
            {"id": "AbC", "created": "2023-10-30T08:00:00.000000+00:00", "updated": "2023-10-30T08:01:00.000000+00:00", "user": "acct:reader@hypothes.is",
             "uri": "https://e.org/talks", "text": "Compare **May**.", "tags": ["grain"], "group": "__world__",
             "document": {"title": ["Talks"]},
             "target": [{"source": "https://e.org/talks", "selector": [
                {"type": "RangeSelector", "startContainer": "/p[2]", "startOffset": 0, "endContainer": "/p[2]", "endOffset": 3},
                {"type": "TextPositionSelector", "start": 3, "end": 9},
                {"type": "TextQuoteSelector", "exact": "met in 東京", "prefix": "The ministers ", "suffix": " on 3"}]}]},
            {"id": "DeF", "created": "2023-10-31T08:00:00Z", "updated": "2023-10-31T08:00:00Z", "user": "acct:other@hypothes.is",
             "uri": "https://e.org/talks", "text": "Agreed.", "tags": [], "references": ["AbC"], "target": [{"source": "https://e.org/talks"}]},
            {"id": "GhI", "created": "2023-10-31T09:00:00Z", "updated": "2023-10-31T09:00:00Z", "user": "acct:other@hypothes.is",
             "uri": "https://e.org/talks", "text": "On the page.", "tags": [], "target": [{"source": "https://e.org/talks"}]},
        ]});
        let read = hypothesis::read(&rows.to_string()).unwrap();
        assert_eq!(
            found(&read),
            [
                "met in 東京",
                "met in 東京",
                "👩‍👧 River talks, e\u{301}tat of play."
            ]
        );
        assert_eq!(read[1].references, ["AbC"]);
        assert_eq!(read[0].creator.as_deref(), Some("reader@hypothes.is"));
    }

    #[test]
    fn standoff_with_events_relations_and_discontinuous_passages() {
        let ann = "T1\tOrganization 29 38\tministers\nT2\tPlace 46 48\t東京\nE1\tMeet:T1\n\
                   R1\tAt Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\n#1\tAnnotatorNotes T2\tthe capital\nA1\tSure T2\nN1\tReference T2 Wikidata:Q1490\tTokyo\n";
        let batch = brat::read(ann).unwrap();
        assert_eq!((batch.links.len(), batch.n_unsaid), (0, 1));
        let read = batch.notes;
        assert_eq!(found(&read), ["ministers", "東京"]);
        assert_eq!(
            (
                read[1].body.note.as_str(),
                read[1].body.tags.join(",").as_str()
            ),
            ("the capital", "Place")
        );
        assert!(
            brat::read("T1\tbroken")
                .unwrap_err()
                .to_string()
                .starts_with("line 1: a passage is written")
        );
    }

    #[test]
    fn a_table_of_a_spreadsheet_with_semicolons() {
        let table = "\u{feff}Passage;Note;Document\r\n\"agreed on nothing\";\"two\nlines\";talks.txt\r\n\r\n";
        let read = csv::read(table).unwrap();
        assert_eq!(found(&read), ["agreed on nothing"]);
        assert_eq!(read[0].body.note, "two\nlines");
        assert!(
            csv::read("a,b\n")
                .unwrap_err()
                .to_string()
                .contains("`document`")
        );
        assert!(
            csv::read("document,passage\n\"open")
                .unwrap_err()
                .to_string()
                .contains("line 2")
        );
    }

    #[test]
    fn what_is_no_such_file_says_so() {
        assert!(
            web::read("{\"a\":1}")
                .unwrap_err()
                .to_string()
                .contains("not a Web Annotation")
        );
        assert!(
            web::read("{\n x")
                .unwrap_err()
                .to_string()
                .starts_with("line 2, column 2")
        );
        assert!(
            hypothesis::read("{}")
                .unwrap_err()
                .to_string()
                .contains("`annotations`")
        );
        assert!(
            markdown::read("# Title\n")
                .unwrap_err()
                .to_string()
                .contains("no note of postil")
        );
        assert_eq!(web::read("[]").unwrap(), Batch::default());
    }
}
