//! What the Web Annotation Data Model says an annotation must be (its sections 3 and 4), checked on JSON.

use jiff::Timestamp;
use serde_json::Value;

use super::CONTEXT;
use super::read::{has_type, many};

/// The motivations of the vocabulary.
const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// The rules of the model that an annotation, or a collection with one page, breaks; none if it is valid. Each begins with the `id` of the annotation.
pub fn broken_rules(value: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    if has_type(value, "Annotation") {
        annotation(value, &mut broken);
        return broken;
    }
    let mut must = |holds: bool, rule: &str| {
        if !holds {
            broken.push(format!("collection: {rule}"));
        }
    };
    must(in_context(value), "must be in the context of the model");
    must(
        has_type(value, "AnnotationCollection"),
        "must be an annotation or a collection",
    );
    must(is_iri(value.get("id")), "must have an IRI as its id");
    let first = value.get("first").unwrap_or(&Value::Null);
    must(has_type(first, "AnnotationPage"), "must have a first page");
    must(is_iri(first.get("id")), "a page must have an IRI as its id");
    must(
        first.get("items").is_some_and(Value::is_array),
        "a page must have a list of items",
    );
    must(
        first.get("startIndex").is_none_or(Value::is_u64),
        "a page starts at a number that is not negative",
    );
    let items: Vec<&Value> = many(first.get("items")).collect();
    must(
        value.get("total").and_then(Value::as_u64) == Some(items.len() as u64),
        "total must be the number of annotations",
    );
    for item in items {
        annotation(item, &mut broken);
    }
    broken
}

fn annotation(value: &Value, broken: &mut Vec<String>) {
    let id = value
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or("?")
        .to_owned();
    let mut must = |holds: bool, rule: &str| {
        if !holds {
            broken.push(format!("{id}: {rule}"));
        }
    };
    must(in_context(value), "must be in the context of the model");
    must(
        is_iri(value.get("id")),
        "must have exactly one IRI as its id",
    );
    must(
        has_type(value, "Annotation"),
        "must have the type Annotation",
    );
    must(many(value.get("target")).count() > 0, "must have a target");
    must(
        value.get("bodyValue").is_none() || value.get("body").is_none(),
        "must not have both body and bodyValue",
    );
    must(
        value.get("bodyValue").is_none_or(Value::is_string),
        "bodyValue must be a single string",
    );
    must(
        many(value.get("via")).all(|via| is_iri(Some(via))),
        "via must be an IRI",
    );
    must(
        value
            .get("canonical")
            .is_none_or(|canonical| is_iri(Some(canonical))),
        "canonical must be a single IRI",
    );
    must(
        many(value.get("motivation")).all(is_motivation),
        "motivation must be one of the vocabulary",
    );
    for key in ["created", "modified", "generated"] {
        must(
            value.get(key).is_none_or(is_time),
            "dates must be xsd:dateTime in UTC, written with Z",
        );
    }
    for body in many(value.get("body")) {
        resource(body, &mut must);
    }
    for target in many(value.get("target")) {
        resource(target, &mut must);
    }
}

fn resource(value: &Value, must: &mut impl FnMut(bool, &str)) {
    if value.is_string() {
        must(
            is_iri(Some(value)),
            "a body or target must be an IRI or an object",
        );
        return;
    }
    if has_type(value, "TextualBody") {
        must(
            value.get("value").is_some_and(Value::is_string),
            "a textual body must have exactly one value",
        );
    }
    must(
        many(value.get("purpose")).all(is_motivation),
        "purpose must be one of the vocabulary",
    );
    let has_source = value.get("source").is_some();
    must(
        if has_source {
            !value.get("source").is_some_and(Value::is_array)
        } else {
            value.get("selector").is_none()
        },
        "what has a selector must have exactly one source",
    );
    if has_source {
        let source = value.get("source");
        must(
            is_iri(source.and_then(|source| source.get("id")).or(source)),
            "a source must be an IRI, or have one as its id",
        );
        must(
            value.get("styleClass").is_none_or(Value::is_string),
            "a style class must be a string",
        );
    }
    for selector in many(value.get("selector")) {
        self::selector(selector, must);
    }
    for state in many(value.get("state")) {
        if has_type(state, "TimeState") {
            must(
                state.get("sourceDate").is_none_or(is_time),
                "a source date must be xsd:dateTime in UTC, written with Z",
            );
            must(
                many(state.get("cached")).all(|cached| is_iri(Some(cached))),
                "a cached copy must be an IRI",
            );
        }
    }
}

fn selector(value: &Value, must: &mut impl FnMut(bool, &str)) {
    if has_type(value, "TextQuoteSelector") {
        must(
            value.get("exact").is_some_and(Value::is_string),
            "a text quote must have exactly one exact",
        );
        for key in ["prefix", "suffix"] {
            must(
                value.get(key).is_none_or(Value::is_string),
                "a text quote must have at most one prefix and suffix",
            );
        }
    }
    if has_type(value, "TextPositionSelector") {
        let offset = |key: &str| value.get(key).and_then(Value::as_u64);
        must(
            offset("start")
                .zip(offset("end"))
                .is_some_and(|(start, end)| start <= end),
            "a text position must have a start and an end that are no negative numbers, in order",
        );
    }
}

fn in_context(value: &Value) -> bool {
    many(value.get("@context")).any(|context| context.as_str() == Some(CONTEXT))
}

fn is_iri(value: Option<&Value>) -> bool {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    is_scheme
        && !text.contains(|c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
        })
}

fn is_motivation(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|word| MOTIVATIONS.contains(&word))
}

fn is_time(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|time| time.ends_with('Z') && time.parse::<Timestamp>().is_ok())
}
