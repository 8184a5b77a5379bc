use serde_json::Value;

use super::super::{Batch, ExportError, Incoming, IncomingLink, Position};
use super::of_iri;
use crate::annotation::{Body, Colour, LinkKind, TextQuote};
use crate::text::sanitise;

/// Annotations nested no deeper than this are looked for.
const MOST_DEPTH: u32 = 8;

/// Reads annotations and the links between them; what has no passage of a document is left out.
///
/// A link of another program becomes two highlights and a link between them, if both its ends are passages and something says of what kind it is.
pub fn read(json: &str) -> Result<Batch, ExportError> {
    let value: Value = serde_json::from_str(json.trim_start_matches('\u{feff}'))?;
    let mut found = Batch::default();
    let mut any = false;
    collect(&value, 0, &mut found, &mut any);
    if any || value.as_array().is_some_and(Vec::is_empty) {
        Ok(found)
    } else {
        Err(ExportError::NotThis {
            expected: "a Web Annotation, or a page or collection of them",
        })
    }
}

fn collect(value: &Value, depth: u32, found: &mut Batch, any: &mut bool) {
    if depth > MOST_DEPTH {
        return;
    }
    if let Some(items) = value.as_array() {
        for item in items {
            collect(item, depth + 1, found, any);
        }
        return;
    }
    if has_type(value, "Annotation") {
        *any = true;
        if is_link(value) {
            link(value, found);
        } else {
            found.notes.extend(annotation(value));
        }
        return;
    }
    let is_list = has_type(value, "AnnotationCollection")
        || has_type(value, "AnnotationPage")
        || value.get("@graph").is_some();
    *any |= is_list;
    for key in ["first", "items", "@graph", "next"] {
        if let Some(inside) = value.get(key).filter(|_| is_list || key == "@graph") {
            collect(inside, depth + 1, found, any);
        }
    }
}

/// Whether a value is of a class, in the spelling of the model or of Open Annotation.
pub(super) fn has_type(value: &Value, class: &str) -> bool {
    let is_it = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        name.rsplit([':', '#', '/']).next() == Some(class)
    };
    let types = value.get("type").or_else(|| value.get("@type"));
    many(types).any(is_it)
}

/// A property that may have one value or several.
pub(super) fn many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(items)) => items.iter(),
        Some(Value::Null) | None => [].iter(),
        Some(one) => std::slice::from_ref(one).iter(),
    }
}

fn is_link(value: &Value) -> bool {
    many(value.get("motivation").or_else(|| value.get("motivatedBy"))).any(|motivation| {
        let word = motivation.as_str().unwrap_or_default();
        word.rsplit([':', '#', '/']).next() == Some("linking")
    })
}

fn link(value: &Value, found: &mut Batch) {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let body = many(value.get("body")).next();
    let named = ["postil:kind", "rdfs:label", "label"]
        .iter()
        .find_map(|key| text(key))
        .or_else(|| body?.get("purpose")?.as_str());
    let Some(kind) = named.and_then(LinkKind::from_word) else {
        found.n_unsaid += 1;
        return;
    };
    if let (Some(from), Some(to)) = (text("postil:from"), text("postil:to")) {
        let (from, to) = (from.to_owned(), to.to_owned());
        found.links.push(IncomingLink { from, to, kind });
        return;
    }
    let id = text("id").unwrap_or_default();
    let end = |passage: Option<&Value>, side: &str| {
        let mut incoming = Incoming {
            id: Some(format!("{id}#{side}")),
            creator: many(value.get("creator")).find_map(name),
            created: text("created").and_then(|time| time.parse().ok()),
            ..Incoming::default()
        };
        let stands = take_target(passage?, &mut incoming) && !incoming.quote.exact.is_empty();
        stands.then_some(incoming)
    };
    let target = end(many(value.get("target")).next(), "target");
    match (target, end(body, "body")) {
        (Some(from), Some(to)) if !id.is_empty() => {
            found.links.push(IncomingLink {
                from: format!("{id}#target"),
                to: format!("{id}#body"),
                kind,
            });
            found.notes.extend([from, to]);
        }
        _ => found.n_unsaid += 1,
    }
}

fn annotation(value: &Value) -> Option<Incoming> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let mut incoming = Incoming {
        id: text("id").or_else(|| text("@id")).map(str::to_owned),
        creator: many(value.get("creator").or_else(|| value.get("annotatedBy"))).find_map(name),
        created: text("created")
            .or_else(|| text("annotatedAt"))
            .and_then(|time| time.parse().ok()),
        modified: text("modified").and_then(|time| time.parse().ok()),
        via: text("via").map(of_iri),
        references: many(value.get("postil:references"))
            .filter_map(Value::as_str)
            .map(of_iri)
            .collect(),
        ..Incoming::default()
    };
    let default_purpose = text("motivation").unwrap_or("commenting");
    if let Some(plain) = text("bodyValue") {
        incoming.body.note = sanitise::lines(plain).into_owned();
    }
    for body in many(value.get("body").or_else(|| value.get("hasBody"))) {
        take_body(body, default_purpose, &mut incoming.body);
    }
    many(value.get("target").or_else(|| value.get("hasTarget")))
        .any(|target| take_target(target, &mut incoming))
        .then_some(incoming)
}

fn name(person: &Value) -> Option<String> {
    let known = ["name", "nickname", "nick", "email", "id", "@id"];
    let name = person
        .as_str()
        .or_else(|| known.iter().find_map(|key| person.get(key)?.as_str()))?;
    Some(sanitise::line(name).into_owned())
}

fn take_body(value: &Value, default_purpose: &str, body: &mut Body) {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let Some(words) = text("value")
        .or_else(|| text("chars"))
        .or_else(|| text("cnt:chars"))
        .or_else(|| value.as_str())
    else {
        // Choices and composites hold bodies of their own; anything else is no text.
        for inner in many(value.get("items").or_else(|| value.get("source"))) {
            if inner.is_object() {
                take_body(inner, default_purpose, body);
            }
        }
        return;
    };
    let mut purposes = many(value.get("purpose"))
        .filter_map(Value::as_str)
        .peekable();
    let is_tag = if purposes.peek().is_some() {
        purposes.any(|purpose| purpose == "tagging")
    } else {
        default_purpose == "tagging" || has_type(value, "Tag")
    };
    if is_tag {
        body.tags.push(sanitise::line(words).trim().to_owned());
        return;
    }
    if !body.note.is_empty() {
        body.note.push_str("\n\n");
    }
    body.note.push_str(&sanitise::lines(words));
}

/// Whether it says which document.
fn take_target(value: &Value, incoming: &mut Incoming) -> bool {
    let source = value
        .get("source")
        .or_else(|| value.get("hasSource"))
        .unwrap_or(value);
    let key = source.get("id").or_else(|| source.get("@id"));
    incoming.source = source
        .as_str()
        .or_else(|| key.and_then(Value::as_str))
        .map(str::to_owned);
    incoming.title = ["dc:title", "title", "label"]
        .iter()
        .find_map(|key| source.get(key)?.as_str())
        .map(str::to_owned);
    let colour = value.get("styleClass").and_then(Value::as_str);
    if let Some(colour) = colour.and_then(Colour::from_word) {
        incoming.body.colour = colour;
    }
    for selector in many(value.get("selector").or_else(|| value.get("hasSelector"))) {
        take_selector(selector, 0, incoming);
    }
    incoming.source.is_some()
}

fn take_selector(value: &Value, depth: u32, incoming: &mut Incoming) {
    let text = |key: &str| {
        let value = value.get(key).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    if has_type(value, "TextQuoteSelector") {
        incoming.quote = TextQuote {
            exact: text("exact"),
            prefix: text("prefix"),
            suffix: text("suffix"),
        };
    } else if has_type(value, "TextPositionSelector") {
        incoming.position = position(value);
    }
    if depth < MOST_DEPTH {
        let nested = value.get("items").or_else(|| value.get("refinedBy"));
        for inner in many(nested) {
            take_selector(inner, depth + 1, incoming);
        }
    }
}

/// Offsets in `start` and `end`, if they are in order.
pub(in crate::export) fn position(value: &Value) -> Option<Position> {
    let offset = |key: &str| value.get(key)?.as_u64()?.try_into().ok();
    let (start, end): (u32, u32) = (offset("start")?, offset("end")?);
    (start <= end).then_some(Position { start, end })
}
