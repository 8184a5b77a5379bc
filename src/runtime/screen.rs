//! The reading room on a terminal: wait for what happens, update, carry out, paint.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};

use crossterm::event::Event;

use super::collection::{Collection, NoRoot};
use super::crew::Crew;
use super::paths::{NoHome, Paths};
use super::source::{STDIN, Sources, Stdin};
use super::terminal::Screen;
use super::{clock, config, crew, input, keeper, look};
use crate::app::effect::Capture;
use crate::app::layout::Areas;
use crate::app::model::{Landing, Model, Pane};
use crate::app::msg::{Listings, Msg, Outcome};
use crate::app::overlay::card::CardLine;
use crate::app::overlay::{Card, Overlay};
use crate::app::settings::Toggle;
use crate::app::update::{settle, update};
use crate::document::DocId;
use crate::library::Sort;
use crate::store::catalogue::Catalogue;
use crate::store::{Store, StoreError};
use crate::text::sanitise;
use crate::ui::theme::Theme;
use crate::ui::{self, Look};

/// How the screen is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Folders and files; with none the last collection, or the samples the first time. `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// The store, where it is not the usual one.
    pub library: Option<PathBuf>,
    /// The theme by name.
    pub theme: Option<String>,
    /// Symbols in ASCII only.
    pub ascii: Option<Toggle>,
    /// Whether the mouse is taken.
    pub mouse: Option<Toggle>,
}

/// Why the screen could not be opened, or ended.
#[derive(Debug)]
pub enum ScreenError {
    /// There is no place for the store.
    Home(NoHome),
    /// A path is not there.
    Root(NoRoot),
    /// Not even a catalogue in memory could be made.
    Catalogue(StoreError),
    /// The terminal or standard input failed.
    Terminal(io::Error),
}

impl fmt::Display for ScreenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home(error) => error.fmt(f),
            Self::Root(error) => error.fmt(f),
            Self::Catalogue(error) => error.fmt(f),
            Self::Terminal(error) => write!(
                f,
                "the terminal cannot be used: {error}; `postil --help` shows the commands that need none"
            ),
        }
    }
}

impl std::error::Error for ScreenError {}

impl From<NoHome> for ScreenError {
    fn from(error: NoHome) -> Self {
        Self::Home(error)
    }
}

impl From<NoRoot> for ScreenError {
    fn from(error: NoRoot) -> Self {
        Self::Root(error)
    }
}

impl From<StoreError> for ScreenError {
    fn from(error: StoreError) -> Self {
        Self::Catalogue(error)
    }
}

impl From<io::Error> for ScreenError {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Documents listed before all are known: more than any screen has rows.
const FIRST_PAGE: usize = 200;

/// Opens the screen and stays until the reader leaves.
pub fn run(options: &Options) -> Result<(), ScreenError> {
    let now = clock::now();
    let paths = Paths::find(options.library.clone())?;
    let mut sources = Sources::default();
    if options.paths.iter().any(|path| path.as_os_str() == "-") {
        sources.stdin = Some(Stdin::read());
    }
    // What is not there yet is made behind: the first page does not wait for the disk.
    let (store, trouble) = if paths.store.exists() {
        keeper::open_store(&paths.store, now)
    } else {
        (None, None)
    };
    let collection = choose_collection(options, store.as_ref())?;
    let catalogue = if paths.catalogue.exists() {
        Catalogue::open(&paths.catalogue).ok()
    } else {
        None
    };

    let mut config = config::read(&paths.config);
    if let Some(theme) = &options.theme {
        if Theme::named(theme).is_some() {
            config.settings.theme = Some(theme.clone());
        } else {
            let known: Vec<&str> = Theme::names().collect();
            config.mistakes.push(format!(
                "--theme: there is no theme `{}`; there are {}",
                sanitise::line(theme),
                known.join(", ")
            ));
        }
    }
    config.settings.ascii = options.ascii.unwrap_or_else(|| {
        if config.settings.ascii.is_on() || !look::is_utf8() {
            Toggle::On
        } else {
            Toggle::Off
        }
    });
    config.settings.mouse = options.mouse.unwrap_or(config.settings.mouse);
    let mouse = if config.settings.mouse.is_on() {
        Capture::On
    } else {
        Capture::Off
    };

    let (out, messages) = channel();
    let mut screen = Screen::take(mouse)?;
    // From here on a signal must find somebody who gives the terminal back.
    input::start(out.clone())?;
    let mut model = Model::new(screen.size()?, config.settings, config.keymap);
    model.status.standing = trouble
        .as_ref()
        .map(|why| format!("Notes cannot be saved: {why}"));
    if collection.single() == Some(STDIN) {
        model.status.say("Reading standard input · q leaves");
    }
    if collection.single().is_some() {
        // One file is a page to read; 1 and 3 bring list and timeline.
        model.panes.list = false;
        model.panes.timeline = false;
    }
    if !config.mistakes.is_empty() {
        let lines = config
            .mistakes
            .iter()
            .cloned()
            .map(CardLine::Text)
            .collect();
        model
            .overlays
            .push(Overlay::Card(Card::new("Mistakes in your settings", lines)));
    }
    if let Some(catalogue) = &catalogue {
        first_page(&mut model, catalogue, &collection, store.as_ref());
    }

    let last = store
        .as_ref()
        .and_then(|store| store.setting("last-document").ok().flatten());
    let stop = Arc::new(AtomicBool::new(false));
    let mut crew = Crew::hire(crew::Start {
        store,
        trouble,
        catalogue,
        collection: collection.clone(),
        sources,
        paths,
        names: Arc::new(config.names),
        out: out.clone(),
        stop,
    });
    let first = first_document(&model, &collection, last.as_deref());
    if let Some((doc, locator)) = first {
        crew.know(doc, &locator);
        let effects = model.open(doc, Landing::Remembered);
        crew.carry_out(effects, &mut model, &mut screen)?;
        wait_for_first(&mut model, &messages, &mut crew, &mut screen)?;
    }
    let looks = look::Looks::new(&config.theme_patch);
    settle(&mut model);
    paint(&mut screen, &model, &looks.of(&model.settings))?;
    let result = main_loop(&mut model, &messages, &mut crew, &mut screen, &looks);
    crew.dismiss();
    drop(screen);
    result
}

fn main_loop(
    model: &mut Model,
    messages: &Receiver<Msg>,
    crew: &mut Crew,
    screen: &mut Screen,
    looks: &look::Looks,
) -> Result<(), ScreenError> {
    while let Ok(message) = messages.recv() {
        let mut next = Some(message);
        while let Some(message) = next {
            #[cfg(debug_assertions)]
            panic_if_asked(&message);
            if matches!(message, Msg::Term(Event::Resize(..))) {
                // A terminal that shrinks and grows again has lost what it showed, though its size is what it was.
                screen.clear()?;
            }
            crew.overhear(&message, model);
            let effects = update(model, clock::now(), message);
            if crew.carry_out(effects, model, screen)? == crew::Stay::No {
                return Ok(());
            }
            open_something(model, crew, screen)?;
            next = messages.try_recv().ok();
        }
        paint(screen, model, &looks.of(&model.settings))?;
    }
    Ok(())
}

fn paint(screen: &mut Screen, model: &Model, look: &Look) -> io::Result<()> {
    let text = Areas::content(model.areas().reader);
    screen.paint(text, |buffer| ui::paint(model, look, buffer))
}

/// What is opened: the paths given, else the last collection, else the samples.
fn choose_collection(options: &Options, store: Option<&Store>) -> Result<Collection, NoRoot> {
    if !options.paths.is_empty() {
        return Collection::of_paths(&options.paths);
    }
    let last = store.and_then(|store| store.current_collection().ok().flatten());
    Ok(last.map_or_else(Collection::samples, |last| Collection { roots: last.roots }))
}

/// The documents known from last time, so that the first frame has them.
fn first_page(
    model: &mut Model,
    catalogue: &Catalogue,
    collection: &Collection,
    store: Option<&Store>,
) {
    let key = collection.key();
    let total = catalogue.count(key).unwrap_or(0) as usize;
    if total == 0 {
        return;
    }
    let documents = catalogue
        .page(key, Sort::Date, 0, FIRST_PAGE)
        .unwrap_or_default();
    let read = store.map(read_percents).unwrap_or_default();
    let listings = Listings {
        documents,
        total,
        read,
        problems: Vec::new(),
    };
    drop(update(
        model,
        clock::now(),
        Msg::Done(Outcome::Listed(listings)),
    ));
}

/// How much of each document was read, from 0 to 100.
pub(super) fn read_percents(store: &Store) -> HashMap<DocId, u8> {
    let fractions = store.read_fractions().unwrap_or_default();
    fractions
        .into_iter()
        .filter(|(_, read)| *read > 0.0)
        .map(|(doc, read)| (doc, (read * 100.0).round().clamp(0.0, 100.0) as u8))
        .collect()
}

/// The document to begin with: the one read last if it is in the collection, else the first.
fn first_document(
    model: &Model,
    collection: &Collection,
    last: Option<&str>,
) -> Option<(DocId, Arc<str>)> {
    if let Some(single) = collection.single() {
        return Some((DocId::of_locator(single), single.into()));
    }
    let listed = last.and_then(|last| model.list.listing(DocId::of_locator(last)));
    let listed = listed.or_else(|| {
        let chosen = model.list.chosen();
        // Not an empty file, as long as there is another.
        chosen.filter(|one| one.words > 0).or_else(|| {
            let mut all = model.list.documents.iter();
            all.find(|one| one.words > 0).or(chosen)
        })
    });
    if let Some(listing) = listed {
        return Some((listing.id, listing.locator.clone()));
    }
    // Nothing is known yet: the first file there is.
    let mut empty = None;
    for member in collection.members() {
        let super::collection::Member::Document { locator, stamp } = member else {
            continue;
        };
        let found = (DocId::of_locator(&locator), Arc::from(locator));
        if stamp.size > 0 {
            return Some(found);
        }
        empty = empty.or(Some(found));
    }
    empty
}

/// Waits for the first document, so that the first frame shows it; other answers are taken on the way.
fn wait_for_first(
    model: &mut Model,
    messages: &Receiver<Msg>,
    crew: &mut Crew,
    screen: &mut Screen,
) -> io::Result<()> {
    let patience = std::time::Duration::from_millis(60);
    let begun = std::time::Instant::now();
    while model.opening.is_some() {
        let Some(left) = patience.checked_sub(begun.elapsed()) else {
            break;
        };
        let Ok(message) = messages.recv_timeout(left) else {
            break;
        };
        crew.overhear(&message, model);
        let effects = update(model, clock::now(), message);
        crew.carry_out(effects, model, screen)?;
    }
    Ok(())
}

/// With a list and nothing open, the chosen document is opened.
fn open_something(model: &mut Model, crew: &mut Crew, screen: &mut Screen) -> io::Result<()> {
    if model.reader.is_none()
        && model.opening.is_none()
        && model.focus != Pane::Timeline
        && let Some(doc) = model
            .list
            .chosen()
            .map(|listing| listing.id)
            .filter(|doc| crew.may_try(*doc))
    {
        let effects = model.open(doc, Landing::Remembered);
        crew.carry_out(effects, model, screen)?;
    }
    Ok(())
}

/// In builds for testing, the key named by `POSTIL_PANIC_ON` shows how a panic leaves the terminal.
#[cfg(debug_assertions)]
fn panic_if_asked(message: &Msg) {
    if let Msg::Term(Event::Key(key)) = message {
        let asked = std::env::var("POSTIL_PANIC_ON").unwrap_or_default();
        let typed = crate::app::key::Key::from(*key).typed().map(String::from);
        assert!(asked.is_empty() || typed != Some(asked), "asked to panic");
    }
}
