//! Keeps half-written notes on disk: its thread asks for them after a pause in typing, so that a key costs nothing, and writes them beside the store.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::annotation::{Draft, DraftId};
use crate::app::msg::{Msg, Outcome};
use crate::store::StoreError;
use crate::store::drafts::Drafts;

/// How much of what was typed may be lost.
const PAUSE: Duration = Duration::from_millis(300);

/// What the scribe is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Something was typed: ask for the drafts soon.
    Touched,
    /// Keep these drafts.
    Keep(Vec<Draft>),
    /// They were saved or thrown away.
    Forget(Vec<DraftId>),
    /// Answer when all that was asked before is done.
    Settle(Sender<()>),
}

/// Works until nobody asks any more.
pub(super) fn run(requests: &Receiver<Request>, store: &Path, out: &Sender<Msg>) {
    let tell = |outcome: Outcome| drop(out.send(Msg::Done(outcome)));
    let mut drafts = Drafts::beside(store, std::process::id());
    let (found, failed) = drafts.take_over();
    if !found.is_empty() {
        tell(Outcome::DraftsFound(found));
    }
    for error in failed {
        tell(Outcome::Failed(format!(
            "Half-written notes cannot be read: {error}"
        )));
    }
    let mut due: Option<Instant> = None;
    let mut told = false;
    loop {
        let request = match due {
            None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        let done: Result<(), StoreError> = match request {
            Ok(Request::Touched) => {
                due.get_or_insert_with(|| Instant::now() + PAUSE);
                Ok(())
            }
            Ok(Request::Keep(written)) => written.iter().try_for_each(|draft| drafts.keep(draft)),
            Ok(Request::Forget(ids)) => ids.into_iter().try_for_each(|id| drafts.forget(id)),
            Ok(Request::Settle(done)) => {
                done.send(()).ok();
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) => {
                due = None;
                tell(Outcome::DraftsDue);
                Ok(())
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if let Err(error) = done
            && !told
        {
            told = true;
            tell(Outcome::Failed(format!(
                "What you write is safe only once it is saved: {error}"
            )));
        }
    }
}
