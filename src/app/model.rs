//! All the state of the screen, in one place.

use std::collections::HashMap;

use super::effect::{Cause, Change, Effect, JobId};
use super::jumps::{JumpList, Stop};
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::layout::Areas;
use super::list::ListPane;
use super::msg::Kept;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::reader::Reader;
use super::reader::motion::Way;
use super::reader::select::Selection;
use super::reflow::{Hyphenation, Measure};
use super::repeats::Repeats;
use super::settings::Settings;
use super::status::Status;
use super::timeline::TimelinePane;
use super::undo::Undo;
use crate::annotation::RecordId;
use crate::document::DocId;
use crate::language::entities::{EntityId, Mention};
use crate::library::EntityCount;
use crate::library::entities::Links;
use crate::text::TextRange;
use jiff::Timestamp;
use std::sync::Arc;

/// The state of the screen.
#[derive(Debug)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How the reader likes things.
    pub settings: Settings,
    /// Keys to actions.
    pub keymap: Keymap,
    /// The document list.
    pub list: ListPane,
    /// The open document.
    pub reader: Option<Reader>,
    /// The timeline.
    pub timeline: TimelinePane,
    /// Which pane has the keys.
    pub focus: Pane,
    /// Which panes are shown, and how wide.
    pub panes: Panes,
    /// What floats over the panes, topmost last.
    pub overlays: Vec<Overlay>,
    /// A line being asked for.
    pub prompt: Option<Prompt>,
    /// The last line of the screen.
    pub status: Status,
    /// Keys typed of a longer sequence.
    pub pending: Pending,
    /// Where jumps began.
    pub jumps: JumpList,
    /// What the reader wrote, across the library.
    pub kept: Kept,
    /// Patterns that were looked for in this session, oldest first.
    pub patterns: Vec<String>,
    /// What can be taken back.
    pub undo: Undo,
    /// What could not be saved, oldest first; tried again with the next save.
    pub unsaved: Vec<(Vec<Change>, Cause)>,
    /// How often the entities of the open document are named in the library.
    pub totals: HashMap<EntityId, EntityCount>,
    /// Who repeats the open document, and where its quotations come from, as far as that is known.
    pub repeats: Repeats,
    /// Which names of the library are one.
    pub links: Arc<Links>,
    /// What the colour of a name says.
    pub colouring: Colouring,
    /// The document being opened, and where its cursor shall go.
    pub opening: Option<Opening>,
    /// Where the text was left for the list or the timeline.
    pub left: Option<Stop>,
    /// Where the mentions of an entity ended when the next one was looked for last.
    pub edge: Option<Edge>,
    /// The colour new highlights take.
    pub colour: crate::annotation::Colour,
    /// The passage a link was begun at.
    pub linking: Option<crate::annotation::Target>,
    /// Passages that were highlighted for the link that is being made, and nothing else.
    pub linked_anew: Vec<crate::annotation::Target>,
    /// The passage whose highlight is on its way to the store: the same key again makes no second one.
    pub making: Option<crate::annotation::Target>,
    /// The note that was taken up to be put on other words.
    pub placing: Option<crate::annotation::Annotation>,
    /// Notes that are half written and in no editor, oldest first: left when the program ended, or put aside.
    pub drafts: Vec<crate::annotation::Draft>,
    /// A half-written note whose words are gone: it goes on the next passage that is annotated.
    pub carried: Option<crate::annotation::Draft>,
    /// The list of notes as it was left for a passage.
    pub left_list: Option<super::overlay::KeptList>,
    /// What the pointer drags.
    pub drag: Option<Drag>,
    /// Where and when the pointer was pressed last, to know a double click.
    pub pressed: Option<(u16, u16, Timestamp, u8)>,
    /// The question whose answer is the timeline.
    pub timeline_job: JobId,
    /// Whether leaving was asked for though something is unsaved.
    pub leaving: Leaving,
    /// What is being opened is the library itself: the list has not come yet.
    pub loading: bool,
    last_job: u64,
    last_temporary: i64,
}

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The document list.
    List,
    /// The text.
    Reader,
    /// The timeline.
    Timeline,
}

/// Which panes are shown on a wide screen, and how wide the reader made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panes {
    /// Whether the list is.
    pub list: bool,
    /// Whether the timeline is.
    pub timeline: bool,
    /// Width of the list, where the reader set it.
    pub list_cells: Option<u16>,
    /// Width of the timeline, where the reader set it.
    pub timeline_cells: Option<u16>,
}

/// Keys typed of a longer sequence, and a count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pending {
    /// The keys.
    pub keys: Vec<Key>,
    /// The count typed before them.
    pub count: Option<u32>,
    /// The pane that had the focus before the first digit, and when that was typed: 1, 2 and 3 also choose a pane.
    pub before_digit: Option<(Pane, Timestamp)>,
    /// What was selected then: it comes back if the digit turns out to be a count.
    pub selection: Option<Selection>,
    /// An action that waits for a letter.
    pub letter: Option<super::action::Action>,
}

/// A document being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The question.
    pub job: JobId,
    /// Which.
    pub doc: DocId,
    /// Where its cursor shall go.
    pub landing: Landing,
}

/// Where the cursor goes in a document that is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landing {
    /// Where the reader left it.
    Remembered,
    /// To a passage, which is shown for a moment.
    At(TextRange),
    /// To the first mention of an entity, once it is analysed.
    Entity(EntityId),
    /// To the last one.
    LastOf(EntityId),
}

/// The edge of a document where the mentions of an entity end: the same key again goes on in the next document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Which.
    pub entity: EntityId,
    /// What it is called.
    pub name: String,
    /// Towards which end.
    pub way: Way,
    /// Where the cursor stands.
    pub at: Stop,
    /// Whether the documents that name it were asked for.
    pub asked: bool,
}

/// What the pointer drags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drag {
    /// The end of a selection.
    Selection,
    /// The rule between list and text.
    ListRule,
    /// The rule between text and timeline.
    TimelineRule,
    /// The scrollbar of the text.
    Scrollbar,
}

/// What the colour of a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colouring {
    /// Whether it is a person, an organisation or a place.
    ByType,
    /// Which entity it is: the same one has the same colour everywhere.
    ByEntity,
}

/// Whether leaving was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// No.
    No,
    /// Once, while something was unsaved; the next time it is done.
    Asked,
}

impl Model {
    /// An empty screen.
    pub fn new(size: (u16, u16), settings: Settings, keymap: Keymap) -> Self {
        Self {
            size,
            settings,
            keymap,
            list: ListPane::default(),
            reader: None,
            timeline: TimelinePane::default(),
            focus: Pane::Reader,
            panes: Panes {
                list: true,
                timeline: true,
                list_cells: None,
                timeline_cells: None,
            },
            overlays: Vec::new(),
            prompt: None,
            status: Status::default(),
            pending: Pending::default(),
            jumps: JumpList::default(),
            kept: Kept::default(),
            patterns: Vec::new(),
            undo: Undo::default(),
            unsaved: Vec::new(),
            totals: HashMap::new(),
            repeats: Repeats::default(),
            links: Arc::default(),
            colouring: Colouring::ByType,
            opening: None,
            left: None,
            edge: None,
            colour: crate::annotation::Colour::default(),
            linking: None,
            linked_anew: Vec::new(),
            making: None,
            placing: None,
            drafts: Vec::new(),
            carried: None,
            left_list: None,
            drag: None,
            pressed: None,
            timeline_job: JobId::default(),
            leaving: Leaving::No,
            loading: true,
            last_job: 0,
            last_temporary: 0,
        }
    }

    /// A number for a new question.
    pub fn job(&mut self) -> JobId {
        self.last_job += 1;
        JobId(self.last_job)
    }

    /// A number for a record that is not saved yet: negative, never used again.
    pub fn temporary(&mut self) -> RecordId {
        self.last_temporary -= 1;
        RecordId(self.last_temporary)
    }

    /// The areas of the screen.
    pub fn areas(&self) -> Areas {
        Areas::of(self)
    }

    /// How the open document is set.
    pub fn measure(&self) -> Measure {
        let language = self
            .reader
            .as_ref()
            .and_then(|reader| reader.document.meta.language.as_deref());
        let hyphenation = if self.reader.is_some() {
            self.settings.hyphenation(language)
        } else {
            Hyphenation::Off
        };
        Measure {
            width_cells: self.areas().text(self.settings.measure_cells).width,
            alignment: self.settings.alignment,
            hyphenation,
        }
    }

    /// Where keys are looked up.
    pub fn context(&self) -> Context {
        let selection = self.reader.as_ref().and_then(|reader| reader.selection);
        match (self.focus, selection) {
            (Pane::List, _) => Context::List,
            (Pane::Timeline, _) => Context::Timeline,
            (Pane::Reader, Some(_)) => Context::Select,
            (Pane::Reader, None) => Context::Reader,
        }
    }

    /// The document being read or opened, and the place in it.
    pub fn here(&self) -> Option<Stop> {
        self.reader.as_ref().map(|reader| (reader.doc(), reader.at))
    }

    /// Opens a document, or moves in the one that is open. The newest wish wins: an answer to an older one is dropped.
    pub fn open(&mut self, doc: DocId, landing: Landing) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader
            && reader.doc() == doc
        {
            self.opening = None;
            match landing {
                Landing::Remembered => {}
                Landing::At(range) => {
                    reader.jump_to(range.start);
                    reader.flash = self.settings.flash.is_on().then_some(range);
                }
                Landing::Entity(entity) => self.land_on_entity(&entity, Way::Forward),
                Landing::LastOf(entity) => self.land_on_entity(&entity, Way::Back),
            }
            return Vec::new();
        }
        if let Some(opening) = self.opening.as_mut().filter(|opening| opening.doc == doc) {
            opening.landing = landing;
            return Vec::new();
        }
        let job = self.job();
        self.opening = Some(Opening { job, doc, landing });
        vec![Effect::Open { job, doc }]
    }

    /// Puts the cursor on the first mention of an entity in the open document; going back, on the last one.
    pub fn land_on_entity(&mut self, entity: &EntityId, way: Way) {
        let flash = self.settings.flash.is_on();
        if let Some(reader) = &mut self.reader {
            let mut mentions = reader.analysis.mentions.iter();
            let is_it = |(_, mention): &&(TextRange, Mention)| mention.entity == *entity;
            let found = match way {
                Way::Forward => mentions.find(is_it),
                Way::Back => mentions.rev().find(is_it),
            };
            if let Some((range, _)) = found.cloned() {
                reader.jump_to(range.start);
                reader.flash = flash.then_some(range);
            }
        }
    }

    /// Remembers the place in the open document.
    pub fn remember(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            return Vec::new();
        };
        let before = self.list.read.get(&reader.doc()).copied().unwrap_or(0);
        let percent = if reader.engaged {
            // Whoever moved in it has read something, however little.
            reader.seen_percent().max(1).max(before)
        } else {
            before
        };
        let place = super::effect::Place {
            doc: reader.doc(),
            at: reader.at,
            percent,
        };
        if percent > 0 {
            self.list.read.insert(place.doc, percent);
        }
        vec![Effect::Remember(place)]
    }
}
