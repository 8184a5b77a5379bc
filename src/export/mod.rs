//! Annotations in the formats of other programs, out and in.
//!
//! Out: a [`Sheet`] for each document, its text as it is now and the notes with where they stand. In: bytes nobody vouches for become [`Incoming`] annotations, and
//! [`settle`] finds their words in a document; what it does not find for certain it leaves. Each format has a file: [`web`] (Web Annotation, JSON-LD), [`hypothesis`], [`brat`], [`csv`],
//! [`markdown`], and [`html`], which only goes out; [`tags`] is the vocabulary of tags. Units are those of each format: code points, or UTF-16 for Hypothesis. Nothing here reads or writes files or asks
//! the clock.

pub mod brat;
pub mod csv;
pub mod html;
pub mod hypothesis;
mod incoming;
mod iri;
pub mod markdown;
mod settle;
mod sheet;
pub mod tags;
#[cfg(test)]
mod tests;
pub mod web;
mod wrong;

pub use incoming::{About, Batch, Incoming, IncomingLink, Loss, Position, Spot};
pub use iri::{iri, locator};
pub use settle::{Unsettled, pieces, settle};
pub use sheet::{Noted, Sheet};
pub use wrong::ExportError;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Web Annotation (W3C 2017), JSON-LD.
    WebAnnotation,
    /// What Hypothesis exports and imports.
    Hypothesis,
    /// brat standoff: a text and an `.ann` file for each document.
    Brat,
    /// A table for spreadsheets.
    Csv,
    /// Pages for people, which can be brought in again as long as nobody changed them.
    Markdown,
    /// A page for a browser, with names and dates; only out.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::WebAnnotation,
        Self::Hypothesis,
        Self::Brat,
        Self::Csv,
        Self::Markdown,
        Self::Html,
    ];

    /// As typed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WebAnnotation => "web-annotation",
            Self::Hypothesis => "hypothesis",
            Self::Brat => "brat",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The format a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(word.trim()))
    }

    /// Reads a file of this format.
    pub fn read(self, text: &str) -> Result<Batch, ExportError> {
        match self {
            Self::WebAnnotation => web::read(text),
            Self::Hypothesis => hypothesis::read(text).map(Batch::of),
            Self::Brat => brat::read(text),
            Self::Csv => csv::read(text).map(Batch::of),
            Self::Markdown => markdown::read(text).map(|page| Batch {
                changed: page.changed,
                ..Batch::of(page.notes)
            }),
            Self::Html => Err(ExportError::OnlyOut {
                format: self.as_str(),
            }),
        }
    }

    /// The format that a file of this name and beginning is in.
    pub fn guess(name: &str, start: &str) -> Option<Self> {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("ann") => return Some(Self::Brat),
            Some("csv") => return Some(Self::Csv),
            Some("md" | "markdown") => return Some(Self::Markdown),
            Some("jsonld") => return Some(Self::WebAnnotation),
            _ => {}
        }
        let start = start.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with(['{', '[']) {
            let is_web = start.contains("ns/anno") || start.contains("ns/oa");
            return Some(if is_web {
                Self::WebAnnotation
            } else {
                Self::Hypothesis
            });
        }
        start.starts_with("---").then_some(Self::Markdown)
    }
}
