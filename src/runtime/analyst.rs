//! The analyst's thread: finds names, dates and quotations in the document that was opened last; the newest wins.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use super::librarian;
use crate::app::msg::{Msg, Outcome};
use crate::document::Document;
use crate::library::{Analysis, Pieces};
use crate::time::Decision;

/// Pieces after which a document is told only as a whole.
const LAST_TOLD: usize = 16;

/// Analyse this document, with what the reader decided about its dates.
#[derive(Debug)]
pub(super) struct Request(pub(super) Arc<Document>, pub(super) Vec<Decision>);

/// Answers until nobody asks any more.
pub(super) fn run(
    requests: &Receiver<Request>,
    out: &Sender<Msg>,
    librarian: &Sender<librarian::Request>,
    stop: &AtomicBool,
) {
    let mut next = requests.recv().ok();
    while let Some(Request(document, dates)) = next {
        next = match newest(requests) {
            Some(newer) => Some(newer),
            None => analyse((&document, &dates), requests, out, librarian, stop)
                .or_else(|| requests.recv().ok()),
        };
    }
}

fn newest(requests: &Receiver<Request>) -> Option<Request> {
    requests.try_iter().last()
}

/// Analyses a document piece by piece; a newer request ends it and is given back.
fn analyse(
    (document, dates): (&Arc<Document>, &[Decision]),
    requests: &Receiver<Request>,
    out: &Sender<Msg>,
    librarian: &Sender<librarian::Request>,
    stop: &AtomicBool,
) -> Option<Request> {
    stop.store(false, Ordering::Relaxed);
    let mut pieces = Pieces::new(document, dates);
    let mut whole = Analysis::begun(document, dates);
    let mut tell_at = 1;
    let len = document.text.len();
    let mut n_pieces = 0;
    loop {
        // A document may be made to break the analysis; it must not take the program along.
        let piece = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pieces.next_piece()));
        match piece {
            Ok(Some(mut piece)) => {
                if pieces.done_bytes() < len || n_pieces > 0 {
                    // Of a document of many pieces the dated passages would weigh more than its text, and the page does not show them.
                    piece.events = Vec::new();
                }
                whole.append(piece);
            }
            Ok(None) => break,
            Err(_) => {
                drop(out.send(Msg::Done(Outcome::Failed(
                    "This document could not be analysed; please report it".to_owned(),
                ))));
                break;
            }
        }
        n_pieces += 1;
        if stop.load(Ordering::Relaxed) {
            // The reader had enough: what was found so far stays.
            break;
        }
        let done = pieces.done_bytes();
        if done < len {
            drop(out.send(Msg::Done(Outcome::Progress(Some((
                "Analysing this document, MB".to_owned(),
                done >> 20,
                len >> 20,
            ))))));
            // The layers are copied to be told, so they are told seldom, and the copies stay small.
            if n_pieces >= tell_at && n_pieces <= LAST_TOLD {
                tell_at *= 4;
                drop(out.send(Msg::Done(Outcome::Analysed(
                    document.id,
                    Arc::new(whole.clone()),
                ))));
            }
        }
        match requests.try_recv() {
            Ok(newer) => return Some(newer),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
        }
    }
    if n_pieces > 1 {
        drop(out.send(Msg::Done(Outcome::Progress(None))));
    }
    let entities = whole
        .entity_counts()
        .into_iter()
        .map(|count| count.entity)
        .collect();
    let whole = Arc::new(whole);
    let opened = librarian::Request::Opened(document.clone(), whole.clone());
    drop(out.send(Msg::Done(Outcome::Analysed(document.id, whole))));
    drop(librarian.send(opened));
    drop(librarian.send(librarian::Request::Count(entities)));
    None
}
