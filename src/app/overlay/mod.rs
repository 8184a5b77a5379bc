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
