//! The thread of the fuzzy jump: holds what can be jumped to and answers queries; the newest wins.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use crate::annotation::{Annotation, Bookmark};
use crate::app::effect::{JobId, JumpKind, Kinds};
use crate::app::msg::{JumpHit, JumpTarget, Jumped, Msg, Outcome};
use crate::app::overlay::kept::bookmark_name;
use crate::document::{DocId, Document};
use crate::library::EntityCount;
use crate::search::fuzzy::{Candidates, Highlighter, Matcher, Query, Scope};

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
    /// The open document, for its headings.
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

struct Item {
    kind: JumpKind,
    text: Arc<str>,
    aside: String,
    to: JumpTarget,
    prior: i32,
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

fn items_of(places: &Places) -> Vec<Item> {
    let titles: HashMap<DocId, &Arc<str>> = places
        .documents
        .iter()
        .map(|(doc, title, _)| (*doc, title))
        .collect();
    let title = |doc: DocId| {
        titles
            .get(&doc)
            .map_or_else(String::new, |title| title.to_string())
    };
    let visited = |kind: JumpKind, key: &str| {
        let score = places
            .visits
            .get(&(kind.name().to_owned(), key.to_owned()))
            .copied()
            .unwrap_or(0.0);
        // A visit now is worth about half a letter, many visits a letter or so.
        (score.max(0.0).ln_1p() * 12.0).min(40.0) as i32
    };
    let mut items = Vec::with_capacity(places.documents.len() + places.entities.len());
    for (doc, title, date) in &places.documents {
        let prior = 4 + visited(JumpKind::Document, &doc.to_string());
        items.push(Item {
            kind: JumpKind::Document,
            text: title.clone(),
            aside: date.clone(),
            to: JumpTarget::Place(*doc, None),
            prior,
        });
    }
    if let Some(open) = &places.open {
        for (index, _, heading) in open.headings() {
            let at = open.blocks.get(index).map_or(0, |block| block.range.start);
            let text: Vec<&str> = heading.split_whitespace().collect();
            if text.join(" ") == open.title() {
                // The document itself leads there.
                continue;
            }
            items.push(Item {
                kind: JumpKind::Heading,
                text: text.join(" ").into(),
                aside: open.title().to_owned(),
                to: JumpTarget::Place(open.id, Some(at)),
                prior: 2,
            });
        }
    }
    for (count, doc) in &places.entities {
        let often = (f64::from(count.mentions).ln_1p() * 2.0).min(12.0) as i32;
        items.push(Item {
            kind: JumpKind::Entity,
            text: count.name.clone(),
            aside: format!(
                "{} in {}",
                count.mentions,
                if count.documents == 1 {
                    "1 document".to_owned()
                } else {
                    format!("{} documents", count.documents)
                }
            ),
            to: JumpTarget::Entity(count.entity.clone(), count.kind, *doc),
            prior: often + visited(JumpKind::Entity, count.entity.as_str()),
        });
    }
    for bookmark in &places.bookmarks {
        let words: Vec<&str> = bookmark
            .target
            .quote
            .exact
            .split_whitespace()
            .take(12)
            .collect();
        items.push(Item {
            kind: JumpKind::Bookmark,
            text: format!("{} {}", bookmark_name(&bookmark.name), words.join(" ")).into(),
            aside: title(bookmark.target.doc),
            to: JumpTarget::Place(bookmark.target.doc, Some(bookmark.target.position.start)),
            prior: 8,
        });
    }
    for annotation in &places.annotations {
        let quoted: Vec<&str> = annotation
            .target
            .quote
            .exact
            .split_whitespace()
            .take(16)
            .collect();
        let note = annotation.body.note.lines().next().unwrap_or_default();
        let tags: String = annotation
            .body
            .tags
            .iter()
            .map(|tag| format!(" #{tag}"))
            .collect();
        let text = if note.is_empty() {
            format!("“{}”{tags}", quoted.join(" "))
        } else {
            format!("{note}{tags} “{}”", quoted.join(" "))
        };
        items.push(Item {
            kind: JumpKind::Annotation,
            text: text.into(),
            aside: title(annotation.target.doc),
            to: JumpTarget::Place(
                annotation.target.doc,
                Some(annotation.target.position.start),
            ),
            prior: 6,
        });
    }
    items
}
