//! Annotations in the present text of their document: what is known of their places at once, and what must be looked for without the store.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use memchr::memmem;

use super::anchorings::{AnchoringRecord, holds, standing_decision};
use super::{Store, StoreError};
use crate::annotation::{
    Alignment, Anchor, Anchoring, Annotation, Method, RecordId, Target, TextQuote, in_same_text,
    locate, locate_aligned,
};
use crate::document::{Document, Revision};

/// What is known of the place of an annotation before it is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPlace {
    /// The annotation.
    pub annotation: Annotation,
    /// Where it stands, as the reader decided, as the text itself says, or as it was found in this text before.
    pub anchoring: Option<Anchoring>,
    /// Whether looking for it would say nothing else.
    pub is_settled: bool,
}

/// Annotations to be looked for in the present text of their document, with the texts they were made on.
#[derive(Debug, Default)]
pub struct Search {
    sought: Vec<(RecordId, Sought)>,
    texts: HashMap<Revision, Option<String>>,
}

/// A passage to be looked for, as the reader saw it last.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) target: Target,
    /// The words the annotation was made on, where those of the target are later ones.
    made_on: Option<String>,
    /// The words of a passage that was given up, and how often they stood in the text it was given up in.
    given_up: Option<(String, usize)>,
}

impl Sought {
    /// What was found, told by the words the annotation was made on and by what the reader decided about an earlier text.
    pub(super) fn told(&self, found: Anchoring, document: &Document) -> Anchoring {
        if let Some((exact, n_before)) = &self.given_up
            && n_times(exact, &document.text) <= *n_before
        {
            let near = match &found.anchor {
                Anchor::Lost { near } => near.start,
                offered => offered.range().map_or(0, |range| range.start),
            };
            return Anchoring {
                method: Some(Method::Reader),
                ..Anchoring::lost(near)
            };
        }
        match &self.made_on {
            Some(exact) => found.beside(exact, document),
            None => found,
        }
    }
}

/// How often words stand in a text.
fn n_times(words: &str, text: &str) -> usize {
    memmem::find_iter(text.as_bytes(), words.as_bytes()).count()
}

impl Store {
    /// The annotations of a document with where they stand in its present text, in the order of the text they were made on.
    ///
    /// What the reader decided about this text holds. An annotation whose place in an earlier text was confirmed or picked is looked for from there.
    pub fn place_annotations(
        &self,
        locator: &str,
        document: &Document,
    ) -> Result<Vec<(Annotation, Anchoring)>, StoreError> {
        let known = self.known_places(locator, document)?;
        let sought = known.iter().filter(|known| !known.is_settled);
        let search = self.search(sought.map(|known| &known.annotation), document)?;
        let mut found: HashMap<RecordId, Anchoring> = HashMap::new();
        search.run(document, |id, anchoring| {
            found.insert(id, anchoring);
            ControlFlow::Continue(())
        });
        let placed = known.into_iter().filter_map(|known| {
            let anchoring = found.remove(&known.annotation.id).or(known.anchoring)?;
            Some((known.annotation, anchoring))
        });
        Ok(placed.collect())
    }

    /// The annotations of a document with what is known of their places in its present text before anything is looked for, in the order of the text they were made on.
    pub fn known_places(
        &self,
        locator: &str,
        document: &Document,
    ) -> Result<Vec<KnownPlace>, StoreError> {
        let annotations = self.annotations_of(locator, &document.revision)?;
        let others = || {
            let made_on_another = |note: &&Annotation| note.target.revision != document.revision;
            annotations
                .iter()
                .filter(made_on_another)
                .map(|note| note.id)
        };
        let decided = self.decided(annotations.iter().map(|annotation| annotation.id))?;
        let mut latest = self.latest(others(), &document.revision)?;
        let known = annotations.into_iter().map(|annotation| {
            let records = decided.get(&annotation.id).map_or(&[][..], Vec::as_slice);
            let settled = standing_decision(records, &document.revision)
                .map(|record| record.anchoring.clone())
                .or_else(|| in_same_text(&annotation.target, document));
            let is_settled = settled.is_some();
            let before = latest.remove(&annotation.id).map(|record| record.anchoring);
            KnownPlace {
                anchoring: settled.or(before),
                is_settled,
                annotation,
            }
        });
        Ok(known.collect())
    }

    /// All that is needed to look for annotations in the present text of their document, without the store.
    pub fn search<'a>(
        &self,
        annotations: impl Iterator<Item = &'a Annotation> + Clone,
        document: &Document,
    ) -> Result<Search, StoreError> {
        let decided = self.decided(annotations.clone().map(|annotation| annotation.id))?;
        let mut search = Search::default();
        for annotation in annotations {
            let records = decided.get(&annotation.id).map_or(&[][..], Vec::as_slice);
            let sought = self.sought(annotation, records, &document.revision, &mut search.texts)?;
            self.keep_text(sought.target.revision, &mut search.texts)?;
            search.sought.push((annotation.id, sought));
        }
        Ok(search)
    }

    /// The passage as the reader saw it last in another text than the present one.
    pub(super) fn sought(
        &self,
        annotation: &Annotation,
        decided: &[AnchoringRecord],
        present: &Revision,
        texts: &mut HashMap<Revision, Option<String>>,
    ) -> Result<Sought, StoreError> {
        let made = &annotation.target;
        let mut sought = Sought {
            target: made.clone(),
            made_on: None,
            given_up: None,
        };
        let standing = decided.iter().rev();
        let standing =
            standing.filter(|record| record.revision != *present && holds(record, decided));
        for (n_later, record) in standing.enumerate() {
            let text = self.keep_text(record.revision, texts)?;
            match (record.anchoring.anchor.range(), text) {
                (Some(range), Some(text)) if text.get(range.bytes()).is_some() => {
                    let quote = TextQuote::new(text, range);
                    sought.made_on =
                        (quote.exact != made.quote.exact).then(|| made.quote.exact.clone());
                    sought.target = Target {
                        doc: made.doc,
                        revision: record.revision,
                        position: range,
                        quote,
                    };
                    break;
                }
                // What was given up last stays so until its words come back.
                (None, Some(text)) if n_later == 0 => {
                    let exact = made.quote.exact.clone();
                    let n_times = n_times(&exact, text);
                    sought.given_up = Some((exact, n_times));
                }
                _ => {}
            }
        }
        Ok(sought)
    }

    pub(super) fn keep_text<'a>(
        &self,
        revision: Revision,
        texts: &'a mut HashMap<Revision, Option<String>>,
    ) -> Result<Option<&'a str>, StoreError> {
        let text = match texts.entry(revision) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(place) => place.insert(self.annotated_text(&revision)?),
        };
        Ok(text.as_deref())
    }
}

impl Search {
    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.sought.is_empty()
    }

    /// Looks for each in `document`, the present text, and tells where it stands, until told to stop. What is said of one does not depend on the others.
    pub fn run(
        &self,
        document: &Document,
        mut take: impl FnMut(RecordId, Anchoring) -> ControlFlow<()>,
    ) {
        let mut alignments: HashMap<Revision, Alignment<'_>> = HashMap::new();
        for (id, sought) in &self.sought {
            let target = &sought.target;
            let then = self.texts.get(&target.revision).and_then(Option::as_deref);
            let anchoring = match then {
                Some(then) if target.revision != document.revision => {
                    let alignment = alignments
                        .entry(target.revision)
                        .or_insert_with(|| Alignment::new(then, &document.text));
                    locate_aligned(target, Some(alignment), document)
                }
                then => locate(target, then, document),
            };
            if take(*id, sought.told(anchoring, document)).is_break() {
                return;
            }
        }
    }
}
