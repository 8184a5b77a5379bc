//! How the commands tell where a note or bookmark stands now.

use serde::Serialize;

use super::ledger::Ledger;
use super::points::Points;
use crate::annotation::{Anchor, Anchoring, Method, Target, locate};
use crate::document::Document;
use crate::store::StoreError;

/// Where the passage of a note or bookmark stands in the file as it is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Standing {
    /// unchanged, edited, moved, ambiguous, probable or lost.
    pub(super) status: &'static str,
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    /// The words that stand there now.
    pub(super) exact: Option<String>,
    /// The words as they were.
    pub(super) exact_then: String,
    /// How it was found: position, typography, comparison, quote, resemblance or reader.
    pub(super) method: Option<&'static str>,
}

impl Standing {
    /// Finds `target` in `now`; without a document it is lost.
    pub(super) fn find(
        target: &Target,
        now: Option<&Document>,
        ledger: &Ledger,
    ) -> Result<Self, StoreError> {
        let exact_then = target.quote.exact.clone();
        let Some(now) = now else {
            return Ok(Self {
                status: Anchor::Lost {
                    near: target.position,
                }
                .status(),
                start: None,
                end: None,
                exact: None,
                exact_then,
                method: None,
            });
        };
        let then = if now.revision == target.revision {
            None
        } else {
            ledger.annotated_text(&target.revision)?
        };
        let found = locate(target, then.as_deref(), now);
        Ok(Self::of(&found, exact_then, now))
    }

    /// Tells what was found in `now`.
    pub(super) fn of(found: &Anchoring, exact_then: String, now: &Document) -> Self {
        let range = found.anchor.range();
        let mut points = Points::new(&now.text);
        Self {
            status: found.anchor.status(),
            start: range.map(|range| points.at(range.start)),
            end: range.map(|range| points.at(range.end)),
            exact: range.map(|range| range.of_text(&now.text).to_owned()),
            exact_then,
            method: found.method.map(Method::as_str),
        }
    }

    /// Whether the reader need not look at it.
    pub(super) fn is_certain(&self) -> bool {
        matches!(self.status, "unchanged" | "edited" | "moved")
    }
}
