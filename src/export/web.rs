//! Web Annotation Data Model (W3C Recommendation, 2017) as JSON-LD.
//!
//! Out: one `AnnotationCollection` with one page. Positions are code points of the text as it is now and stand only where the place is certain; the words always do. The
//! colour is the target's `styleClass`, where the words stand now a term of our own (`postil:status`), and so are the words it was made on where others stand there (`postil:madeOn`). Links are annotations with the motivation `linking`, their body and target both
//! passages. They come back as links where they say of what kind they are. In: a collection, a page, an array or a single annotation, by any program, also Open Annotation's spellings of the selectors.

mod bodies;
mod read;
mod rules;
mod selectors;

use jiff::Timestamp;
use serde_json::{Value, json};

pub(super) use read::position;
pub use read::read;
pub use rules::broken_rules;

use super::{Noted, Sheet, iri};
use crate::annotation::{LinkKind, TextQuote, Uid};
use crate::document::Document;
use crate::text::{Offsets, TextRange};

/// The context every annotation is read in.
pub(super) const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Where our own terms live.
const TERMS: &str = "urn:postil:terms:";

/// The sheets as one collection.
pub fn write(sheets: &[Sheet<'_>], now: Timestamp) -> Value {
    let mut items = Vec::new();
    for sheet in sheets {
        let offsets = sheet.document.map(|document| Offsets::new(&document.text));
        for noted in &sheet.notes {
            items.push(annotation(sheet, noted, offsets.as_ref()));
        }
    }
    for sheet in sheets {
        for noted in &sheet.notes {
            for (kind, to) in &noted.links {
                items.extend(link(sheets, (sheet, noted), *kind, *to));
            }
        }
    }
    json!({
        "@context": [CONTEXT, {"postil": TERMS}],
        "id": format!("urn:postil:export:{}", now.as_microsecond()),
        "type": "AnnotationCollection",
        "generated": now.to_string(),
        "generator": {"type": "Software", "name": concat!("postil ", env!("CARGO_PKG_VERSION"))},
        "total": items.len(),
        "first": {
            "id": format!("urn:postil:export:{}:1", now.as_microsecond()),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    })
}

fn annotation(sheet: &Sheet<'_>, noted: &Noted, offsets: Option<&Offsets>) -> Value {
    let note = &noted.signed.annotation;
    let mut bodies: Vec<Value> = Vec::new();
    if !note.body.note.is_empty() {
        bodies.push(json!({
            "type": "TextualBody", "value": note.body.note, "format": "text/plain", "purpose": "commenting",
        }));
    }
    for tag in &note.body.tags {
        bodies.push(json!({
            "type": "TextualBody", "value": tag, "format": "text/plain", "purpose": "tagging",
        }));
    }
    let motivation = match (note.body.note.is_empty(), note.body.tags.is_empty()) {
        _ if !noted.signed.origin.references.is_empty() => "replying",
        (false, _) => "commenting",
        (true, false) => "tagging",
        (true, true) => "highlighting",
    };
    let mut value = json!({
        "@context": CONTEXT,
        "id": urn(noted.signed.uid),
        "type": "Annotation",
        "motivation": motivation,
        "created": note.created.to_string(),
        "modified": note.modified.to_string(),
        "target": target(sheet, noted, offsets),
        "postil:status": noted.anchoring.anchor.status(),
    });
    if let Some(fields) = value.as_object_mut() {
        if !bodies.is_empty() {
            fields.insert("body".to_owned(), Value::Array(bodies));
        }
        if let Some(creator) = &noted.signed.creator {
            let creator = json!({"type": "Person", "name": creator});
            fields.insert("creator".to_owned(), creator);
        }
        if let Some(then) = noted.made_on(sheet.document) {
            fields.insert("postil:madeOn".to_owned(), json!(then));
        }
        if let Some(id) = &noted.signed.origin.id {
            fields.insert("via".to_owned(), json!(as_iri(id)));
        }
        if !noted.signed.origin.references.is_empty() {
            let references: Vec<String> = noted
                .signed
                .origin
                .references
                .iter()
                .map(|id| as_iri(id))
                .collect();
            fields.insert("postil:references".to_owned(), json!(references));
        }
    }
    value
}

/// The passage of a note as a `SpecificResource`.
fn target(sheet: &Sheet<'_>, noted: &Noted, offsets: Option<&Offsets>) -> Value {
    let TextQuote {
        exact,
        prefix,
        suffix,
    } = noted.quote(sheet.document);
    let mut selectors = vec![json!({
        "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix,
    })];
    if let (Some(document), Some(range), Some(offsets)) = (sheet.document, noted.place(), offsets) {
        let [start, end] = points(document, offsets, range);
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
    }
    let then = &noted.signed.annotation.target;
    let mut target = json!({
        "type": "SpecificResource",
        "source": {
            "id": iri(sheet.locator), "type": "Text", "format": "text/plain", "dc:title": sheet.title,
        },
        "selector": selectors,
        "styleClass": noted.signed.annotation.body.colour.as_str(),
        "state": {
            "type": "TimeState",
            "sourceDate": noted.signed.annotation.created.to_string(),
            "cached": format!("urn:sha256:{}", then.revision),
        },
    });
    if let Some(fields) = target.as_object_mut().filter(|_| noted.is_of_all()) {
        fields.remove("selector");
    }
    target
}

fn link(
    sheets: &[Sheet<'_>],
    (sheet, noted): (&Sheet<'_>, &Noted),
    kind: LinkKind,
    to: Uid,
) -> Option<Value> {
    let (other, end) = sheets.iter().find_map(|sheet| {
        let end = sheet.notes.iter().find(|noted| noted.signed.uid == to)?;
        Some((sheet, end))
    })?;
    Some(json!({
        "@context": CONTEXT,
        "id": format!("{}:{}:{to}", urn(noted.signed.uid), kind.as_str()),
        "type": "Annotation",
        "motivation": "linking",
        "created": noted.signed.annotation.modified.to_string(),
        "postil:kind": kind.as_str(),
        "postil:from": urn(noted.signed.uid),
        "postil:to": urn(to),
        "body": target(other, end, None),
        "target": target(sheet, noted, None),
    }))
}

fn points(document: &Document, offsets: &Offsets, range: TextRange) -> [u32; 2] {
    [range.start, range.end].map(|byte| offsets.code_point(&document.text, byte))
}

pub(super) fn urn(uid: Uid) -> String {
    format!("urn:uuid:{uid}")
}

/// What begins an IRI made of the name another program gave an annotation.
const FOREIGN: &str = "urn:postil:foreign:";

/// What another program calls an annotation, by its IRI.
pub(super) fn of_iri(id: &str) -> String {
    id.strip_prefix(FOREIGN).map_or_else(
        || id.to_owned(),
        |rest| super::locator(&format!("file:{rest}")),
    )
}

/// What another program calls an annotation, as an IRI.
fn as_iri(id: &str) -> String {
    if id.contains(':') {
        id.to_owned()
    } else {
        format!("{FOREIGN}{}", iri(id))
    }
}
