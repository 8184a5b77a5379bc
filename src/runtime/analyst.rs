//! The analyst's thread: finds names, dates and quotations in the document that was opened last; the newest wins.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use super::librarian;
use crate::app::msg::{Msg, Outcome};
use crate::document::Document;
use crate::language::entities::Lists;
use crate::library::entities::Links;
use crate::library::{Analysis, Pieces};
use crate::time::Decision;

/// Pieces after which a document is told only as a whole.
const LAST_TOLD: usize = 16;

/// Of a document with more names than this the analysis is made again rather than kept, when names are linked anew.
const MOST_KEPT: usize = 200_000;

/// What the analyst is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Analyse this document, with what the reader decided about its dates.
    Document(Arc<Document>, Vec<Decision>),
    /// Names are linked so from now on, also in the document analysed last.
    Links(Arc<Links>),
}

/// The document analysed last with the decisions about its dates, and what its text alone says.
type Last = Option<((Arc<Document>, Vec<Decision>), Option<Analysis>)>;

/// Answers until nobody asks any more.
pub(super) fn run(
    requests: &Receiver<Request>,
    out: &Sender<Msg>,
    librarian: &Sender<librarian::Request>,
    names: &Lists,
    stop: &AtomicBool,
) {
    let mut links = Arc::new(Links::default());
    let mut last: Last = None;
    let mut waiting: Vec<Request> = Vec::new();
    loop {
        if waiting.is_empty() {
            match requests.recv() {
                Ok(request) => waiting.push(request),
                Err(_) => return,
            }
        }
        waiting.extend(requests.try_iter());
        let (mut document, mut linked) = (None, false);
        for request in waiting.drain(..) {
            match request {
                Request::Document(newer, dates) => document = Some((newer, dates)),
                Request::Links(newer) => {
                    links = newer;
                    linked = true;
                }
            }
        }
        if let (None, true, Some((again, kept))) = (&document, linked, &last) {
            match kept {
                Some(raw) => tell(&again.0, raw.clone(), &links, out, librarian),
                None => document = Some(again.clone()),
            }
        }
        if let Some((document, dates)) = document {
            let (raw, newer) = analyse((&document, &dates, names), requests, &links, out, stop);
            waiting.extend(newer);
            if let Some(raw) = raw {
                let kept = (raw.mentions.len() <= MOST_KEPT).then(|| raw.clone());
                tell(&document, raw, &links, out, librarian);
                last = Some(((document, dates), kept));
            }
        }
    }
}

/// Tells what was found, under the names of the library, and asks how often they are named in it.
fn tell(
    document: &Arc<Document>,
    raw: Analysis,
    links: &Links,
    out: &Sender<Msg>,
    librarian: &Sender<librarian::Request>,
) {
    let linked = links.apply(document, raw);
    let entities = linked
        .entity_counts()
        .into_iter()
        .map(|count| count.entity)
        .collect();
    let linked = Arc::new(linked);
    let opened = librarian::Request::Opened(document.clone(), linked.clone());
    drop(out.send(Msg::Done(Outcome::Analysed(document.id, linked))));
    drop(librarian.send(opened));
    drop(librarian.send(librarian::Request::Count(entities)));
}

/// Analyses a document piece by piece; a newer document ends it without a result. What was asked meanwhile is given back.
fn analyse(
    (document, dates, names): (&Arc<Document>, &[Decision], &Lists),
    requests: &Receiver<Request>,
    links: &Links,
    out: &Sender<Msg>,
    stop: &AtomicBool,
) -> (Option<Analysis>, Vec<Request>) {
    let mut asked = Vec::new();
    stop.store(false, Ordering::Relaxed);
    let mut pieces = Pieces::new(document, dates, names);
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
                    Arc::new(links.apply(document, whole.clone())),
                ))));
            }
        }
        match requests.try_recv() {
            Ok(newer @ Request::Document(..)) => {
                asked.push(newer);
                return (None, asked);
            }
            Ok(newer @ Request::Links(_)) => asked.push(newer),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
        }
    }
    if n_pieces > 1 {
        drop(out.send(Msg::Done(Outcome::Progress(None))));
    }
    (Some(whole), asked)
}
