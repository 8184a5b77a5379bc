//! The thread that counts the hits of a find; the newest wins.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Outcome};
use crate::document::Document;
use crate::search::find::{Finder, Scan};

/// Bytes searched between two looks at the requests.
const STEP_BYTES: usize = 4 << 20;

/// Count the hits of a pattern in a document.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) job: JobId,
    pub(super) document: Arc<Document>,
    pub(super) pattern: String,
}

/// Answers until nobody asks any more.
pub(super) fn run(requests: &Receiver<Request>, out: &Sender<Msg>) {
    let mut next = requests.recv().ok();
    while let Some(request) = next.take() {
        if let Some(finder) = Finder::typed(&request.pattern).0 {
            let mut scan = Scan::new(finder);
            loop {
                if let Some(newer) = requests.try_iter().last() {
                    next = Some(newer);
                    break;
                }
                if scan.step(&request.document.text, STEP_BYTES).done {
                    let hits = scan.hits().to_vec();
                    drop(out.send(Msg::Done(Outcome::Scanned(
                        request.job,
                        hits,
                        Coverage::Whole,
                    ))));
                    break;
                }
            }
        }
        next = next.or_else(|| requests.recv().ok());
    }
}
