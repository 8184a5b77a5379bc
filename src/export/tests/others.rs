//! Files in the shapes that other programs write, in words of our own.

use super::*;

pub(super) fn found(incoming: &[Incoming]) -> Vec<String> {
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
    let losses: Vec<Loss> = batch.losses.into_keys().collect();
    assert_eq!(
        losses,
        [
            Loss::Event,
            Loss::Attribute,
            Loss::Reference,
            Loss::Equivalence
        ]
    );
    let read = batch.notes;
    assert_eq!(found(&read), ["ministers", "東京"]);
    let apart = brat::read("T3\tMeeting 37 46;54 56\tministers 東京\n").unwrap();
    let pieces: Vec<Incoming> = (apart.notes.iter())
        .flat_map(|one| pieces(one, &document()))
        .collect();
    assert_eq!(found(&pieces), ["ministers", "東京"]);
    assert_eq!(pieces[1].body.tags, ["Meeting"]);
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
    let table =
        "\u{feff}Passage;Note;Document\r\n\"agreed on nothing\";\"two\nlines\";talks.txt\r\n\r\n";
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
