//! The concordance's thread: reads the documents that name an entity, and gives its mentions in context, some at a time. The newest request wins.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use rayon::prelude::*;

use super::source::Sources;
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Gathered, Msg, Outcome};
use crate::language::entities::{EntityId, Lists};
use crate::library::analyse_naming;
use crate::library::entities::{Context, Parts, contexts};

/// Documents read between two looks at the requests.
const BATCH: usize = 16;
/// Once a question has brought so many mentions it is answered; the next ones are asked for when they are wanted.
const ENOUGH: usize = 200;

/// The mentions of an entity in context.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) job: JobId,
    /// The ids of the entity.
    pub(super) members: Vec<EntityId>,
    /// What the reader took out in single documents.
    pub(super) parts: Parts,
    /// The documents that name it, by date.
    pub(super) locators: Vec<Arc<str>>,
    /// The first of them to read.
    pub(super) from: u32,
}

/// Answers until nobody asks any more.
pub(super) fn run(
    requests: &Receiver<Request>,
    sources: &Sources,
    names: &Lists,
    out: &Sender<Msg>,
) {
    let mut next = requests.recv().ok();
    while let Some(request) = next.take() {
        let mut at = request.from as usize;
        let mut n_found = 0;
        loop {
            if let Some(newer) = requests.try_iter().last() {
                next = Some(newer);
                break;
            }
            let end = (at + BATCH).min(request.locators.len());
            let batch = request.locators.get(at..end).unwrap_or_default();
            let found: Vec<Context> = batch
                .par_iter()
                .map(|locator| read(sources, names, locator, &request))
                .collect::<Vec<_>>()
                .concat();
            at = end;
            n_found += found.len();
            let more = at < request.locators.len();
            let coverage = if more && n_found < ENOUGH {
                Coverage::Part
            } else {
                Coverage::Whole
            };
            let gathered = Gathered {
                contexts: found,
                next: more.then_some(at as u32),
                coverage,
            };
            drop(out.send(Msg::Done(Outcome::Contexts(request.job, gathered))));
            if coverage == Coverage::Whole {
                break;
            }
        }
        next = next.or_else(|| requests.recv().ok());
    }
}

/// The mentions in one document; one that cannot be read any more has none, and its analysis must not take the program along.
fn read(sources: &Sources, names: &Lists, locator: &str, asked: &Request) -> Vec<Context> {
    let Ok(imported) = sources.document(locator) else {
        return Vec::new();
    };
    let document = imported.document;
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let analysis = analyse_naming(&document, &[], names);
        let analysis = asked.parts.apply(&document, analysis);
        contexts(&document, &analysis, &asked.members)
    }));
    found.unwrap_or_default()
}
