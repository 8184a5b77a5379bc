//! The desk's thread: reads the documents the reader opens, and passages for previews. The newest request wins.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use super::keeper::{self, Loaded, Purpose};
use super::source::{Reading, Sources, path_of};
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Outcome, Preview};
use crate::document::DocId;
use crate::import::Imported;

/// What the desk is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Read a document.
    Open(JobId, Arc<str>),
    /// Read the open document again: its file or its metadata changed.
    Again(Arc<str>),
    /// Read the rest of a large document whose beginning was read.
    Rest(Arc<str>),
    /// Read a document for a preview at a byte, or where a name first stands in it.
    Preview {
        job: JobId,
        locator: Arc<str>,
        at: u32,
        name: Option<String>,
    },
    /// These files changed on disk.
    Changed(Vec<PathBuf>),
}

/// How long a file that changes is left alone before it is read again.
const SETTLE: Duration = Duration::from_millis(80);

/// Answers until nobody asks any more.
pub(super) fn run(
    requests: &Receiver<Request>,
    sources: &Sources,
    out: &Sender<Msg>,
    keeper: &Sender<keeper::Request>,
) {
    let mut waiting: Vec<Request> = Vec::new();
    let mut open: Option<Arc<str>> = None;
    loop {
        if waiting.is_empty() {
            match requests.recv() {
                Ok(request) => waiting.push(request),
                Err(_) => return,
            }
        }
        waiting.extend(requests.try_iter());
        keep_newest(&mut waiting);
        let request = match waiting.remove(0) {
            Request::Changed(paths) => match open
                .clone()
                .filter(|open| paths.iter().any(|path| *path == path_of(open)))
            {
                Some(open) => {
                    // Editors write in several steps: what follows at once belongs to the same change.
                    std::thread::sleep(SETTLE);
                    waiting.extend(requests.try_iter());
                    waiting.retain(|request| !matches!(request, Request::Changed(_)));
                    Request::Again(open)
                }
                None => continue,
            },
            request => request,
        };
        if let Request::Open(_, locator) = &request {
            open = Some(locator.clone());
        }
        let rest = serve(request, sources, out, keeper);
        waiting.extend(rest);
    }
}

/// Of several documents to open or to show, only the last asked for matters.
fn keep_newest(waiting: &mut Vec<Request>) {
    let last_open = waiting
        .iter()
        .rposition(|request| matches!(request, Request::Open(..)));
    let last_preview = waiting
        .iter()
        .rposition(|request| matches!(request, Request::Preview { .. }));
    let mut index = 0;
    waiting.retain(|request| {
        let keep = match request {
            Request::Open(..) => Some(index) == last_open,
            Request::Preview { .. } => Some(index) == last_preview,
            // The rest of a document that is being left is not needed.
            Request::Rest(_) => last_open.is_none_or(|open| index > open),
            Request::Again(_) | Request::Changed(_) => true,
        };
        index += 1;
        keep
    });
    // What the reader waits for goes before what completes.
    waiting.sort_by_key(|request| matches!(request, Request::Rest(_)));
}

fn serve(
    request: Request,
    sources: &Sources,
    out: &Sender<Msg>,
    keeper: &Sender<keeper::Request>,
) -> Option<Request> {
    match request {
        Request::Open(job, locator) => match sources.beginning(&locator) {
            Ok(Reading::Whole(imported)) => place(
                imported,
                locator,
                Coverage::Whole,
                Purpose::Open(job),
                keeper,
            ),
            Ok(Reading::Start(imported)) => {
                place(
                    imported,
                    locator.clone(),
                    Coverage::Part,
                    Purpose::Open(job),
                    keeper,
                );
                return Some(Request::Rest(locator));
            }
            Err(error) => {
                let failed =
                    Outcome::OpenFailed(job, DocId::of_locator(&locator), error.to_string());
                drop(out.send(Msg::Done(failed)));
            }
        },
        Request::Again(locator) | Request::Rest(locator) => match sources.document(&locator) {
            Ok(imported) => place(imported, locator, Coverage::Whole, Purpose::Refresh, keeper),
            Err(error) => drop(out.send(Msg::Done(Outcome::Failed(error.to_string())))),
        },
        Request::Preview {
            job,
            locator,
            at,
            name,
        } => {
            if let Ok(Reading::Whole(imported) | Reading::Start(imported)) =
                sources.beginning(&locator)
            {
                let document = Arc::new(imported.document);
                let named = name.and_then(|name| first_named(&document.text, &name));
                let preview = Preview {
                    document,
                    at: named.unwrap_or(at),
                };
                drop(out.send(Msg::Done(Outcome::Previewed(job, Box::new(preview)))));
            }
        }
        Request::Changed(_) => {}
    }
    None
}

/// Where a name first stands in a text: as it is, else its last word.
fn first_named(text: &str, name: &str) -> Option<u32> {
    let last = name.split_whitespace().last()?;
    let at = text.find(name).or_else(|| text.find(last))?;
    u32::try_from(at).ok()
}

fn place(
    imported: Imported,
    locator: Arc<str>,
    coverage: Coverage,
    purpose: Purpose,
    keeper: &Sender<keeper::Request>,
) {
    let warnings = imported.warnings.iter().map(ToString::to_string).collect();
    let loaded = Loaded {
        locator,
        document: imported.document,
        warnings,
        coverage,
        purpose,
    };
    drop(keeper.send(keeper::Request::Place(Box::new(loaded))));
}
