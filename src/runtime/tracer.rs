//! The tracer's thread: where the words of the open document come from or went. It reads the documents of the library some at a time; the newest question wins.
//!
//! Documents it has read it keeps, up to a bound, until their files change: the next question about the same library reads nothing again.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::SystemTime;

use rayon::prelude::*;

use super::source::{Sources, path_of};
use crate::app::effect::{JobId, Question};
use crate::app::msg::{Findings, Msg, Outcome};
use crate::document::{DocId, Document, Edtf};
use crate::library::Analysis;
use crate::library::tracing::{
    Ready, Runs, UseOf, arranged, compared, members, sources, steps, uses_in,
};
use crate::text::TextRange;

/// Documents read between two looks at the requests.
const BATCH: usize = 16;
/// Bytes of text kept of documents that were read.
const KEPT_BYTES: usize = 64 << 20;
/// Documents of a series at most, and others that may share a phrase with it.
const MOST_STEPS: usize = 2_000;

/// A question about the open document.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) job: JobId,
    pub(super) question: Question,
    pub(super) document: Arc<Document>,
    pub(super) analysis: Arc<Analysis>,
    /// The documents of the library.
    pub(super) members: Vec<Member>,
}

/// A document of the library.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) doc: DocId,
    pub(super) locator: Arc<str>,
    pub(super) title: Arc<str>,
    pub(super) publisher: Option<Arc<str>>,
    pub(super) published: Option<Edtf>,
}

/// Answers until nobody asks any more.
pub(super) fn run(requests: &Receiver<Request>, sources: Sources, out: &Sender<Msg>) {
    let mut tracer = Tracer {
        requests,
        sources,
        kept: HashMap::new(),
        kept_bytes: 0,
        newer: None,
    };
    while let Some(request) = tracer
        .newer
        .take()
        .or_else(|| tracer.requests.recv().ok())
        .map(|first| tracer.requests.try_iter().last().unwrap_or(first))
    {
        // The analysis of a hostile document must not take the thread along.
        let answer = catch_unwind(AssertUnwindSafe(|| tracer.answer(&request)));
        let findings = match answer {
            Ok(Some(findings)) => findings,
            Ok(None) => continue,
            Err(_) => Findings::Failed("These documents could not be traced".to_owned()),
        };
        drop(out.send(Msg::Done(Outcome::Traced(request.job, findings))));
    }
}

/// When a file was changed last, and how long it is; nothing where there is no file.
type Stamp = Option<(SystemTime, u64)>;

struct Tracer<'a> {
    requests: &'a Receiver<Request>,
    sources: Sources,
    kept: HashMap<Arc<str>, (Stamp, Arc<Ready>)>,
    kept_bytes: usize,
    newer: Option<Request>,
}

impl Tracer<'_> {
    /// What was found; nothing if something newer was asked meanwhile.
    fn answer(&mut self, request: &Request) -> Option<Findings> {
        let own = request
            .members
            .iter()
            .find(|member| member.doc == request.document.id);
        let published = own.and_then(|own| own.published.clone());
        let open = Arc::new(Ready::new(request.document.clone(), published));
        let text = &request.document.text;
        let others: Vec<&Member> = request
            .members
            .iter()
            .filter(|member| member.doc != request.document.id)
            .collect();
        Some(match &request.question {
            Question::Sources => {
                let quotes = &request.analysis.quotes;
                let runs = Runs::of(text, quotes.iter().map(|(range, _)| *range));
                let alike = |ready: &Arc<Ready>| ready.shares(&runs).then(|| ready.clone());
                let found = self.each(&others, alike)?;
                Findings::Sources(sources(&open, quotes, &found))
            }
            Question::Uses => {
                let runs = Runs::of(text, std::iter::once(TextRange::of(0, text.len())));
                let used = |ready: &Arc<Ready>| ready.shares(&runs).then(|| uses_in(&open, ready));
                let found: Vec<UseOf> = self.each(&others, used)?.into_iter().flatten().collect();
                Findings::Uses(arranged(&open, &request.analysis.sentences, found))
            }
            Question::Compare(doc) => {
                let other = others.into_iter().find(|member| member.doc == *doc);
                let read = other.and_then(|member| read(&self.sources, member));
                match read {
                    Some(other) => Findings::Compared(Box::new(compared(&open, &other))),
                    None => Findings::Failed("That document cannot be read any more".to_owned()),
                }
            }
            Question::History(phrase) => {
                Findings::History(steps(phrase, &self.series(request, &open, phrase)?))
            }
        })
    }

    /// The documents of the series of the open one; where it stands alone those that share some of the phrase, it among them.
    fn series(
        &mut self,
        request: &Request,
        open: &Arc<Ready>,
        phrase: &str,
    ) -> Option<Vec<Arc<Ready>>> {
        let named: Vec<(Option<&str>, &str)> = request
            .members
            .iter()
            .map(|member| (member.publisher.as_deref(), &*member.title))
            .collect();
        let at = request
            .members
            .iter()
            .position(|member| member.doc == request.document.id);
        let group = at.and_then(|at| members(&named, at));
        let mut found = match group {
            Some(group) => {
                let group = group
                    .iter()
                    .filter_map(|number| request.members.get(*number))
                    .filter(|member| member.doc != request.document.id)
                    .take(MOST_STEPS)
                    .collect::<Vec<_>>();
                self.each(&group, |ready| Some(ready.clone()))?
            }
            None => {
                let runs = Runs::of(phrase, std::iter::once(TextRange::of(0, phrase.len())));
                let all = request.members.iter();
                let others: Vec<&Member> = all
                    .filter(|member| member.doc != request.document.id)
                    .collect();
                let alike = |ready: &Arc<Ready>| ready.shares(&runs).then(|| ready.clone());
                let mut found = self.each(&others, alike)?;
                found.truncate(MOST_STEPS);
                found
            }
        };
        found.push(open.clone());
        Some(found)
    }

    /// What `look` finds in each document; nothing if something newer was asked meanwhile.
    fn each<T: Send>(
        &mut self,
        members: &[&Member],
        look: impl Fn(&Arc<Ready>) -> Option<T> + Sync,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for batch in members.chunks(BATCH) {
            if let Some(newer) = self.requests.try_iter().last() {
                self.newer = Some(newer);
                return None;
            }
            let (kept, sources) = (&self.kept, &self.sources);
            let looked: Vec<_> = batch
                .par_iter()
                .filter_map(|member| {
                    let now = stamp(&member.locator);
                    let known = kept
                        .get(&member.locator)
                        .filter(|(then, known)| {
                            *then == now && known.published.is_some() == member.published.is_some()
                        })
                        .map(|(_, known)| known.clone());
                    let is_new = known.is_none();
                    // One that cannot be read any more, or breaks what reads it, has nothing.
                    let ready = known.or_else(|| read(sources, member))?;
                    let result = catch_unwind(AssertUnwindSafe(|| look(&ready)));
                    let new = is_new.then(|| (member.locator.clone(), now, ready));
                    Some((result.ok().flatten(), new))
                })
                .collect();
            for (result, new) in looked {
                found.extend(result);
                if let Some((locator, stamp, ready)) = new {
                    self.keep(locator, stamp, ready);
                }
            }
        }
        Some(found)
    }

    fn keep(&mut self, locator: Arc<str>, stamp: Stamp, ready: Arc<Ready>) {
        let size = |ready: &Ready| ready.document.text.len() + ready.words.n_bytes();
        let n_bytes = size(&ready);
        if self.kept_bytes + n_bytes > KEPT_BYTES {
            return;
        }
        self.kept_bytes += n_bytes;
        if let Some((_, before)) = self.kept.insert(locator, (stamp, ready)) {
            self.kept_bytes -= size(&before);
        }
    }
}

fn stamp(locator: &str) -> Stamp {
    let meta = std::fs::metadata(path_of(locator)).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

fn read(sources: &Sources, member: &Member) -> Option<Arc<Ready>> {
    let read = || {
        let imported = sources.document(&member.locator).ok()?;
        let document = Arc::new(imported.document);
        Some(Arc::new(Ready::new(document, member.published.clone())))
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}
