//! What the reader set by hand about a document, over what it says and what was found in it.

use serde::{Deserialize, Serialize};

use crate::document::{Document, Edtf, Published, PublishedFrom};
use crate::time::Decision;

/// What the reader set by hand about a document; what is missing is as found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrections {
    /// `:title`
    pub title: Option<String>,
    /// `:date`
    pub published: Option<Edtf>,
    /// `:publisher`
    pub publisher: Option<String>,
    /// `:means`: what temporal expressions of the text mean, in the order they were decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Decision>,
}

impl Corrections {
    /// Puts the metadata over what the document says. The dates are for [`analyse_with`](super::analyse_with).
    pub fn apply(&self, document: &mut Document) {
        let meta = &mut document.meta;
        if let Some(title) = &self.title {
            meta.title = Some(title.clone());
            meta.title_at = None;
        }
        if let Some(date) = &self.published {
            meta.published = Some(Published {
                date: date.clone(),
                from: PublishedFrom::User,
                at: None,
            });
        }
        if let Some(publisher) = &self.publisher {
            meta.publisher = Some(publisher.clone());
        }
    }
}
