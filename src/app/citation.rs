//! A passage with where it stands: author, title, publisher, date, paragraph.

use crate::annotation::Annotation;
use crate::document::Document;
use crate::library::Listing;
use crate::text::TextRange;

/// The passage in quotation marks and its citation on the next line.
pub fn cite(document: &Document, range: TextRange) -> String {
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
    format!(
        "{}\n— {}\n",
        quoted(range.of_text(&document.text)),
        parts.join(", ")
    )
}

/// An annotated passage with its citation, and what the reader says about it. `stands` is its document and the place in it; where that is not known, the words it was
/// made on are cited from what the list knows.
pub fn cite_note(
    note: &Annotation,
    stands: Option<(&Document, TextRange)>,
    listing: Option<&Listing>,
) -> String {
    let mut cited = if let Some((document, range)) = stands {
        cite(document, range)
    } else {
        let mut parts: Vec<String> = Vec::new();
        if let Some(listing) = listing {
            if !listing.authors.is_empty() {
                parts.push(listing.authors.join(", "));
            }
            parts.push(format!("“{}”", listing.title));
            parts.extend(listing.publisher.as_deref().map(str::to_owned));
            parts.extend(listing.published.as_ref().map(ToString::to_string));
        }
        parts.push("no longer in the text".to_owned());
        format!(
            "{}\n— {}\n",
            quoted(&note.target.quote.exact),
            parts.join(", ")
        )
    };
    if !note.body.note.is_empty() {
        cited.push_str(&note.body.note);
        cited.push('\n');
    }
    cited
}

/// Words in quotation marks, in one line; double marks inside become single ones.
fn quoted(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let inner = words
        .join(" ")
        .replace('“', "‘")
        .replace('”', "’")
        .replace('"', "'");
    format!("“{inner}”")
}
