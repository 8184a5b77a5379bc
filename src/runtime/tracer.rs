//! The tracer's thread: where the words of the open document come from or went. It reads the documents of the library some at a time; the newest question wins, and what is looked for behind the
//! screen waits until nobody asks for anything else.
//!
//! Documents it has read it keeps, up to a bound, until their files change: the next question about the same library reads nothing again. Of a large library it reads only what shares words with the open
//! document, by the index on disk (`indexed`).

mod indexed;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use rayon::prelude::*;

use self::indexed::{Indexed, Progress};
use super::collection::Collection;
use super::source::{Sources, path_of};
use crate::annotation::{Anchor, Annotation, anchor};
use crate::app::effect::{JobId, Question};
use crate::app::msg::{Findings, Msg, Outcome};
use crate::document::{DocId, Document, Edtf, Revision};
use crate::library::Analysis;
use crate::library::tracing::{
    Basis, NoteAt, Ready, Runs, UseOf, alike, arranged, compared, members, sources, steps,
    uses_among,
};
use crate::text::TextRange;

/// Documents read between two looks at the requests.
const BATCH: usize = 16;
/// Bytes of text kept of documents that were read.
const KEPT_BYTES: usize = 64 << 20;
/// Bytes of a document whose every sentence is looked for in others.
const MOST_BYTES: usize = 8 << 20;
/// Fewer documents are no series.
const LEAST_OF_SERIES: usize = 3;
/// Words of a library that is read as a whole: half a second of work. Of a larger one only what the index finds.
const MOST_WORDS_READ: u64 = 500_000;
/// Behind the screen, so long a rest after a step as the step took, and no longer than this.
const LONGEST_REST: Duration = Duration::from_millis(200);
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
    /// What the reader wrote on the documents to be compared, with where it stands as far as that is known.
    pub(super) notes: Vec<(Annotation, Option<(Revision, Anchor)>)>,
}

/// A document of the library.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) doc: DocId,
    pub(super) locator: Arc<str>,
    pub(super) title: Arc<str>,
    pub(super) publisher: Option<Arc<str>>,
    pub(super) published: Option<Edtf>,
    pub(super) words: u32,
}

/// Answers until nobody asks any more.
pub(super) fn run(
    requests: &Receiver<Request>,
    sources: Sources,
    indexed: Option<(Collection, PathBuf)>,
    out: &Sender<Msg>,
) {
    let indexed = indexed.map(|(collection, catalogue)| Indexed::of(collection, catalogue));
    let mut tracer = Tracer {
        requests,
        sources,
        indexed,
        kept: HashMap::new(),
        kept_bytes: 0,
        asked: None,
        behind: None,
    };
    while let Some(request) = tracer.next() {
        // The analysis of a hostile document must not take the thread along.
        let answer = catch_unwind(AssertUnwindSafe(|| tracer.answer(&request)));
        let findings = match answer {
            Ok(Some(findings)) => findings,
            Ok(None) => {
                // What was interrupted behind the screen is looked for again, unless something newer waits.
                if matches!(request.question, Question::Behind) && tracer.behind.is_none() {
                    tracer.behind = Some(request);
                }
                continue;
            }
            // Nobody waits for it, so nobody is told.
            Err(_) if matches!(request.question, Question::Behind) => continue,
            Err(_) => Findings::Failed("These documents could not be traced".to_owned()),
        };
        drop(out.send(Msg::Done(Outcome::Traced(request.job, findings))));
    }
}

/// Which documents are to be read.
enum Near<'r> {
    /// These.
    Some(Vec<&'r Member>),
    /// All of them.
    All,
}

/// When a file was changed last, and how long it is; nothing where there is no file.
type Stamp = Option<(SystemTime, u64)>;

struct Tracer<'a> {
    requests: &'a Receiver<Request>,
    sources: Sources,
    /// What finds documents in a large library; none where nothing is kept, or it does not work.
    indexed: Option<Indexed>,
    kept: HashMap<Arc<str>, (Stamp, Arc<Ready>)>,
    kept_bytes: usize,
    /// The newest question somebody waits for.
    asked: Option<Request>,
    /// The newest of those nobody waits for.
    behind: Option<Request>,
}

impl Tracer<'_> {
    /// The next question; none when nobody asks any more.
    fn next(&mut self) -> Option<Request> {
        self.listen();
        if self.asked.is_none() && self.behind.is_none() {
            let first = self.requests.recv().ok()?;
            self.sort(first);
            self.listen();
        }
        self.asked.take().or_else(|| self.behind.take())
    }

    fn listen(&mut self) {
        while let Ok(request) = self.requests.try_recv() {
            self.sort(request);
        }
    }

    fn sort(&mut self, request: Request) {
        match request.question {
            Question::Behind => self.behind = Some(request),
            Question::Sources | Question::Uses | Question::Compare(_) | Question::History(_) => {
                self.asked = Some(request);
            }
        }
    }

    /// Whether something came that goes before what is being answered.
    fn is_outdone(&mut self, question: &Question) -> bool {
        self.listen();
        self.asked.is_some() || (matches!(question, Question::Behind) && self.behind.is_some())
    }

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
        let n_words: u64 = others.iter().map(|member| u64::from(member.words)).sum();
        Some(match &request.question {
            Question::Sources => {
                let quotes = &request.analysis.quotes;
                let runs = Runs::of(text, quotes.iter().map(|(range, _)| *range));
                let alike = |ready: &Arc<Ready>| ready.shares(&runs).then(|| ready.clone());
                let near = match self.near(request, &open, n_words)? {
                    Near::Some(near) => near,
                    Near::All => others,
                };
                let found = self.each(request, &near, alike)?;
                Findings::Sources(sources(&open, quotes, &found))
            }
            Question::Behind => return self.behind(request, &open, others, n_words),
            Question::Uses if text.len() > MOST_BYTES => Findings::Failed(
                "This document is too large to look for who repeats it · up to 8 MB can be"
                    .to_owned(),
            ),
            Question::Uses => {
                let runs = Runs::of(text, std::iter::once(TextRange::of(0, text.len())));
                let used = |ready: &Arc<Ready>| {
                    let shares = ready.shares(&runs);
                    shares.then(|| uses_among(&open, ready, n_words as usize))
                };
                let near = match self.near(request, &open, n_words)? {
                    Near::Some(near) => near,
                    Near::All => others,
                };
                let found: Vec<UseOf> = self
                    .each(request, &near, used)?
                    .into_iter()
                    .flatten()
                    .collect();
                Findings::Uses(arranged(&open, &request.analysis.sentences, found))
            }
            Question::Compare(doc) => {
                let other = others.into_iter().find(|member| member.doc == *doc);
                let read = other.and_then(|member| read(&self.sources, member));
                match read {
                    Some(other) => {
                        let notes = notes_on(&request.notes, [&open.document, &other.document]);
                        Findings::Compared(Box::new(compared(&open, &other, &notes)))
                    }
                    None => Findings::Failed("That document cannot be read any more".to_owned()),
                }
            }
            Question::History(phrase) => {
                let (documents, basis) = self.series(request, &open, phrase)?;
                Findings::History(steps(phrase, &documents), basis)
            }
        })
    }

    /// Who repeats the document and where its quotations come from, in one go; nothing where the document is too large for what nobody asked for, or the library is and has no index.
    fn behind(
        &mut self,
        request: &Request,
        open: &Arc<Ready>,
        others: Vec<&Member>,
        n_words: u64,
    ) -> Option<Findings> {
        let text = &request.document.text;
        if text.len() > MOST_BYTES {
            return Some(Findings::Failed(String::new()));
        }
        let others = match self.near(request, open, n_words)? {
            Near::Some(near) => near,
            Near::All if n_words > MOST_WORDS_READ => {
                return Some(Findings::Failed(String::new()));
            }
            Near::All => others,
        };
        let quotes = &request.analysis.quotes;
        let of_quotes = Runs::of(text, quotes.iter().map(|(range, _)| *range));
        let of_text = Runs::of(text, std::iter::once(TextRange::of(0, text.len())));
        let look = |ready: &Arc<Ready>| {
            ready.shares(&of_text).then(|| {
                let source = ready.shares(&of_quotes).then(|| ready.clone());
                (source, uses_among(open, ready, n_words as usize))
            })
        };
        let found = self.each(request, &others, look)?;
        let (mut alike, mut uses) = (Vec::new(), Vec::new());
        for (source, used) in found {
            alike.extend(source);
            uses.extend(used);
        }
        let sources = sources(open, quotes, &alike);
        let uses = arranged(open, &request.analysis.sentences, uses);
        Some(Findings::Behind(request.document.revision, sources, uses))
    }

    /// The documents of a large library that share words with the open one; the index that finds them is brought up to date first. Nothing if something newer was asked meanwhile.
    fn near<'r>(&mut self, request: &'r Request, open: &Ready, n_words: u64) -> Option<Near<'r>> {
        if n_words <= MOST_WORDS_READ {
            return Some(Near::All);
        }
        let Some(mut indexed) = self.indexed.take() else {
            return Some(Near::All);
        };
        let brought = self.bring(request, &mut indexed);
        let found = match brought {
            Some(Ok(())) => indexed.sharing(&open.words, request.document.id),
            Some(Err(_)) | None => None,
        };
        if !matches!(brought, Some(Err(_))) {
            // Where nothing can be kept, it stays away.
            self.indexed = Some(indexed);
        }
        let (Ok(()), Some(found)) = (brought?, found) else {
            return Some(Near::All);
        };
        let found: HashSet<DocId> = found.into_iter().collect();
        let near = request.members.iter();
        Some(Near::Some(
            near.filter(|member| found.contains(&member.doc)).collect(),
        ))
    }

    /// Brings the index up to date; nothing if something newer was asked meanwhile, and the next one goes on from there.
    fn bring(&mut self, request: &Request, indexed: &mut Indexed) -> Option<std::io::Result<()>> {
        let Some(digest) = indexed.digest() else {
            return Some(Err(std::io::ErrorKind::NotFound.into()));
        };
        if indexed.is_ready(&digest) {
            return Some(Ok(()));
        }
        loop {
            let began = Instant::now();
            match indexed.step(&digest, &self.sources) {
                Err(error) => return Some(Err(error)),
                // Another process may be at it too: then it is left alone.
                Ok(Progress::Done) if indexed.is_ready(&digest) => return Some(Ok(())),
                Ok(Progress::Done) => return Some(Err(std::io::ErrorKind::ResourceBusy.into())),
                Ok(Progress::More) => {}
            }
            if matches!(request.question, Question::Behind) {
                self.rest(began.elapsed().min(LONGEST_REST));
            }
            if self.is_outdone(&request.question) {
                return None;
            }
        }
    }

    /// Waits, unless something is asked.
    fn rest(&mut self, time: Duration) {
        match self.requests.recv_timeout(time) {
            Ok(request) => self.sort(request),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }

    /// The documents of the series of the open one, which the publisher, the titles and the likeness of the texts suggest; where it stands alone those that share some of the phrase, it among them.
    fn series(
        &mut self,
        request: &Request,
        open: &Arc<Ready>,
        phrase: &str,
    ) -> Option<(Vec<Arc<Ready>>, Basis)> {
        let named: Vec<(Option<&str>, &str)> = request
            .members
            .iter()
            .map(|member| (member.publisher.as_deref(), &*member.title))
            .collect();
        let at = request
            .members
            .iter()
            .position(|member| member.doc == request.document.id);
        // Those with such a title, and what the same publisher gives out under other ones.
        let pattern = at.and_then(|at| members(&named, at)).unwrap_or_default();
        let publisher = at
            .and_then(|at| request.members.get(at))
            .and_then(|own| own.publisher.clone());
        let mut candidates: Vec<&Member> = Vec::new();
        for (number, member) in request.members.iter().enumerate() {
            let same = publisher.is_some() && member.publisher == publisher;
            let titled = pattern.binary_search(&number).is_ok();
            if member.doc != request.document.id && (same || titled) {
                candidates.push(member);
            }
        }
        candidates.truncate(MOST_STEPS);
        let read = self.each(request, &candidates, |ready| Some(ready.clone()))?;
        let titled: HashSet<DocId> = pattern
            .iter()
            .filter_map(|number| Some(request.members.get(*number)?.doc))
            .collect();
        let found = alike(open, &read, |ready| titled.contains(&ready.document.id));
        if found.len() >= LEAST_OF_SERIES {
            return Some((found, Basis::Series));
        }
        let is_other = |member: &&Member| member.doc != request.document.id;
        let runs = Runs::of(phrase, std::iter::once(TextRange::of(0, phrase.len())));
        let others: Vec<&Member> = request.members.iter().filter(is_other).collect();
        let shares = |ready: &Arc<Ready>| ready.shares(&runs).then(|| ready.clone());
        let mut found = self.each(request, &others, shares)?;
        found.truncate(MOST_STEPS);
        found.push(open.clone());
        Some((found, Basis::Words))
    }

    /// What `look` finds in each document; nothing if something newer was asked meanwhile.
    fn each<T: Send>(
        &mut self,
        request: &Request,
        members: &[&Member],
        look: impl Fn(&Arc<Ready>) -> Option<T> + Sync,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for batch in members.chunks(BATCH) {
            if self.is_outdone(&request.question) {
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

/// Where notes stand in the texts that are compared.
fn notes_on(
    notes: &[(Annotation, Option<(Revision, Anchor)>)],
    texts: [&Arc<Document>; 2],
) -> Vec<NoteAt> {
    let placed = notes.iter().filter_map(|(note, known)| {
        let document = texts.iter().find(|one| one.id == note.target.doc)?;
        let known = known
            .as_ref()
            .filter(|(revision, _)| *revision == document.revision);
        let at = match known {
            Some((_, anchor)) => anchor.range()?,
            None => anchor(&note.target, None, document).range()?,
        };
        Some(NoteAt {
            id: note.id,
            doc: document.id,
            at,
            colour: note.body.colour,
        })
    });
    placed.collect()
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
