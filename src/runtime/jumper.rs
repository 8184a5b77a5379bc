//! The thread of the fuzzy jump: holds what can be jumped to and answers queries; the newest wins.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::librarian;
use crate::annotation::{Annotation, Bookmark};
use crate::app::effect::{JobId, Kinds};
use crate::app::msg::{JumpHit, JumpTarget, Jumped, Msg, Outcome};
use crate::document::{DocId, Document};
use crate::library::EntityCount;
use crate::search::fuzzy::{Candidates, Highlighter, Matcher, Query, Scope};

mod items;

use self::items::{Item, items_of};

/// Hits shown at once.
const SHOWN: usize = 200;

/// How long a new list of places waits for what the librarian knows; what comes later is taken up by the next question.
const WAIT: Duration = Duration::from_millis(100);

/// What the jumper is asked for.
pub(super) enum Request {
    /// These are the places now.
    Places(Places),
    /// Find.
    Find(JobId, String, Kinds),
}

/// Everything that can be jumped to but what the librarian knows.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Documents: id, title, date.
    pub(super) documents: Vec<(DocId, Arc<str>, String)>,
    /// The open document, whose headings are those of the text shown.
    pub(super) open: Option<Arc<Document>>,
    /// Bookmarks.
    pub(super) bookmarks: Vec<Bookmark>,
    /// Annotations.
    pub(super) annotations: Vec<Annotation>,
    /// How often and how lately places were visited, by kind and key.
    pub(super) visits: HashMap<(String, String), f64>,
}

/// What can be jumped to in all the documents of the library.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Headings: the document, the byte, the words.
    pub(super) headings: Vec<(DocId, u32, String)>,
    /// Entities, and a document that names each.
    pub(super) entities: Vec<(EntityCount, DocId)>,
}

/// Answers until nobody asks any more; `newest` is the number of the last question, and an older one is given up.
pub(super) fn run(
    requests: &Receiver<Request>,
    librarian: &Sender<librarian::Request>,
    out: &Sender<Msg>,
    newest: &AtomicU64,
) {
    let mut jumper = Jumper::default();
    for request in requests {
        match request {
            Request::Places(places) => {
                jumper.places = places;
                let (to, asked) = channel();
                if librarian.send(librarian::Request::Places(to)).is_ok() {
                    jumper.asked = Some(asked);
                }
                jumper.hear(WAIT);
                jumper.arrange();
            }
            Request::Find(job, query, kinds) => {
                if jumper.hear(Duration::ZERO) {
                    jumper.arrange();
                }
                let stale = || newest.load(Ordering::Relaxed) > job.0;
                if stale() {
                    continue;
                }
                if let Some(found) = jumper.find(&query, kinds, &stale) {
                    drop(out.send(Msg::Done(Outcome::Jumped(job, found))));
                }
            }
        }
    }
}

struct Jumper {
    places: Places,
    known: Known,
    /// Where the librarian will answer.
    asked: Option<Receiver<Known>>,
    items: Vec<Item>,
    candidates: Candidates,
    matcher: Matcher,
}

impl Default for Jumper {
    fn default() -> Self {
        Self {
            places: Places::default(),
            known: Known::default(),
            asked: None,
            items: Vec::new(),
            candidates: Candidates::new(),
            matcher: Matcher::new(),
        }
    }
}

impl Jumper {
    /// Takes up what the librarian answered, and says whether it did.
    fn hear(&mut self, wait: Duration) -> bool {
        let Some(asked) = &self.asked else {
            return false;
        };
        match asked.recv_timeout(wait) {
            Ok(known) => {
                self.known = known;
                self.asked = None;
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                self.asked = None;
                false
            }
        }
    }

    fn arrange(&mut self) {
        self.items = items_of(&self.places, &self.known);
        self.candidates = self.items.iter().map(|item| &*item.text).collect();
        self.matcher.forget();
    }

    /// The best places for a query; nothing if it became stale meanwhile.
    fn find(
        &mut self,
        query: &str,
        kinds: Kinds,
        stale: &(dyn Fn() -> bool + Sync),
    ) -> Option<Jumped> {
        let items = &self.items;
        let query = Query::parse(query);
        let keep = |index: u32| {
            items.get(index as usize).is_some_and(|item| {
                kinds.only.is_none_or(|kind| item.kind == kind)
                    && kinds
                        .within
                        .is_none_or(|doc| matches!(item.to, JumpTarget::Place(at, _) if at == doc))
            })
        };
        let prior = |index: u32| items.get(index as usize).map_or(0, |item| item.prior);
        let everything = kinds == Kinds::default();
        let scope = Scope {
            keep: if everything { None } else { Some(&keep) },
            prior: Some(&prior),
            cancelled: Some(stale),
        };
        let matches = self
            .matcher
            .search(&self.candidates, &query, SHOWN, scope)?;
        let highlighter = Highlighter::new(&query);
        let hit = |index: u32| {
            items.get(index as usize).map(|item| JumpHit {
                kind: item.kind,
                text: item.text.clone(),
                marks: if query.is_empty() {
                    Vec::new()
                } else {
                    highlighter.ranges(&item.text)
                },
                aside: item.aside.clone(),
                to: item.to.clone(),
            })
        };
        let best = matches.best.iter();
        Some(Jumped {
            total: matches.total,
            best: best.filter_map(|found| hit(found.index)).collect(),
        })
    }
}

#[cfg(test)]
mod tests;
