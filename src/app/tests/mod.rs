//! The application driven by keys: each test opens a small library, types, and looks at the model and the effects.

mod annotating;
mod dating;
mod documents;
mod drafts;
mod finding;
mod hostile;
mod lists;
mod moving;
mod names;
mod overlays;
mod pointer;
mod reviewing;
mod saving;
mod selecting;
mod tagging;
mod tracing;

use std::collections::HashMap;
use std::sync::Arc;

use crossterm::event::{Event, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::{SignedDuration, Timestamp};

use super::effect::{Cause, Change, Effect, JobId};
use super::key::Key;
use super::keymap::Keymap;
use super::model::Model;
use super::msg::{Coverage, Listings, Msg, Opened, Outcome};
use super::reader::Reader;
use super::settings::Settings;
use super::update::update;
use crate::annotation::{Annotation, RecordId};
use crate::document::{Block, BlockKind, DocId, Document, Inline, Meta, Revision, SourceMap};
use crate::language::{entities, quotes, sentence};
use crate::library::{Analysis, Corrections, Listing};
use crate::text::TextRange;
use crate::time::{self, Grain};
use crate::timeline::{Event as Passage, Row};

/// The text most tests read: a heading, three paragraphs with names, dates and a quotation, and a second heading.
pub(super) const NOTE: &str = "# Joint note

Japan signed the paper on 5 May 2024. Officials from Japan and France met in Tokyo.

“We agreed on every line,” the minister said. Nobody spoke of June 2024 then.

# What follows

France will answer by 1 July 2024. The talks go on.";

/// A screen with a library, as the tests drive it.
pub(super) struct App {
    pub(super) model: Model,
    pub(super) now: Timestamp,
}

/// The number of a test document.
pub(super) const fn doc(n: u64) -> DocId {
    DocId(n)
}

/// A document: paragraphs parted by blank lines, headings opened with `# `, links written `[words](address)`.
pub(super) fn document(id: DocId, source: &str) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut inlines = Vec::new();
    for part in source.split("\n\n").filter(|part| !part.trim().is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let (kind, mut words) = match part.strip_prefix("# ") {
            Some(words) => (BlockKind::Heading { level: 1 }, words),
            None => (BlockKind::Paragraph, part),
        };
        let start = text.len();
        while let Some((before, link)) = words.split_once('[') {
            let Some((shown, (to, after))) = link
                .split_once("](")
                .and_then(|(shown, rest)| Some((shown, rest.split_once(')')?)))
            else {
                break;
            };
            text.push_str(before);
            let at = text.len();
            text.push_str(shown);
            let range = TextRange::of(at, text.len());
            inlines.push((range, Inline::Link { to: to.into() }));
            words = after;
        }
        text.push_str(words);
        blocks.push(Block {
            kind,
            range: TextRange::of(start, text.len()),
            depth: 0,
        });
    }
    let title_at = blocks
        .first()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }))
        .map(|block| block.range);
    let title = blocks
        .first()
        .map(|block| block.range.of_text(&text).chars().take(60).collect());
    Document {
        id,
        revision: Revision::of_text(&text),
        meta: Meta {
            title,
            title_at,
            ..Meta::default()
        },
        text: text.into(),
        blocks,
        inlines: inlines.into_iter().collect(),
        source: SourceMap::default(),
    }
}

/// Numbered paragraphs, each a short line.
pub(super) fn paragraphs(n: usize) -> String {
    let lines: Vec<String> = (0..n).map(|n| format!("Paragraph {n} of it.")).collect();
    lines.join("\n\n")
}

/// What the analysis finds in a document.
pub(super) fn analysis(document: &Document) -> Analysis {
    let sentences = sentence::sentences(document);
    let (mentions, foreign) = entities::find(document, &sentences, &entities::Lists::default());
    let quotes = quotes::quotes(document, &sentences, &mentions);
    Analysis {
        of: Some(document.revision),
        timexes: time::timexes(&document.text, &sentences, None),
        sentences,
        mentions,
        foreign,
        quotes,
        events: Vec::new(),
        unplaced: Vec::new(),
    }
}

/// A document as the worker hands it over.
pub(super) fn opened(document: Document) -> Opened {
    Opened {
        document: Arc::new(document),
        coverage: Coverage::Whole,
        warnings: Vec::new(),
        annotations: Vec::new(),
        bookmarks: Vec::new(),
        place: None,
        corrections: Corrections::default(),
    }
}

fn listing(n: u64, title: &str, published: &str) -> Listing {
    Listing {
        id: doc(n),
        locator: format!("/library/{n}.txt").into(),
        title: title.into(),
        published: published.parse().ok(),
        published_from: None,
        publisher: None,
        authors: vec!["Ann Bee".to_owned()],
        kind: crate::document::DocKind::Statement,
        words: 100,
        n_warnings: 0,
        added: i64::try_from(n).unwrap(),
    }
}

/// The documents of the library, in the order of their dates: 1, 2, 3 and the undated 4.
pub(super) fn listings() -> Listings {
    Listings {
        documents: vec![
            listing(4, "An undated letter", ""),
            listing(3, "Summer summit", "2024-07-02"),
            listing(1, "Joint note", "2024-05-05"),
            listing(2, "Reply from Paris", "2024-06-01"),
        ],
        total: 4,
        read: HashMap::new(),
        problems: Vec::new(),
    }
}

/// A dated passage of a document.
pub(super) fn passage(n: u64, at: u32, day: &str) -> Passage {
    Passage {
        doc: doc(n),
        range: TextRange::new(at, at + 4),
        timex: TextRange::new(at, at + 4),
        interval: day
            .parse()
            .ok()
            .map(|day: crate::document::Edtf| day.interval()),
        grain: Grain::Day,
        bound: None,
        edtf: None,
        said: day.into(),
        label: format!("passage of {n}").into(),
        entities: Vec::new(),
        words: Vec::new(),
        sort: crate::timeline::Sort::Told,
        speaker: None,
        stated: None,
        published: None,
    }
}

/// A row of the timeline told by these passages.
pub(super) fn row(sources: Vec<Passage>) -> Row {
    Row {
        interval: sources.first().and_then(|event| event.interval),
        grain: Grain::Day,
        conflict: false,
        sources,
    }
}

/// A library with `text` open as document 1, on a wide screen.
pub(super) fn open(text: &str) -> App {
    open_at(text, (160, 48))
}

/// As [`open`], on a screen of this size.
pub(super) fn open_at(text: &str, size: (u16, u16)) -> App {
    let (keymap, _) = Keymap::with_patch("");
    let mut app = App {
        model: Model::new(size, Settings::default(), keymap),
        now: "2024-08-01T12:00:00Z".parse().unwrap(),
    };
    app.done(Outcome::Listed(listings()));
    app.model.open(doc(1), super::model::Landing::Remembered);
    app.answer(opened(document(doc(1), text)));
    let found = analysis(&app.reader().document);
    app.done(Outcome::Analysed(doc(1), Arc::new(found)));
    app
}

impl App {
    /// Types keys, 20 ms apart; the effects of all of them.
    pub(super) fn keys(&mut self, keys: &str) -> Vec<Effect> {
        let keys = Key::sequence(keys).unwrap();
        keys.into_iter()
            .flat_map(|key| {
                self.wait(20);
                let event = KeyEvent::new(key.code, key.modifiers);
                self.send(Msg::Term(Event::Key(event)))
            })
            .collect()
    }

    /// Types keys and leaves the app for more.
    pub(super) fn after(mut self, keys: &str) -> Self {
        self.keys(keys);
        self
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, ms: i64) {
        self.now += SignedDuration::from_millis(ms);
    }

    pub(super) fn send(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.model, self.now, msg)
    }

    pub(super) fn done(&mut self, outcome: Outcome) -> Vec<Effect> {
        self.send(Msg::Done(outcome))
    }

    /// Answers the question for a document that is being opened.
    pub(super) fn answer(&mut self, opened: Opened) -> Vec<Effect> {
        let job = self
            .model
            .opening
            .as_ref()
            .map_or(JobId(0), |opening| opening.job);
        self.done(Outcome::Opened(job, Box::new(opened)))
    }

    pub(super) fn resize(&mut self, cols: u16, rows: u16) {
        self.send(Msg::Term(Event::Resize(cols, rows)));
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.send(Msg::Term(Event::Paste(text.to_owned())))
    }

    pub(super) fn mouse(&mut self, kind: MouseEventKind, x: u16, y: u16) -> Vec<Effect> {
        self.send(Msg::Term(Event::Mouse(MouseEvent {
            kind,
            column: x,
            row: y,
            modifiers: KeyModifiers::NONE,
        })))
    }

    pub(super) fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let effects = self.mouse(MouseEventKind::Down(MouseButton::Left), x, y);
        self.mouse(MouseEventKind::Up(MouseButton::Left), x, y);
        effects
    }

    pub(super) fn reader(&self) -> &Reader {
        self.model.reader.as_ref().unwrap()
    }

    /// The text from the cursor on, a few characters of it.
    pub(super) fn at(&self) -> String {
        let reader = self.reader();
        let rest = reader.text().get(reader.at as usize..).unwrap();
        rest.chars().take(8).collect()
    }

    /// Row of the screen on which the cursor stands.
    pub(super) fn cursor_row(&mut self) -> Option<usize> {
        self.model.reader.as_mut().unwrap().cursor_row()
    }

    /// What is selected.
    pub(super) fn selected(&self) -> Option<&str> {
        let reader = self.reader();
        reader.selected().map(|range| range.of_text(reader.text()))
    }

    /// The last line of the screen.
    pub(super) fn status(&self) -> &str {
        self.model
            .status
            .message
            .as_ref()
            .map_or("", |message| &message.text)
    }

    /// Types keys that save something; what is saved and why.
    pub(super) fn saves(&mut self, keys: &str) -> Vec<(Vec<Change>, Cause)> {
        saves(self.keys(keys))
    }

    /// Types keys and answers each save as the store would, numbering new records from `first`.
    pub(super) fn saved(&mut self, keys: &str, first: i64) -> Vec<Effect> {
        let mut waiting = self.saves(keys);
        let mut effects = Vec::new();
        let mut id = first;
        while !waiting.is_empty() {
            let (changes, cause) = waiting.remove(0);
            let changes = changes
                .into_iter()
                .map(|change| numbered(change, &mut id))
                .collect();
            let more = self.done(Outcome::Saved(changes, cause));
            waiting.extend(saves(more.clone()));
            effects.extend(more);
        }
        effects
    }
}

/// The saves among effects.
pub(super) fn saves(effects: Vec<Effect>) -> Vec<(Vec<Change>, Cause)> {
    let save = |effect| match effect {
        Effect::Save { changes, cause } => Some((changes, cause)),
        _ => None,
    };
    effects.into_iter().filter_map(save).collect()
}

/// A change as the store gives it back: new records have ids.
pub(super) fn numbered(mut change: Change, id: &mut i64) -> Change {
    match &mut change {
        Change::Annotation {
            after: Some(Annotation { id: new, .. }),
            ..
        }
        | Change::Bookmark {
            after: Some(crate::annotation::Bookmark { id: new, .. }),
            ..
        } if new.0 == 0 => {
            *new = RecordId(*id);
            *id += 1;
        }
        _ => {}
    }
    change
}

/// The range of a word in the open text.
pub(super) fn range_of(app: &App, word: &str) -> TextRange {
    let at = app.reader().text().find(word).unwrap();
    TextRange::of(at, at + word.len())
}
