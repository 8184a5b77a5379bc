//! The thread of the fuzzy jump: holds what can be jumped to and answers queries; the newest wins.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};

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

/// What the jumper is asked for.
pub(super) enum Request {
    /// These are the places now.
    Places(Places),
    /// Find.
    Find(JobId, String, Kinds),
}

/// Everything that can be jumped to.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Documents: id, title, date.
    pub(super) documents: Vec<(DocId, Arc<str>, String)>,
    /// Headings of the library: the document, the byte, the words.
    pub(super) headings: Vec<(DocId, u32, String)>,
    /// The open document, whose headings are those of the text shown.
    pub(super) open: Option<Arc<Document>>,
    /// Entities of the library, and a document that names each.
    pub(super) entities: Vec<(EntityCount, DocId)>,
    /// Bookmarks.
    pub(super) bookmarks: Vec<Bookmark>,
    /// Annotations.
    pub(super) annotations: Vec<Annotation>,
    /// How often and how lately places were visited, by kind and key.
    pub(super) visits: HashMap<(String, String), f64>,
}

/// Answers until nobody asks any more; `newest` is the number of the last question, and an older one is given up.
pub(super) fn run(requests: &Receiver<Request>, out: &Sender<Msg>, newest: &AtomicU64) {
    let mut items: Vec<Item> = Vec::new();
    let mut candidates = Candidates::new();
    let mut matcher = Matcher::new();
    for request in requests {
        match request {
            Request::Places(places) => {
                items = items_of(&places);
                candidates = items.iter().map(|item| &*item.text).collect();
                matcher.forget();
            }
            Request::Find(job, query, kinds) => {
                let stale = || newest.load(Ordering::Relaxed) > job.0;
                if stale() {
                    continue;
                }
                let query = Query::parse(&query);
                let keep = |index: u32| {
                    items.get(index as usize).is_some_and(|item| {
                        kinds.only.is_none_or(|kind| item.kind == kind)
                            && kinds.within.is_none_or(
                                |doc| matches!(item.to, JumpTarget::Place(at, _) if at == doc),
                            )
                    })
                };
                let prior = |index: u32| items.get(index as usize).map_or(0, |item| item.prior);
                let everything = kinds == Kinds::default();
                let scope = Scope {
                    keep: if everything { None } else { Some(&keep) },
                    prior: Some(&prior),
                    cancelled: Some(&stale),
                };
                if let Some(matches) = matcher.search(&candidates, &query, SHOWN, scope) {
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
                    let best = matches
                        .best
                        .iter()
                        .filter_map(|found| hit(found.index))
                        .collect();
                    drop(out.send(Msg::Done(Outcome::Jumped(
                        job,
                        Jumped {
                            total: matches.total,
                            best,
                        },
                    ))));
                }
            }
        }
    }
}
