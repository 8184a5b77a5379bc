//! Files in the shapes that other programs write, in words of our own.

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

/// An annotation of this target.
fn about(target: &Value) -> Batch {
    let annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/a", "type": "Annotation",
        "body": {"type": "TextualBody", "value": "here"}, "target": target,
    });
    web::read(&annotation.to_string()).unwrap()
}

/// Where an annotation with this selector stands.
fn selected(selector: &Value) -> String {
    let batch = about(&json!({"source": "http://e.org/d", "selector": selector}));
    found(&batch.notes).join(" | ")
}

#[test]
fn places_are_understood_or_left_out_and_named() {
    let points = |words: &str| {
        let start = TEXT.find(words).unwrap();
        let at = TEXT.get(..start).unwrap().chars().count();
        (at, at + words.chars().count())
    };
    let (start, end) = points("東京 on 3");
    let at = json!({"type": "TextPositionSelector", "start": start, "end": end});
    assert_eq!(selected(&at), "東京 on 3");
    let by_fragment = |value: String| json!({"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": value});
    assert_eq!(
        selected(&by_fragment(format!("char={start},{end};length=40"))),
        "東京 on 3"
    );
    assert_eq!(
        found(&about(&json!(format!("http://e.org/d#char={start},{end}"))).notes),
        ["東京 on 3"]
    );
    let quote = |words: &str| json!({"type": "TextQuoteSelector", "exact": words});
    let range = |from: &str, to: &str| json!({"type": "RangeSelector", "startSelector": quote(from), "endSelector": quote(to)});
    assert_eq!(
        selected(&range("ministers", "on 3 May")),
        "ministers met in 東京"
    );
    assert_eq!(
        selected(&range("on 3 May", "ministers")),
        "its words are not in the document"
    );
    // Of what is refined the inner place counts.
    let refined = |mut outer: Value, inner: &Value| {
        outer["refinedBy"] = inner.clone();
        outer
    };
    assert_eq!(
        selected(&refined(quote("They agreed on nothing"), &quote("on"))),
        "on"
    );
    assert_eq!(
        selected(&refined(
            quote("東京 on 3 May"),
            &json!({"type": "TextPositionSelector", "start": 3, "end": 5})
        )),
        "on"
    );
    assert_eq!(selected(&refined(at, &quote("on"))), "on");
    for (selector, why) in [
        (
            json!({"type": "TextPositionSelector", "start": 5000, "end": 6000}),
            "beyond the end",
        ),
        (
            json!({"type": "XPathSelector", "value": "/p[2]"}),
            "given by a XPathSelector",
        ),
        (
            by_fragment("line=1,2".to_owned()),
            "given by a FragmentSelector",
        ),
        (
            json!({"type": "SvgSelector"}),
            "SvgSelector; what is understood are words",
        ),
        (quote("on"), "more than once"),
        (quote("nowhere"), "not in the document"),
        (range("nowhere", "on 3 May"), "not in the document"),
    ] {
        let said = selected(&selector);
        assert!(said.contains(why), "{selector}: {said}");
    }
    let elsewhere = found(&about(&json!("http://e.org/d#section-2")).notes);
    assert!(
        elsewhere[0].contains("the fragment of its address"),
        "{elsewhere:?}"
    );
}

#[test]
fn each_of_several_passages_has_a_note_of_its_own() {
    let passage = |words: &str| json!({"source": "http://e.org/d", "selector": {"type": "TextQuoteSelector", "exact": words}});
    for target in [
        json!([passage("ministers"), passage("東京")]),
        json!({"type": "Composite", "items": [passage("ministers"), passage("東京")]}),
    ] {
        let batch = about(&target);
        assert_eq!(found(&batch.notes), ["ministers", "東京"]);
        let ids: Vec<&str> = batch
            .notes
            .iter()
            .filter_map(|one| one.id.as_deref())
            .collect();
        assert_eq!(ids, ["http://e.org/a", "http://e.org/a#2"]);
        assert_eq!(batch.losses, [(Loss::Passages, 1)].into());
        assert!(batch.notes.iter().all(|one| one.body.note == "here"));
    }
}

#[test]
fn what_has_no_place_in_a_note_is_named() {
    let read = |motivation: Value, body: Value| {
        let annotation = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/a", "type": "Annotation",
            "motivation": motivation, "body": body, "target": "http://e.org/d",
        });
        let batch = web::read(&annotation.to_string()).unwrap();
        let body = &batch.notes[0].body;
        let losses: Vec<String> = batch.losses.iter().map(|(loss, n)| loss.told(*n)).collect();
        format!(
            "{} #{} {}",
            body.note,
            body.tags.join("#"),
            losses.join("; ")
        )
    };
    let text = |words: &str, purpose: &str| json!({"type": "TextualBody", "value": words, "purpose": purpose});
    assert_eq!(
        read(
            json!("commenting"),
            json!([text("good", "commenting"), text("war", "tagging")])
        ),
        "good #war "
    );
    assert_eq!(
        read(json!("assessing"), text("good", "assessing")),
        "good # 1 purpose other than commenting and tagging became a comment"
    );
    assert_eq!(
        read(
            json!("tagging"),
            json!({"type": "SpecificResource", "source": "http://e.org/tags/t1"})
        ),
        " #http://e.org/tags/t1 "
    );
    let choice = json!({"type": "Choice", "items": [{"type": "TextualBody", "value": "en"}, {"type": "TextualBody", "value": "fr"}]});
    assert_eq!(
        read(json!(["commenting", "classifying"]), choice),
        "en # 1 choice of texts: the first was taken"
    );
    let html =
        json!({"type": "TextualBody", "value": "<p>a <b>b</b> &amp; c</p>", "format": "text/html"});
    assert_eq!(
        read(json!("commenting"), html),
        "a b & c # 1 text in HTML: its words were taken"
    );
    assert_eq!(
        read(json!("commenting"), json!("http://e.org/post")),
        "http://e.org/post # "
    );
}

#[test]
fn a_note_on_the_document_as_a_whole_goes_out_as_one() {
    let document = document();
    let note = about(&json!("http://e.org/d")).notes.remove(0);
    assert!(note.is_of_all());
    let range = settle(&note, &document).unwrap();
    let signed = note.signed(&document, range, now());
    let mut sheet = sheet(&document);
    let anchoring = locate(&signed.annotation.target, None, &document);
    sheet.notes = vec![Noted {
        signed,
        anchoring,
        links: Vec::new(),
    }];
    let sheets = [sheet];
    let web = web::write(&sheets, now());
    let target = &web["first"]["items"][0]["target"];
    assert!(
        target.get("selector").is_none() && target.get("source").is_some(),
        "{target}"
    );
    assert_eq!(web::broken_rules(&web), Vec::<String>::new());
    let hypothesis = hypothesis::write(&sheets, now());
    assert!(
        hypothesis["annotations"][0]["target"][0]
            .get("selector")
            .is_none()
    );
    for back in [
        web::read(&web.to_string()).unwrap().notes,
        hypothesis::read(&hypothesis.to_string()).unwrap(),
        csv::read(&csv::write(&sheets)).unwrap(),
        markdown::read(&markdown::write(&sheets, now()))
            .unwrap()
            .notes,
        brat::read(&brat::write(&sheets[0]).unwrap().annotations)
            .unwrap()
            .notes,
    ] {
        assert!(back[0].is_of_all(), "{:?}", back[0]);
        assert_eq!(back[0].body.note, "here");
    }
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
