//! The JSON that Hypothesis's client exports and imports. Positions are UTF-16 units.
//!
//! Colour, where the words stand now, and the words it was made on where others stand there, go into an object `postil` that other programs skip. In: also replies and notes on a page as a whole.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::web::position;
use super::{About, ExportError, Incoming, Noted, Sheet, iri};
use crate::annotation::{Body, Colour, TextQuote};
use crate::text::{Offsets, sanitise};

/// The writer of notes without a name.
const OWNER: &str = "acct:postil@localhost";

/// The sheets as one export.
pub fn write(sheets: &[Sheet<'_>], now: Timestamp) -> Value {
    let mut annotations = Vec::new();
    for sheet in sheets {
        let offsets = sheet.document.map(|document| Offsets::new(&document.text));
        for noted in &sheet.notes {
            annotations.push(annotation(sheet, noted, offsets.as_ref()));
        }
    }
    json!({
        "export_date": now.to_string(),
        "export_userid": OWNER,
        "client_version": concat!("postil ", env!("CARGO_PKG_VERSION")),
        "annotations": annotations,
    })
}

fn annotation(sheet: &Sheet<'_>, noted: &Noted, offsets: Option<&Offsets>) -> Value {
    let note = &noted.signed.annotation;
    let uri = iri(sheet.locator);
    let user = noted.signed.creator.as_deref().map_or_else(
        || OWNER.to_owned(),
        |name| {
            if name.starts_with("acct:") {
                name.to_owned()
            } else {
                format!("acct:{name}")
            }
        },
    );
    let TextQuote {
        exact,
        prefix,
        suffix,
    } = noted.quote(sheet.document);
    let mut selectors = Vec::new();
    if let (Some(document), Some(range), Some(offsets)) = (sheet.document, noted.place(), offsets) {
        let [start, end] = [range.start, range.end].map(|byte| offsets.utf16(&document.text, byte));
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
    }
    selectors.push(json!({
        "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix,
    }));
    let target = if noted.is_of_all() {
        json!({"source": uri})
    } else {
        json!({"source": uri, "selector": selectors})
    };
    json!({
        "id": noted.signed.origin.id.clone().unwrap_or_else(|| noted.signed.uid.to_string()),
        "created": note.created.to_string(),
        "updated": note.modified.to_string(),
        "user": user,
        "uri": uri,
        "text": note.body.note,
        "tags": note.body.tags,
        "group": "__world__",
        "permissions": {"read": [user], "update": [user], "delete": [user], "admin": [user]},
        "references": noted.signed.origin.references,
        "document": {"title": [sheet.title]},
        "target": [target],
        "postil": {
            "colour": note.body.colour.as_str(),
            "status": noted.anchoring.anchor.status(),
            "revision": note.target.revision.to_string(),
            "made_on": noted.made_on(sheet.document),
        },
    })
}

/// Reads an export, or a bare list of annotations. A reply without a passage of its own gets that of the note it answers.
pub fn read(json: &str) -> Result<Vec<Incoming>, ExportError> {
    let value: Value = serde_json::from_str(json.trim_start_matches('\u{feff}'))?;
    let list = value
        .get("annotations")
        .or_else(|| value.get("rows"))
        .unwrap_or(&value);
    let items = list.as_array().ok_or(ExportError::NotThis {
        expected: "an export of Hypothesis with `annotations`",
    })?;
    let mut all: Vec<Incoming> = items.iter().filter_map(incoming).collect();
    let passages: HashMap<String, (TextQuote, Option<super::Position>, About)> = all
        .iter()
        .filter(|incoming| !incoming.is_of_all())
        .filter_map(|incoming| {
            let id = incoming.id.clone()?;
            let about = incoming.about.clone();
            Some((id, (incoming.quote.clone(), incoming.position, about)))
        })
        .collect();
    for reply in &mut all {
        if !reply.is_of_all() {
            continue;
        }
        let mut answered = reply.references.iter().rev();
        if let Some((quote, position, about)) = answered.find_map(|id| passages.get(id)) {
            (reply.quote, reply.position) = (quote.clone(), *position);
            reply.about = about.clone();
        }
    }
    Ok(all)
}

fn incoming(value: &Value) -> Option<Incoming> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let list = |key: &str| {
        let items = value.get(key).and_then(Value::as_array);
        let words = items.into_iter().flatten().filter_map(Value::as_str);
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let target = value.get("target").and_then(|target| target.get(0));
    let source = target
        .and_then(|target| target.get("source"))
        .and_then(Value::as_str)
        .or_else(|| text("uri"))?;
    let title = value.get("document").and_then(|document| {
        let title = document.get("title")?;
        title
            .as_str()
            .or_else(|| title.get(0).and_then(Value::as_str))
    });
    let ours = value.get("postil").and_then(|ours| ours.get("colour"));
    let mut incoming = Incoming {
        id: text("id").map(str::to_owned),
        source: Some(source.to_owned()),
        title: title.map(str::to_owned),
        body: Body {
            note: sanitise::lines(text("text").unwrap_or_default()).into_owned(),
            tags: list("tags"),
            colour: ours
                .and_then(Value::as_str)
                .and_then(Colour::from_word)
                .unwrap_or_default(),
        },
        creator: text("user")
            .filter(|user| *user != OWNER)
            .map(|user| sanitise::line(user.trim_start_matches("acct:")).into_owned()),
        created: text("created").and_then(|time| time.parse().ok()),
        modified: text("updated").and_then(|time| time.parse().ok()),
        references: list("references"),
        ..Incoming::default()
    };
    let selectors = target
        .and_then(|target| target.get("selector"))
        .and_then(Value::as_array);
    let mut unknown = None;
    for selector in selectors.into_iter().flatten() {
        let part = |key: &str| {
            let part = selector.get(key).and_then(Value::as_str);
            part.unwrap_or_default().to_owned()
        };
        match selector.get("type").and_then(Value::as_str) {
            Some("TextQuoteSelector") => {
                incoming.quote = TextQuote {
                    exact: part("exact"),
                    prefix: part("prefix"),
                    suffix: part("suffix"),
                };
            }
            Some("TextPositionSelector") => incoming.position = position(selector),
            other => unknown = Some(sanitise::line(other.unwrap_or("selector")).into_owned()),
        }
    }
    incoming.about = match unknown {
        // Pages are said by a target alone.
        Some(how) if incoming.is_of_all() => About::Unknown(format!("a {how}")),
        _ => About::PassageInUtf16,
    };
    Some(incoming)
}
