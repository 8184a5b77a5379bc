//! A passage with where it stands: author, title, publisher, date, paragraph.

use crate::document::Document;
use crate::text::TextRange;

/// The passage in quotation marks and its citation on the next line.
pub fn cite(document: &Document, range: TextRange) -> String {
    let words: Vec<&str> = range.of_text(&document.text).split_whitespace().collect();
    let meta = &document.meta;
    let mut parts: Vec<String> = Vec::new();
    if !meta.authors.is_empty() {
        parts.push(meta.authors.join(", "));
    }
    parts.push(format!("“{}”", document.title()));
    parts.extend(meta.publisher.clone());
    parts.extend(
        meta.published
            .as_ref()
            .map(|published| published.date.to_string()),
    );
    parts.push(format!("paragraph {}", document.block_at(range.start) + 1));
    // Double marks inside the quotation become single ones.
    let inner = words
        .join(" ")
        .replace('“', "‘")
        .replace('”', "’")
        .replace('"', "'");
    format!("“{inner}”\n— {}\n", parts.join(", "))
}
