//! Quotations and who spoke them.
//!
//! In: a document, its sentences and mentions. Out: [`Quote`]s; the span is what stands between the marks. An interrupted quotation gives several
//! spans with one group.

use serde::{Deserialize, Serialize};

use super::entities::EntityId;
use crate::text::TextRange;

/// A quoted stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who spoke.
    pub speaker: Option<Speaker>,
    /// The reporting word ("said"), where there is one.
    pub cue: Option<TextRange>,
    /// Parts of one interrupted quotation share a group; numbered from 0 in text order.
    pub group: u32,
}

/// Who spoke a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker.
    pub range: TextRange,
    /// The entity they name, where it is known.
    pub entity: Option<EntityId>,
}
