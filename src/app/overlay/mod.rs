//! What floats over the panes: one file each. An overlay holds its state and says what its keys do; painting is in `ui`.

pub mod bond;
pub mod card;
pub mod editor;
pub mod entities;
pub mod entity;
pub mod help;
pub mod history;
pub mod jump;
pub mod kept;
pub mod links;
pub mod palette;
pub mod redline;
pub mod review;
pub mod tags;
pub mod trace;
pub mod why;

pub use bond::Bond;
pub use card::Card;
pub use editor::Editor;
pub use entities::EntityList;
pub use entity::EntityCard;
pub use help::Help;
pub use history::HistoryList;
pub use jump::Picker;
pub use kept::KeptList;
pub use links::Links;
pub use palette::Palette;
pub use redline::RedlinePage;
pub use review::Review;
pub use tags::TagList;
pub use trace::{TraceCard, UsesCard};
pub use why::Why;

use super::effect::JobId;
use crate::document::DocId;
use crate::text::TextRange;

/// What floats over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// The fuzzy jump.
    Jump(Box<Picker>),
    /// Annotations or bookmarks of the library.
    Kept(KeptList),
    /// Notes that need a decision.
    Review(Review),
    /// What a link between two passages is, or where those of a note lead.
    Bond(Bond),
    /// A note being written.
    Editor(Box<Editor>),
    /// The help screen.
    Help(Help),
    /// Commands by name.
    Palette(Palette),
    /// Something to read: an entity, warnings, what stands under the cursor.
    Card(Card),
    /// All about an entity.
    Entity(Box<EntityCard>),
    /// Everybody and everything that is named.
    Entities(EntityList),
    /// Letters at the links.
    Links(Links),
    /// A quotation and its source.
    Trace(Box<TraceCard>),
    /// Who repeats a sentence.
    Uses(Box<UsesCard>),
    /// Two documents compared.
    Redline(Box<RedlinePage>),
    /// A phrase over a series.
    History(Box<HistoryList>),
    /// Tags and what they mean.
    Tags(TagList),
    /// Why a date is read as it is.
    Why(Why),
}

impl Overlay {
    /// The note being written in it.
    pub fn draft(&self) -> Option<&Editor> {
        match self {
            Self::Editor(editor) => Some(editor),
            Self::Jump(_)
            | Self::Kept(_)
            | Self::Review(_)
            | Self::Bond(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Card(_)
            | Self::Entity(_)
            | Self::Entities(_)
            | Self::Links(_)
            | Self::Trace(_)
            | Self::Uses(_)
            | Self::Redline(_)
            | Self::History(_)
            | Self::Tags(_)
            | Self::Why(_) => None,
        }
    }

    /// The same, to be changed.
    pub fn draft_mut(&mut self) -> Option<&mut Editor> {
        let Self::Editor(editor) = self else {
            return None;
        };
        Some(editor)
    }

    /// The passage of a document that it speaks about, to be seen beside it: what a note is written on, the date that is explained, what is traced. The last
    /// two are of the open document.
    pub fn speaks_of(&self, open: DocId) -> Option<TextRange> {
        match self {
            Self::Why(why) => Some(why.range),
            Self::Trace(card) => Some(card.at),
            Self::Uses(card) => Some(card.sentence),
            other => {
                let editor = other.draft()?;
                (editor.target.doc == open).then_some(editor.target.position)
            }
        }
    }

    /// The question about sources, uses, a comparison or a history whose answer it shows.
    pub fn traces(&self) -> Option<JobId> {
        match self {
            Self::Trace(card) => Some(card.job),
            Self::Uses(card) => Some(card.job),
            Self::Redline(page) => Some(page.job),
            Self::History(list) => Some(list.job),
            Self::Jump(_)
            | Self::Kept(_)
            | Self::Review(_)
            | Self::Bond(_)
            | Self::Editor(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Card(_)
            | Self::Entity(_)
            | Self::Entities(_)
            | Self::Links(_)
            | Self::Tags(_)
            | Self::Why(_) => None,
        }
    }
}

/// A chosen row in a list of `len`, and the first row shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The chosen row.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

impl Cursor {
    /// Moves by `by` rows in a list of `len`.
    pub fn step(&mut self, by: i64, len: usize) {
        let last = len.saturating_sub(1) as i64;
        self.selected = (self.selected as i64)
            .saturating_add(by)
            .clamp(0, last.max(0)) as usize;
    }

    /// The first row to show so that the chosen one is among `height` rows.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
        self.top = self
            .top
            .min(self.selected)
            .max((self.selected + 1).saturating_sub(height));
        self.top = self.top.min(len.saturating_sub(height));
    }
}
