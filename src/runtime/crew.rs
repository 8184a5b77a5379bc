//! The workers, and how effects reach them.

mod hire;
mod places;

pub(super) use self::hire::Start;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use self::hire::spawn;
use self::places::notes_of;
use super::exchange::worker;
use super::terminal::Screen;
use super::{counter, desk, jumper, keeper, librarian, outside, scribe, tracer};
use crate::app::effect::{Change, Effect, JobId, Question};
use crate::app::model::Model;
use crate::app::msg::{Msg, Outcome};
use crate::app::subject::words_of;
use crate::document::{DocId, Document};
use crate::language::entities::Lists;

/// Whether the program goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// It does.
    Yes,
    /// The reader leaves.
    No,
}

/// The workers.
pub(super) struct Crew {
    desk: Sender<desk::Request>,
    keeper: Sender<keeper::Request>,
    librarian: Sender<librarian::Request>,
    jumper: Sender<jumper::Request>,
    counter: Sender<counter::Request>,
    tracer: Sender<tracer::Request>,
    scribe: Sender<scribe::Request>,
    newest_jump: Arc<AtomicU64>,
    out: Sender<Msg>,
    stop: Arc<AtomicBool>,
    stop_analyst: Arc<AtomicBool>,
    /// The document that is open and the one before, for what is saved about them.
    documents: Vec<Arc<Document>>,
    locators: HashMap<DocId, Arc<str>>,
    /// Documents that could not be opened: they are not tried again by themselves.
    tried: HashSet<DocId>,
    /// Whether the jumper has to be told of new places before the next question.
    places_stale: bool,
    visits: HashMap<(String, String), f64>,
    /// The store, for what reads it beside the keeper.
    store: PathBuf,
    /// The reader's own names.
    names: Arc<Lists>,
}

impl Crew {
    /// Lets the keeper finish what it was asked to write.
    pub(super) fn dismiss(&self) {
        let (done, settled) = channel();
        if self.keeper.send(keeper::Request::Settle(done)).is_ok() {
            // After ten seconds the disk is not coming back; what was not written was never shown as saved.
            settled.recv_timeout(Duration::from_secs(10)).unwrap_or(());
        }
        let (done, settled) = channel();
        if self.scribe.send(scribe::Request::Settle(done)).is_ok() {
            settled.recv_timeout(Duration::from_secs(2)).unwrap_or(());
        }
    }

    /// Notes where a document lies.
    pub(super) fn know(&mut self, doc: DocId, locator: &Arc<str>) {
        self.locators.insert(doc, locator.clone());
    }

    /// Whether a document may be opened by itself: not twice the same that failed.
    pub(super) fn may_try(&mut self, doc: DocId) -> bool {
        self.tried.insert(doc)
    }

    /// Sees every message before the model does, to know what the workers will be asked about.
    pub(super) fn overhear(&mut self, message: &Msg, _model: &Model) {
        match message {
            Msg::Done(Outcome::Opened(_, opened)) => {
                self.documents
                    .retain(|document| document.id != opened.document.id);
                self.documents.push(opened.document.clone());
                if self.documents.len() > 3 {
                    self.documents.remove(0);
                }
                self.places_stale = true;
            }
            Msg::Done(Outcome::DraftsFound(drafts)) => {
                // They may be of documents that are not in this collection.
                for draft in drafts.iter().filter(|draft| !draft.locator.is_empty()) {
                    self.know(draft.target.doc, &draft.locator.as_str().into());
                }
            }
            Msg::Done(
                Outcome::Listed(_) | Outcome::Kept(_) | Outcome::Saved(..) | Outcome::Linked(_),
            ) => {
                self.places_stale = true;
            }
            Msg::Term(_) | Msg::Done(_) | Msg::Resumed | Msg::Ended => {}
        }
    }

    fn locator(&self, model: &Model, doc: DocId) -> Option<Arc<str>> {
        let listed = model
            .list
            .listing(doc)
            .map(|listing| listing.locator.clone());
        listed.or_else(|| self.locators.get(&doc).cloned())
    }

    /// Carries effects out: most by asking a worker.
    pub(super) fn carry_out(
        &mut self,
        effects: Vec<Effect>,
        model: &mut Model,
        screen: &mut Screen,
    ) -> io::Result<Stay> {
        for effect in effects {
            if self.carry_out_one(effect, model, screen)? == Stay::No {
                return Ok(Stay::No);
            }
        }
        Ok(Stay::Yes)
    }

    #[expect(clippy::too_many_lines, reason = "one arm an effect")]
    fn carry_out_one(
        &mut self,
        effect: Effect,
        model: &mut Model,
        screen: &mut Screen,
    ) -> io::Result<Stay> {
        match effect {
            Effect::Open { job, doc } => match self.locator(model, doc) {
                Some(locator) => {
                    self.know(doc, &locator);
                    drop(self.desk.send(desk::Request::Open(job, locator)));
                }
                None => self.answer(Outcome::OpenFailed(
                    job,
                    doc,
                    "That document is no longer in this library".to_owned(),
                )),
            },
            Effect::Save { changes, cause } => {
                let docs = changes.iter().filter_map(doc_of);
                let documents = docs
                    .filter_map(|doc| {
                        let open = self
                            .documents
                            .iter()
                            .find(|document| document.id == doc)
                            .cloned();
                        Some((doc, (self.locator(model, doc)?, open)))
                    })
                    .collect();
                drop(self.keeper.send(keeper::Request::Save {
                    changes,
                    cause,
                    documents,
                }));
            }
            Effect::Remember(place) => {
                let open = self
                    .documents
                    .iter()
                    .find(|document| document.id == place.doc)
                    .cloned();
                if let (Some(locator), Some(document)) = (self.locator(model, place.doc), open) {
                    drop(
                        self.keeper
                            .send(keeper::Request::Remember(place, locator, document)),
                    );
                }
            }
            Effect::Jump { job, query, kinds } => {
                if self.places_stale {
                    self.places_stale = false;
                    self.tell_places(model);
                }
                self.newest_jump.store(job.0, Ordering::Relaxed);
                drop(self.jumper.send(jumper::Request::Find(job, query, kinds)));
            }
            Effect::Preview { job, doc, at, name } => {
                if let Some(locator) = self.locator(model, doc) {
                    drop(self.desk.send(desk::Request::Preview {
                        job,
                        locator,
                        at,
                        name,
                    }));
                }
            }
            Effect::Timeline { job } => self.ask_timeline(model, job),
            Effect::Scan {
                job,
                document,
                pattern,
            } => drop(self.counter.send(counter::Request {
                job,
                document: document.0,
                pattern,
            })),
            Effect::EntityDocuments(entity) => drop(
                self.librarian
                    .send(librarian::Request::EntityDocuments(entity)),
            ),
            Effect::DocumentsNaming(words) => drop(
                self.librarian
                    .send(librarian::Request::DocumentsNaming(words)),
            ),
            Effect::NamedInNotes => {
                let notes = model.kept.annotations.iter();
                let notes = notes.map(|note| (note.id, note.target.doc, words_of(note)));
                drop(
                    self.librarian
                        .send(librarian::Request::NamedInNotes(notes.collect())),
                );
            }
            Effect::EntityFacts { job, entity } => drop(
                self.librarian
                    .send(librarian::Request::EntityFacts(job, entity)),
            ),
            Effect::Contexts { job, entity, from } => drop(
                self.librarian
                    .send(librarian::Request::Contexts(job, entity, from)),
            ),
            Effect::Trace { job, question } => self.ask_tracer(model, job, question),
            Effect::Review { job } => drop(self.keeper.send(keeper::Request::Review(job))),
            Effect::Import(typed) => {
                let locators = model.list.documents.iter();
                let locators = locators.map(|listing| listing.locator.to_string());
                let locators: Vec<String> = locators.collect();
                let (keeper, out) = (self.keeper.clone(), self.out.clone());
                spawn("import", move || {
                    worker::bring_in(&typed, &locators, &keeper, &out);
                });
            }
            Effect::Export { to, only } => {
                let open = model.here().and_then(|(doc, _)| self.locator(model, doc));
                let order = worker::Order {
                    typed: to,
                    only,
                    open,
                    store: self.store.clone(),
                    names: self.names.clone(),
                };
                let (keeper, out) = (self.keeper.clone(), self.out.clone());
                spawn("export", move || {
                    // What was asked to be saved before goes out as well.
                    let (done, settled) = channel();
                    drop(keeper.send(keeper::Request::Settle(done)));
                    settled.recv_timeout(Duration::from_secs(10)).unwrap_or(());
                    worker::put_out(&order, &out);
                });
            }
            Effect::CompletePath { job, typed } => {
                let out = self.out.clone();
                spawn("paths", move || worker::complete(job, &typed, &out));
            }
            Effect::Cite(notes) => {
                let known = notes
                    .into_iter()
                    .map(|note| {
                        let listing = model.list.listing(note.target.doc).cloned();
                        (note, listing)
                    })
                    .collect();
                let (store, out) = (self.store.clone(), self.out.clone());
                spawn("cite", move || worker::cite(known, &store, &out));
            }
            Effect::Copy(text) => screen.copy(&outside::base64(text.as_bytes()))?,
            Effect::EditSource { doc, at } => {
                let locator = self.locator(model, doc);
                let line = model
                    .reader
                    .as_ref()
                    .map(|reader| outside::source_line(&reader.document, locator.as_deref(), at));
                let edited = outside::edit_source(screen, locator.as_deref(), line.unwrap_or(1))?;
                match edited {
                    Ok(()) => {
                        drop(locator.map(|locator| self.desk.send(desk::Request::Again(locator))));
                    }
                    Err(why) => self.answer(Outcome::Failed(why)),
                }
            }
            Effect::EditDraft(draft) => match outside::edit_draft(screen, &draft)? {
                Ok(text) => self.answer(Outcome::Drafted(text)),
                Err(why) => self.answer(Outcome::Failed(why)),
            },
            Effect::DraftTouched => drop(self.scribe.send(scribe::Request::Touched)),
            Effect::KeepDrafts(mut drafts) => {
                for draft in &mut drafts {
                    let locator = self.locator(model, draft.target.doc);
                    draft.locator = locator.map_or_else(String::new, |known| known.to_string());
                }
                drop(self.scribe.send(scribe::Request::Keep(drafts)));
            }
            Effect::ForgetDrafts(ids) => drop(self.scribe.send(scribe::Request::Forget(ids))),
            Effect::Follow(address) => {
                if let Err(why) = outside::follow(&model.settings.opener, &address) {
                    self.answer(Outcome::Failed(why));
                }
            }
            Effect::Rescan => drop(self.librarian.send(librarian::Request::Scan)),
            Effect::SaveCommand(line) => drop(self.keeper.send(keeper::Request::Command(line))),
            Effect::Visit { kind, key } => {
                *self
                    .visits
                    .entry((kind.name().to_owned(), key.clone()))
                    .or_default() += 1.0;
                drop(self.keeper.send(keeper::Request::Visit(kind, key)));
            }
            Effect::Mouse(capture) => screen.set_mouse(capture)?,
            Effect::CancelWork => {
                self.stop.store(true, Ordering::Relaxed);
                self.stop_analyst.store(true, Ordering::Relaxed);
            }
            Effect::Redraw => screen.clear()?,
            Effect::Suspend => {
                screen.leave();
                outside::suspend();
                screen.enter()?;
            }
            Effect::Quit => return Ok(Stay::No),
        }
        Ok(Stay::Yes)
    }

    fn answer(&self, outcome: Outcome) {
        drop(self.out.send(Msg::Done(outcome)));
    }

    fn ask_timeline(&self, model: &Model, job: JobId) {
        let published = model
            .reader
            .as_ref()
            .and_then(|reader| reader.document.meta.published.as_ref());
        let around = published.and_then(|published| published.date.interval().earliest);
        drop(
            self.librarian
                .send(librarian::Request::Timeline(job, around)),
        );
    }

    /// Asks the tracer about the open document among all of the library.
    fn ask_tracer(&self, model: &Model, job: JobId, question: Question) {
        let Some(reader) = &model.reader else { return };
        let members = model.list.documents.iter().map(|listing| tracer::Member {
            doc: listing.id,
            locator: listing.locator.clone(),
            title: listing.title.clone(),
            publisher: listing.publisher.clone(),
            published: listing.published.clone(),
            words: listing.words,
        });
        let notes = match &question {
            Question::Compare(other) => notes_of(model, [reader.doc(), *other]),
            Question::Sources | Question::Uses | Question::Behind | Question::History(_) => {
                Vec::new()
            }
        };
        drop(self.tracer.send(tracer::Request {
            job,
            notes,
            question,
            document: reader.document.clone(),
            analysis: reader.analysis.clone(),
            members: members.collect(),
        }));
    }
}

/// The document whose text is needed to save a change: for what is new.
fn doc_of(change: &Change) -> Option<DocId> {
    match change {
        Change::Annotation { after, before } => after
            .as_ref()
            .or(before.as_ref())
            .map(|note| note.target.doc),
        Change::Bookmark { after, before } => after
            .as_ref()
            .or(before.as_ref())
            .map(|mark| mark.target.doc),
        Change::Meta { doc, .. } | Change::Place { doc, .. } => Some(*doc),
        Change::Entity { .. } | Change::Link { .. } | Change::Tag { .. } => None,
    }
}
