use serde_json::Value;

use super::super::incoming::{LONGEST_OF_MANY, MOST_PASSAGES, numbered};
use super::super::{About, Batch, ExportError, Incoming, IncomingLink, Loss, Position};
use super::bodies::take_body;
use super::of_iri;
use super::selectors::{fragment, take_selectors};
use crate::annotation::{Colour, LinkKind};
use crate::text::sanitise;

/// Annotations nested no deeper than this are looked for.
pub(super) const MOST_DEPTH: u32 = 8;

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
            annotation(value, found);
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
        let stands = take_target(passage?, &mut incoming) && !incoming.is_of_all();
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

/// Takes an annotation: a note on each passage it is about.
fn annotation(value: &Value, found: &mut Batch) {
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
    let motivations = many(value.get("motivation").or_else(|| value.get("motivatedBy")));
    let motivations: Vec<&str> = motivations.filter_map(Value::as_str).collect();
    if let Some(plain) = text("bodyValue") {
        incoming.body.note = sanitise::lines(plain).into_owned();
    }
    let mut losses = Vec::new();
    for body in many(value.get("body").or_else(|| value.get("hasBody"))) {
        take_body(body, &motivations, &mut incoming.body, &mut losses);
    }
    let mut targets = Vec::new();
    for target in many(value.get("target").or_else(|| value.get("hasTarget"))) {
        each_target(target, 0, &mut targets);
    }
    let mut passages: Vec<Incoming> = Vec::new();
    for target in targets {
        let is_long = incoming.body.note.len() > LONGEST_OF_MANY && !passages.is_empty();
        if passages.len() >= MOST_PASSAGES || is_long {
            losses.push(Loss::TooMany);
            continue;
        }
        let mut one = incoming.clone();
        if take_target(target, &mut one) {
            // The first one has the number that links call it by.
            one.id = incoming.id.as_ref().map(|id| numbered(id, passages.len()));
            passages.push(one);
        }
    }
    if passages.is_empty() {
        return;
    }
    if passages.len() > 1 {
        losses.push(Loss::Passages);
    }
    for loss in losses {
        *found.losses.entry(loss).or_default() += 1;
    }
    found.notes.extend(passages);
}

/// The passages of a target, which may be a set of others.
fn each_target<'a>(value: &'a Value, depth: u32, into: &mut Vec<&'a Value>) {
    let is_set = ["Composite", "List", "Independents", "Choice"]
        .iter()
        .any(|class| has_type(value, class));
    if !is_set || depth > MOST_DEPTH {
        into.push(value);
        return;
    }
    for item in many(value.get("items").or_else(|| value.get("members"))) {
        each_target(item, depth + 1, into);
    }
}

fn name(person: &Value) -> Option<String> {
    let known = ["name", "nickname", "nick", "email", "id", "@id"];
    let name = person
        .as_str()
        .or_else(|| known.iter().find_map(|key| person.get(key)?.as_str()))?;
    Some(sanitise::line(name).into_owned())
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
    let selectors = many(value.get("selector").or_else(|| value.get("hasSelector")));
    if !take_selectors(selectors, incoming) {
        // Without a selector it is the document, or what the fragment of its address says.
        let fragment = incoming.source.as_deref().and_then(fragment);
        match fragment {
            Some((source, Some(position))) => {
                incoming.source = Some(source);
                incoming.position = Some(position);
            }
            Some((source, None)) if value.get("source").is_none() => {
                incoming.about = About::Unknown(format!(
                    "the fragment of its address, `{}`",
                    sanitise::line(incoming.source.as_deref().unwrap_or_default())
                ));
                incoming.source = Some(source);
            }
            Some(_) | None => incoming.about = About::Whole,
        }
    }
    incoming.source.is_some()
}

/// Offsets in `start` and `end`, if they are in order.
pub(in crate::export) fn position(value: &Value) -> Option<Position> {
    let offset = |key: &str| value.get(key)?.as_u64()?.try_into().ok();
    let (start, end): (u32, u32) = (offset("start")?, offset("end")?);
    (start <= end).then_some(Position { start, end })
}
