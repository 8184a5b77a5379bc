//! Web Annotation: the way out and back, and the rules of the model.

use super::*;

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
