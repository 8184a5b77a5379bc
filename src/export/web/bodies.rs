//! What an annotation of the model says: its bodies, as one note and its tags.

use serde_json::Value;

use super::super::Loss;
use super::read::{MOST_DEPTH, has_type, many};
use crate::annotation::Body;
use crate::text::html::words_of_html;
use crate::text::sanitise;

/// Purposes of a comment that a note keeps by being one.
const COMMENTS: [&str; 4] = ["commenting", "describing", "replying", "highlighting"];

/// Takes one body; its purpose is its own, else that of the annotation.
pub(super) fn take_body(
    value: &Value,
    motivations: &[&str],
    body: &mut Body,
    losses: &mut Vec<Loss>,
) {
    take(value, motivations, body, losses, 0);
}

fn take(value: &Value, motivations: &[&str], body: &mut Body, losses: &mut Vec<Loss>, depth: u32) {
    if depth > MOST_DEPTH {
        return;
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let own: Vec<&str> = many(value.get("purpose"))
        .filter_map(Value::as_str)
        .collect();
    let purposes = if own.is_empty() { motivations } else { &own };
    let words = text("value")
        .or_else(|| text("chars"))
        .or_else(|| text("cnt:chars"))
        .or_else(|| value.as_str());
    let Some(words) = words else {
        // Choices and composites hold bodies of their own; a resource elsewhere is known by its address.
        let items: Vec<&Value> = many(value.get("items")).collect();
        if has_type(value, "Choice") {
            if items.len() > 1 {
                losses.push(Loss::Choice);
            }
            if let Some(first) = items.first() {
                take(first, purposes, body, losses, depth + 1);
            }
        } else if !items.is_empty() {
            for item in items {
                take(item, purposes, body, losses, depth + 1);
            }
        } else if let Some(source) = value.get("source").filter(|source| source.is_object()) {
            take(source, purposes, body, losses, depth + 1);
        } else if let Some(address) = text("source")
            .or_else(|| text("id"))
            .or_else(|| text("@id"))
        {
            put(address, value, purposes, body, losses);
        }
        return;
    };
    let is_markup = text("format").is_some_and(|format| {
        format.starts_with("text/html") || format.starts_with("application/xhtml")
    });
    if is_markup {
        losses.push(Loss::Markup);
        put(&words_of_html(words), value, purposes, body, losses);
    } else {
        put(words, value, purposes, body, losses);
    }
}

fn put(words: &str, value: &Value, purposes: &[&str], body: &mut Body, losses: &mut Vec<Loss>) {
    // Of several motivations nothing says which is that of a body.
    let is_tag = match purposes {
        ["tagging"] => true,
        many => value.get("purpose").is_some() && many.contains(&"tagging"),
    };
    if is_tag || has_type(value, "Tag") {
        body.tags.push(sanitise::line(words).trim().to_owned());
        return;
    }
    if !purposes.is_empty() && !purposes.iter().any(|purpose| COMMENTS.contains(purpose)) {
        losses.push(Loss::Purpose);
    }
    if !body.note.is_empty() {
        body.note.push_str("\n\n");
    }
    body.note.push_str(&sanitise::lines(words));
}
