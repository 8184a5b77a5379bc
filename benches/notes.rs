//! The list of notes over a library with 10,000 of them: opening it, a key typed into its filter, each way of grouping; and scrolling a document with 2,000.
//!
//! `cargo bench --bench notes`. A key is what a reader waits for: the update, and the frame after it at 160x48.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use jiff::Timestamp;
use postil::annotation::{Anchor, Annotation, Body, Colour, RecordId, Target, TextQuote};
use postil::app::effect::Effect;
use postil::app::keymap::Keymap;
use postil::app::model::{Landing, Model};
use postil::app::msg::{Coverage, Kept, Listings, Msg, Opened, Outcome};
use postil::app::named::NamedInNotes;
use postil::app::settings::Settings;
use postil::app::update::update;
use postil::document::{DocId, DocKind, Document, Edtf, Revision};
use postil::import;
use postil::library::{self, Listing};
use postil::text::TextRange;
use postil::ui::symbols::Symbols;
use postil::ui::theme::Theme;
use postil::ui::{self, Look};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const NOTES: u32 = 10_000;
const DOCUMENTS: u32 = 2_500;
const NAMES: u32 = 1_500;

fn main() {
    divan::main();
}

/// A number that looks random and is the same in every run.
fn mixed(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761) ^ (n >> 7)
}

const WORDS: [&str; 16] = [
    "ministers",
    "Grain",
    "ceasefire",
    "agreed",
    "sanctions",
    "harbour",
    "Kyïv",
    "budget",
    "military",
    "objectives",
    "treaty",
    "talks",
    "review",
    "“capabilities”",
    "Pyongyang",
    "reserve",
];

fn words(seed: u32, n: u32) -> String {
    let word = |k: u32| WORDS[mixed(seed.wrapping_mul(31) + k) as usize % WORDS.len()];
    (0..n).map(word).collect::<Vec<_>>().join(" ")
}

fn listing(n: u32) -> Listing {
    let locator = format!("/made-up/{:03}/document-{n:05}.txt", n % 97);
    Listing {
        id: DocId::of_locator(&locator),
        title: format!("{} {n}", words(n, 6)).into(),
        locator: locator.into(),
        published: format!("20{:02}-{:02}-{:02}", n % 24, n % 12 + 1, n % 28 + 1)
            .parse::<Edtf>()
            .ok(),
        published_from: None,
        publisher: Some(format!("Ministry {}", n % 40).into()),
        authors: vec![format!("Ann Bee {}", n % 200)],
        kind: DocKind::Statement,
        words: 600,
        n_warnings: 0,
        added: i64::from(n),
    }
}

fn note(n: u32, doc: DocId) -> Annotation {
    let start = mixed(n) % 4_000;
    let exact = words(n, 14 + n % 20);
    Annotation {
        id: RecordId(i64::from(n) + 1),
        target: Target {
            doc,
            revision: Revision::of_text("made up"),
            position: TextRange::new(start, start + exact.len() as u32),
            quote: TextQuote {
                exact,
                prefix: String::new(),
                suffix: String::new(),
            },
        },
        body: Body {
            note: if n.is_multiple_of(3) {
                String::new()
            } else {
                words(n + 77, 25)
            },
            tags: (0..mixed(n) % 4)
                .map(|k| format!("tag{}", (mixed(n + k) >> 3) % 60))
                .collect(),
            colour: Colour::ALL[n as usize % 5],
        },
        created: Timestamp::UNIX_EPOCH,
        modified: Timestamp::UNIX_EPOCH,
    }
}

/// The library, with its notes and who is named in them.
fn library() -> Model {
    let mut model = Model::new((160, 48), Settings::default(), Keymap::with_patch("").0);
    let documents: Vec<Listing> = (0..DOCUMENTS).map(listing).collect();
    let ids: Vec<DocId> = documents.iter().map(|listing| listing.id).collect();
    let kept = Kept {
        annotations: (0..NOTES)
            .map(|n| note(n, ids[(mixed(n) >> 5) as usize % ids.len()]))
            .collect(),
        ..Kept::default()
    };
    let listings = Listings {
        total: documents.len(),
        documents,
        ..Listings::default()
    };
    tell(&mut model, Outcome::Listed(listings));
    tell(&mut model, Outcome::Kept(kept));
    model
}

fn named() -> NamedInNotes {
    let names: Vec<Arc<str>> = (0..NAMES)
        .map(|n| format!("{} {n}", words(n, 2)).into())
        .collect();
    let mut in_notes = NamedInNotes::default();
    for n in 0..NOTES {
        for k in 0..mixed(n) % 5 {
            let name = (mixed(n * 7 + k) >> 4) as usize % names.len();
            in_notes.add(
                RecordId(i64::from(n) + 1),
                &names[name],
                &names[name..=name],
            );
        }
    }
    in_notes
}

fn tell(model: &mut Model, outcome: Outcome) {
    drop(update(model, Timestamp::UNIX_EPOCH, Msg::Done(outcome)));
}

fn key(model: &mut Model, code: KeyCode) {
    let key = Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    drop(update(model, Timestamp::UNIX_EPOCH, Msg::Term(key)));
}

fn keys(model: &mut Model, typed: &str) {
    typed.chars().for_each(|c| key(model, KeyCode::Char(c)));
}

/// A screen to paint on.
struct Painter(Look, Buffer);

impl Painter {
    fn new() -> Self {
        let look = Look {
            theme: Theme::default(),
            symbols: Symbols::unicode(),
        };
        Self(look, Buffer::empty(Rect::new(0, 0, 160, 48)))
    }

    fn paint(&mut self, model: &Model) {
        self.1.reset();
        divan::black_box(ui::paint(model, &self.0, &mut self.1));
    }
}

/// The list, open, in the grouping that so many tabs lead to, with who is named where.
fn listed(tabs: usize) -> Model {
    let mut model = library();
    keys(&mut model, "A");
    (0..tabs).for_each(|_| key(&mut model, KeyCode::Tab));
    tell(&mut model, Outcome::NamedInNotes(named()));
    model
}

#[divan::bench]
fn open_the_list(bencher: Bencher) {
    let mut painter = Painter::new();
    bencher.with_inputs(library).bench_local_refs(|model| {
        keys(model, "A");
        painter.paint(model);
    });
}

/// The last key of a line typed into the filter, and the key that takes it back.
#[divan::bench(args = ["tag:tag1", "entity:kyiv", "grain", "\"ceasefire agreed\"", "-tag:tag7 colour:blue", "status:lost", "after:2010 treaty"])]
fn a_key_of_the_filter(bencher: Bencher, line: &str) {
    let mut model = listed(0);
    let mut painter = Painter::new();
    let last = line.chars().next_back().unwrap_or_default();
    keys(&mut model, &format!("/{line}"));
    key(&mut model, KeyCode::Backspace);
    let mut on = false;
    bencher.bench_local(|| {
        let code = if on {
            KeyCode::Backspace
        } else {
            KeyCode::Char(last)
        };
        key(&mut model, code);
        on = !on;
        painter.paint(&model);
    });
}

/// A key of the filter while the list is grouped: by document, tag, colour, name, date.
#[divan::bench(args = [1, 2, 3, 4, 5])]
fn a_key_in_groups(bencher: Bencher, tabs: usize) {
    let mut model = listed(tabs);
    keys(&mut model, "/grai");
    let mut painter = Painter::new();
    let mut on = false;
    bencher.bench_local(|| {
        key(
            &mut model,
            if on {
                KeyCode::Backspace
            } else {
                KeyCode::Char('n')
            },
        );
        on = !on;
        painter.paint(&model);
    });
}

/// The key that groups: from newest first to documents, and on to tags, colours, names, dates.
#[divan::bench(args = [0, 1, 2, 3, 4, 5])]
fn group(bencher: Bencher, tabs: usize) {
    let mut painter = Painter::new();
    bencher
        .with_inputs(|| listed(tabs))
        .bench_local_refs(|model| {
            key(model, KeyCode::Tab);
            painter.paint(model);
        });
}

/// Going down in the list, in groups by name.
#[divan::bench(args = ['j', 'G'])]
fn move_in_the_list(bencher: Bencher, c: char) {
    let mut model = listed(4);
    let mut painter = Painter::new();
    bencher.bench_local(|| {
        key(&mut model, KeyCode::Char(c));
        painter.paint(&model);
    });
}

/// A document of about a megabyte, open, with so many notes on it.
fn reading(n_notes: u32) -> Model {
    let paragraph = "On 5 May 2023, President Emmanuel Macron met ministers of Norway and South Korea in Berlin. \
        “We agreed on grain and on the ceasefire,” Macron said, and the United Nations welcomed it the next day.\n\n";
    let document: Arc<Document> = Arc::new(import::exact(
        "bench",
        &paragraph.repeat(5_000),
        Some("A long page"),
        None,
    ));
    let mut model = Model::new((160, 48), Settings::default(), Keymap::with_patch("").0);
    let opened = model.open(DocId::of_locator("bench"), Landing::Remembered);
    let Some(Effect::Open { job, doc }) = opened.last().cloned() else {
        return model;
    };
    let every = document.text.len() as u32 / n_notes.max(1);
    let notes: Vec<(Annotation, Anchor)> = (0..n_notes)
        .map(|n| {
            let mut note = note(n, doc);
            let start = document.blocks[document.block_at(n * every)].range.start;
            note.target.position = TextRange::new(start, start + 40);
            let anchor = Anchor::Unchanged(note.target.position);
            (note, anchor)
        })
        .collect();
    let kept = Kept {
        annotations: notes.iter().map(|(note, _)| note.clone()).collect(),
        ..Kept::default()
    };
    let analysis = Arc::new(library::analyse(&document));
    let outcome = Opened {
        document,
        coverage: Coverage::Whole,
        warnings: Vec::new(),
        annotations: notes,
        bookmarks: Vec::new(),
        place: None,
        corrections: library::Corrections::default(),
    };
    tell(&mut model, Outcome::Opened(job, Box::new(outcome)));
    tell(&mut model, Outcome::Analysed(doc, analysis));
    tell(&mut model, Outcome::Kept(kept));
    model
}

#[divan::bench(args = [(0, 'j'), (2_000, 'j'), (0, ' '), (2_000, ' ')])]
fn scroll(bencher: Bencher, (n_notes, c): (u32, char)) {
    let mut model = reading(n_notes);
    let mut painter = Painter::new();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        if n % 400 == 0 {
            keys(&mut model, "gg");
        }
        key(&mut model, KeyCode::Char(c));
        painter.paint(&model);
    });
}
