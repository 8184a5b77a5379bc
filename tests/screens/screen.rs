//! A screen to press keys on: the sample library opened as the program would, without a terminal, a clock or a thread.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use crossterm::event::{Event as Term, KeyEvent};
use jiff::Timestamp;
use postil::annotation::RecordId;
use postil::app::effect::{Change, Effect, JumpKind, Question};
use postil::app::key::Key;
use postil::app::keymap::Keymap;
use postil::app::model::Model;
use postil::app::msg::{
    Coverage, Findings, Gathered, JumpHit, JumpTarget, Jumped, Listings, Msg, Opened, Outcome,
    Preview,
};
use postil::app::settings::Settings;
use postil::app::update::update;
use postil::document::{DocId, Document};
use postil::import::{Import, import};
use postil::language::entities::EntityId;
use postil::library::entities::{
    Companion, Facts, Links, SaidAs, Seen, contexts, read as read_decisions, said,
};
use postil::library::samples::SAMPLES;
use postil::library::tracing;
use postil::library::{Analysis, EntityCount, Listing, analyse};
use postil::text::TextRange;
use postil::timeline;
use postil::ui::symbols::Symbols;
use postil::ui::theme::{Role, Theme};
use postil::ui::{Look, paint};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A document and what was found in it.
type Read = (Arc<Document>, Arc<Analysis>);

/// A model, and the workers' side of it played by hand.
pub(crate) struct Screen {
    pub(crate) model: Model,
    pub(crate) look: Look,
    documents: Vec<Read>,
    next_id: i64,
    seconds: i64,
}

impl Screen {
    /// The sample library on a screen of `cols` by `rows`, the document whose file name begins with `name` open.
    pub(crate) fn open(cols: u16, rows: u16, name: &str) -> Self {
        let mut screen = Self::empty(cols, rows);
        screen.documents = samples();
        screen.list();
        let at = SAMPLES
            .iter()
            .position(|sample| sample.name.starts_with(name))
            .unwrap();
        let doc = screen.documents[at].0.id;
        screen.model.list.select(doc);
        let effects = screen
            .model
            .open(doc, postil::app::model::Landing::Remembered);
        screen.answer(effects);
        screen
    }

    /// One document of its own, open.
    pub(crate) fn of(cols: u16, rows: u16, locator: &str, text: &str) -> Self {
        let mut screen = Self::empty(cols, rows);
        screen.documents = vec![read(locator, text.as_bytes())];
        screen.list();
        let doc = screen.documents[0].0.id;
        let effects = screen
            .model
            .open(doc, postil::app::model::Landing::Remembered);
        screen.answer(effects);
        screen
    }

    /// A screen before anything is there.
    pub(crate) fn empty(cols: u16, rows: u16) -> Self {
        let (keymap, _) = Keymap::with_patch("");
        Self {
            model: Model::new((cols, rows), Settings::default(), keymap),
            look: Look {
                theme: Theme::named("ink").unwrap(),
                symbols: Symbols::unicode(),
            },
            documents: Vec::new(),
            next_id: 1,
            seconds: 1_700_000_000,
        }
    }

    /// Sends the list of the documents.
    pub(crate) fn list(&mut self) {
        let documents: Vec<Listing> = self
            .documents
            .iter()
            .map(|(document, _)| listing(document))
            .collect();
        let total = documents.len();
        self.send(Outcome::Listed(Listings {
            documents,
            total,
            ..Listings::default()
        }));
    }

    /// Presses keys, written as in a keymap: `]e`, `<C-p>`, `<enter>`.
    pub(crate) fn keys(mut self, keys: &str) -> Self {
        for key in Key::sequence(keys).unwrap() {
            // Seconds apart, so that 1, 2 and 3 choose panes.
            self.seconds += 1;
            let now = Timestamp::from_second(self.seconds).unwrap();
            let event = Term::Key(KeyEvent::new(key.code, key.modifiers));
            let effects = update(&mut self.model, now, Msg::Term(event));
            self.answer(effects);
        }
        self
    }

    /// The terminal took another size.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        let effects = update(
            &mut self.model,
            Timestamp::UNIX_EPOCH,
            Msg::Term(Term::Resize(cols, rows)),
        );
        self.answer(effects);
    }

    /// Sends the answer of a worker.
    pub(crate) fn send(&mut self, outcome: Outcome) {
        let effects = update(&mut self.model, Timestamp::UNIX_EPOCH, Msg::Done(outcome));
        self.answer(effects);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Open { job, doc } => self.opened(job, doc),
                Effect::Timeline { job } => {
                    let events = self
                        .documents
                        .iter()
                        .flat_map(|(_, analysis)| analysis.events.clone())
                        .collect();
                    self.send(Outcome::Timeline(job, timeline::rows(events)));
                }
                Effect::Save { changes, cause } => {
                    let changes = changes
                        .into_iter()
                        .map(|change| self.committed(change))
                        .collect();
                    self.send(Outcome::Saved(changes, cause));
                }
                Effect::Scan {
                    job,
                    document,
                    pattern,
                } => {
                    let hits = document
                        .0
                        .text
                        .match_indices(&pattern)
                        .map(|(at, hit)| TextRange::of(at, at + hit.len()))
                        .collect();
                    self.send(Outcome::Scanned(job, hits, Coverage::Whole));
                }
                Effect::Jump { job, query, .. } => self.send_jump(job, &query),
                Effect::Preview { job, doc, at, .. } => {
                    if let Some((document, _)) = self.find(doc) {
                        self.send(Outcome::Previewed(job, Box::new(Preview { document, at })));
                    }
                }
                Effect::EntityFacts { job, entity } => {
                    let facts = self.facts(&entity).map(Box::new);
                    self.send(Outcome::EntityFacts(job, facts));
                }
                Effect::Contexts { job, entity, .. } => {
                    let members = self.model.links.members(&entity);
                    let contexts = self
                        .by_date()
                        .iter()
                        .flat_map(|(document, analysis)| contexts(document, analysis, &members))
                        .collect();
                    let gathered = Gathered {
                        contexts,
                        ..Gathered::default()
                    };
                    self.send(Outcome::Contexts(job, gathered));
                }
                Effect::Trace { job, question } => {
                    let findings = self.trace(question);
                    self.send(Outcome::Traced(job, findings));
                }
                Effect::EntityDocuments(entity) => {
                    let count = |analysis: &Analysis| {
                        analysis
                            .mentions
                            .iter()
                            .filter(|(_, mention)| mention.entity == entity)
                            .count() as u32
                    };
                    let counts: HashMap<DocId, u32> = self
                        .documents
                        .iter()
                        .map(|(document, analysis)| (document.id, count(analysis)))
                        .filter(|(_, count)| *count > 0)
                        .collect();
                    self.send(Outcome::EntityDocuments(entity, counts));
                }
                _ => {}
            }
        }
    }

    /// What the tracer answers about the open document.
    fn trace(&self, question: Question) -> Findings {
        let open = self.model.reader.as_ref().unwrap();
        let ready = |read: &Read| Arc::new(tracing::Ready::new(read.0.clone(), None));
        let (own, others): (Vec<&Read>, Vec<&Read>) = self
            .documents
            .iter()
            .partition(|(document, _)| document.id == open.document.id);
        let own = ready(own[0]);
        let others: Vec<_> = others.into_iter().map(ready).collect();
        match question {
            Question::Sources => {
                Findings::Sources(tracing::sources(&own, &open.analysis.quotes, &others))
            }
            Question::Uses | Question::Behind => {
                let uses = others
                    .iter()
                    .flat_map(|other| tracing::uses_in(&own, other))
                    .collect();
                let uses = tracing::arranged(&own, &open.analysis.sentences, uses);
                match question {
                    Question::Behind => {
                        let sources = tracing::sources(&own, &open.analysis.quotes, &others);
                        Findings::Behind(own.document.revision, sources, uses)
                    }
                    _ => Findings::Uses(uses),
                }
            }
            Question::Compare(doc) => {
                let other = others.iter().find(|other| other.document.id == doc);
                let notes: Vec<tracing::NoteAt> = self
                    .model
                    .kept
                    .annotations
                    .iter()
                    .map(|note| tracing::NoteAt {
                        id: note.id,
                        doc: note.target.doc,
                        at: note.target.position,
                        colour: note.body.colour,
                    })
                    .collect();
                Findings::Compared(Box::new(tracing::compared(&own, other.unwrap(), &notes)))
            }
            Question::History(phrase) => {
                let all: Vec<_> = std::iter::once(own).chain(others).collect();
                Findings::History(tracing::steps(&phrase, &all), tracing::Basis::Words)
            }
        }
    }

    fn find(&self, doc: DocId) -> Option<Read> {
        self.documents
            .iter()
            .find(|(document, _)| document.id == doc)
            .cloned()
    }

    fn opened(&mut self, job: postil::app::effect::JobId, doc: DocId) {
        let Some((document, analysis)) = self.find(doc) else {
            return;
        };
        let kept = &self.model.kept;
        let annotations = kept
            .annotations
            .iter()
            .filter(|note| note.target.doc == doc)
            .map(|note| {
                (
                    note.clone(),
                    postil::annotation::anchor(&note.target, None, &document),
                )
            });
        let opened = Opened {
            document: document.clone(),
            coverage: Coverage::Whole,
            warnings: Vec::new(),
            annotations: annotations.collect(),
            bookmarks: Vec::new(),
            place: None,
            corrections: postil::library::Corrections::default(),
        };
        self.send(Outcome::Opened(job, Box::new(opened)));
        let counts = self.counts();
        self.send(Outcome::Analysed(doc, analysis));
        self.send(Outcome::Counted(counts));
    }

    fn counts(&self) -> Vec<EntityCount> {
        let mut counts: HashMap<_, EntityCount> = HashMap::new();
        for (_, analysis) in &self.documents {
            let mut seen = Vec::new();
            for (_, mention) in &analysis.mentions {
                let count = counts
                    .entry(mention.entity.clone())
                    .or_insert_with(|| EntityCount {
                        entity: mention.entity.clone(),
                        name: mention.name.clone(),
                        kind: mention.kind,
                        mentions: 0,
                        documents: 0,
                    });
                count.mentions += 1;
                if !seen.contains(&mention.entity) {
                    count.documents += 1;
                    seen.push(mention.entity.clone());
                }
            }
        }
        counts.into_values().collect()
    }

    /// The documents by date, undated ones last.
    fn by_date(&self) -> Vec<Read> {
        let mut all = self.documents.clone();
        all.sort_by_key(|(document, _)| {
            let published = document.meta.published.as_ref();
            let date = published.map(|published| published.date.to_string());
            (date.is_none(), date)
        });
        all
    }

    /// Which names of the documents are one, as decided.
    pub(crate) fn link(&mut self, decisions: &str) {
        let seen = self.counts().into_iter().map(|count| Seen {
            id: count.entity,
            name: count.name,
            kind: count.kind,
            mentions: count.mentions,
            documents: count.documents,
            acronyms: Vec::new(),
        });
        let decisions = read_decisions(decisions).unwrap();
        let links = Links::new(seen.collect(), &decisions, |_, _| false);
        self.send(Outcome::Linked(Arc::new(links)));
    }

    fn facts(&self, entity: &EntityId) -> Option<Facts> {
        let linked = self.model.links.entity(entity)?.clone();
        let members = self.model.links.members(entity);
        let mut words: HashMap<(SaidAs, String), u32> = HashMap::new();
        let mut with: HashMap<EntityId, u32> = HashMap::new();
        let (mut events, mut dates) = (Vec::new(), Vec::new());
        for (document, analysis) in self.by_date() {
            let counts = analysis.entity_counts();
            if !counts.iter().any(|count| members.contains(&count.entity)) {
                continue;
            }
            for words_of in said(&document, &analysis) {
                if members.contains(&words_of.entity) {
                    let key = (words_of.sort, words_of.text.to_string());
                    *words.entry(key).or_default() += words_of.times;
                }
            }
            for count in counts {
                if !members.contains(&count.entity) {
                    *with.entry(count.entity).or_default() += 1;
                }
            }
            let names =
                |event: &&timeline::Event| event.entities.iter().any(|id| members.contains(id));
            events.extend(analysis.events.iter().filter(names).cloned());
            if let Some(published) = &document.meta.published {
                dates.push((published.date.clone(), document.id));
            }
        }
        events.sort_by_key(|event| event.interval.and_then(|interval| interval.earliest));
        let of_sort = |wanted| {
            let mut found: Vec<(String, u32)> = words
                .iter()
                .filter(|((sort, _), _)| *sort == wanted)
                .map(|((_, text), n)| (text.clone(), *n))
                .collect();
            found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            found
        };
        let mut with: Vec<Companion> = with
            .into_iter()
            .filter_map(|(id, documents)| {
                let other = self.model.links.entity(&id)?;
                Some(Companion {
                    id: other.id.clone(),
                    name: other.name.clone(),
                    kind: other.kind,
                    documents,
                })
            })
            .collect();
        with.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.id.cmp(&b.id)));
        with.truncate(12);
        Some(Facts {
            id: linked.id,
            name: linked.name,
            kind: linked.kind,
            hidden: linked.hidden,
            mentions: linked.mentions,
            documents: linked.documents,
            aliases: of_sort(SaidAs::Alias),
            roles: of_sort(SaidAs::Role),
            first: dates.first().cloned(),
            last: dates.last().cloned(),
            with,
            events,
            members: linked.members,
            offers: linked.offers,
        })
    }

    fn send_jump(&mut self, job: postil::app::effect::JobId, query: &str) {
        let query = query.to_lowercase();
        let mut best = Vec::new();
        for (document, _) in &self.documents {
            let title = document.title();
            if let Some(at) = title.to_lowercase().find(&query) {
                best.push(JumpHit {
                    kind: JumpKind::Document,
                    text: title.into(),
                    marks: vec![TextRange::of(at, at + query.len())],
                    aside: document
                        .meta
                        .published
                        .as_ref()
                        .map(|published| published.date.to_string())
                        .unwrap_or_default(),
                    to: JumpTarget::Place(document.id, None),
                });
            }
            for (block, _, text) in document.headings() {
                if let Some(at) = text.to_lowercase().find(&query) {
                    best.push(JumpHit {
                        kind: JumpKind::Heading,
                        text: text.into(),
                        marks: vec![TextRange::of(at, at + query.len())],
                        aside: title.to_owned(),
                        to: JumpTarget::Place(
                            document.id,
                            document.blocks.get(block).map(|block| block.range.start),
                        ),
                    });
                }
            }
        }
        let total = best.len();
        self.send(Outcome::Jumped(job, Jumped { total, best }));
    }

    fn committed(&mut self, change: Change) -> Change {
        let id = RecordId(self.next_id);
        self.next_id += 1;
        match change {
            Change::Annotation {
                before,
                after: Some(mut after),
            } if after.id == RecordId(0) => {
                after.id = id;
                Change::Annotation {
                    before,
                    after: Some(after),
                }
            }
            Change::Bookmark {
                before,
                after: Some(mut after),
            } if after.id == RecordId(0) => {
                after.id = id;
                Change::Bookmark {
                    before,
                    after: Some(after),
                }
            }
            change => change,
        }
    }

    /// The frame.
    pub(crate) fn buffer(&self) -> (Buffer, Option<Position>) {
        let (cols, rows) = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let cursor = paint(&self.model, &self.look, &mut buffer);
        (buffer, cursor)
    }

    /// The frame as text; the terminal's cursor as `█`.
    pub(crate) fn text(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut text = String::new();
        for y in buffer.area.rows() {
            let mut row = String::new();
            let mut skip = 0;
            for x in y.columns() {
                let symbol = buffer[(x.x, x.y)].symbol();
                if skip > 0 {
                    skip -= 1;
                } else if cursor == Some(Position::new(x.x, x.y)) {
                    row.push('█');
                } else {
                    row.push_str(symbol);
                    skip = postil::text::width::text_cells(symbol).saturating_sub(1);
                }
            }
            writeln!(text, "{}", row.trim_end()).unwrap();
        }
        text
    }

    /// The rows `rows` as runs of one style, each with the roles whose style it has beyond plain text: `[person:Mara Lind]`.
    pub(crate) fn styles(&self, roles: &[Role], rows: std::ops::Range<u16>) -> String {
        let (buffer, _) = self.buffer();
        let plain = self.look.theme.style(Role::Page);
        let name = |x: u16, y: u16| -> String {
            let style = buffer[(x, y)].style();
            let has = |role: &&Role| {
                let role = self.look.theme.style(**role);
                role.fg.is_none_or(|fg| style.fg == Some(fg))
                    && role.bg.is_none_or(|bg| style.bg == Some(bg))
                    && style.add_modifier.contains(role.add_modifier)
                    && (role.fg.is_some_and(|fg| plain.fg != Some(fg))
                        || role.bg.is_some()
                        || !role.add_modifier.is_empty())
            };
            roles
                .iter()
                .filter(has)
                .map(|role| role.name())
                .collect::<Vec<_>>()
                .join("+")
        };
        let mut text = String::new();
        for y in rows {
            let mut row = String::new();
            let mut now = String::new();
            for x in buffer.area.columns().map(|column| column.x) {
                let next = name(x, y);
                if next != now {
                    if !now.is_empty() {
                        row.push(']');
                    }
                    if !next.is_empty() {
                        write!(row, "[{next}:").unwrap();
                    }
                    now = next;
                }
                row.push_str(buffer[(x, y)].symbol());
            }
            if !now.is_empty() {
                row.push(']');
            }
            writeln!(text, "{}", row.trim_end()).unwrap();
        }
        text
    }
}

/// The sample library, analysed once for all tests.
fn samples() -> Vec<Read> {
    static SAMPLE_LIBRARY: OnceLock<Vec<Read>> = OnceLock::new();
    let read_all = || {
        let all = SAMPLES.iter();
        all.map(|sample| read(&format!("sample:{}", sample.name), sample.bytes))
            .collect()
    };
    SAMPLE_LIBRARY.get_or_init(read_all).clone()
}

fn read(locator: &str, bytes: &[u8]) -> Read {
    let Import::Document(imported) = import(locator, bytes) else {
        panic!("{locator} is no document")
    };
    let document = imported.document;
    let analysis = analyse(&document);
    (Arc::new(document), Arc::new(analysis))
}

fn listing(document: &Document) -> Listing {
    let meta = &document.meta;
    let locator = SAMPLES
        .iter()
        .map(|sample| format!("sample:{}", sample.name))
        .find(|locator| DocId::of_locator(locator) == document.id);
    Listing {
        id: document.id,
        locator: locator.unwrap_or_default().into(),
        title: document.title().into(),
        published: meta
            .published
            .as_ref()
            .map(|published| published.date.clone()),
        published_from: meta.published.as_ref().map(|published| published.from),
        publisher: meta.publisher.as_deref().map(Into::into),
        authors: meta.authors.clone(),
        kind: meta.kind,
        words: meta.words,
        n_warnings: 0,
        added: 0,
    }
}
