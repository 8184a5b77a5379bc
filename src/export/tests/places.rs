//! What files say of places and texts, and what of it is not understood.

use super::others::found;
use super::*;

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

proptest::proptest! {
    #[test]
    fn any_place_is_within_the_text_or_refused(
        text in "\\PC{0,60}", exact in "\\PC{0,4}", prefix in "\\PC{0,3}", start in 0u32..80, end in 0u32..80,
    ) {
        let document = import::exact("/a.txt", &text, None, None);
        let quote = |exact: &str, prefix: &str| crate::annotation::TextQuote {
            exact: exact.to_owned(),
            prefix: prefix.to_owned(),
            suffix: String::new(),
        };
        let position = Position { start, end };
        for about in [
            About::Passage,
            About::PassageInUtf16,
            About::Whole,
            About::Within(Spot::At(position)),
            About::Within(Spot::Words(quote(&prefix, ""))),
            About::Between(quote(&exact, &prefix), quote(&prefix, "")),
            About::Stretches(vec![position, Position { start: end, end: start }]),
        ] {
            for exact in [exact.as_str(), ""] {
                let incoming = Incoming {
                    quote: quote(exact, &prefix),
                    position: Some(position),
                    about: about.clone(),
                    ..Incoming::default()
                };
                for piece in pieces(&incoming, &document) {
                    if let Ok(range) = settle(&piece, &document) {
                        proptest::prop_assert!(range.start <= range.end);
                        proptest::prop_assert!(document.text.get(range.bytes()).is_some());
                    }
                }
            }
        }
    }
}
