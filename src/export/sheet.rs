use crate::annotation::{Anchoring, LinkKind, Signed, TextQuote, Uid};
use crate::document::Document;
use crate::text::TextRange;

/// A document and what was written on it, ready to be exported.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// Where the document is, or was seen last.
    pub locator: &'a str,
    /// Its title, as it was last.
    pub title: &'a str,
    /// The document as it is now, if it is still there.
    pub document: Option<&'a Document>,
    /// The notes, in the order they are to stand.
    pub notes: Vec<Noted>,
}

/// A note and where it stands now.
#[derive(Debug, Clone)]
pub struct Noted {
    /// The note.
    pub signed: Signed,
    /// Where its words are now; [`Anchoring::lost`] where the document is gone.
    pub anchoring: Anchoring,
    /// Links that start here: the kind, and the number everywhere of the note they lead to.
    pub links: Vec<(LinkKind, Uid)>,
}

impl Noted {
    /// Its place in the present text, unless that is for the reader to decide.
    pub fn place(&self) -> Option<TextRange> {
        self.anchoring.anchor.range().filter(|_| self.is_certain())
    }

    /// Whether it is about the document as a whole.
    pub fn is_of_all(&self) -> bool {
        self.signed.origin.whole
    }

    /// Whether the reader need not look at it.
    pub fn is_certain(&self) -> bool {
        matches!(
            self.anchoring.anchor.status(),
            "unchanged" | "edited" | "moved"
        )
    }

    /// The words it was made on, where others stand at its place now.
    pub fn made_on(&self, document: Option<&Document>) -> Option<&str> {
        let then = self.signed.annotation.target.quote.exact.as_str();
        let (document, range) = document.zip(self.place())?;
        (range.of_text(&document.text) != then).then_some(then)
    }

    /// The words to export: those at its place, else those it was made on.
    pub fn quote(&self, document: Option<&Document>) -> TextQuote {
        match (document, self.place()) {
            (Some(document), Some(range)) => TextQuote::new(&document.text, range),
            _ => self.signed.annotation.target.quote.clone(),
        }
    }
}
