//! The lists of annotations and bookmarks over the whole library: narrowed by a query, in groups, several rows marked to be changed at once.

mod order;
mod sheet;

use std::collections::HashSet;
use std::sync::Arc;

use self::order::Order;
use self::sheet::Sheet;
use super::Cursor;
use crate::annotation::{Annotation, Bookmark, BookmarkName, RecordId, Target};
use crate::app::input::Input;
use crate::app::list::ListPane;
use crate::app::msg::Kept;
use crate::app::named::NamedInNotes;
use crate::app::subject::Mark;
use crate::search::query::Filter;

/// A list of what the reader kept.
#[derive(Debug)]
pub struct KeptList {
    /// Which.
    pub what: KeptKind,
    /// What was typed to narrow it.
    pub input: Input,
    /// Whether keys go to the input.
    pub typing: Typing,
    /// What stands together.
    pub grouping: Grouping,
    /// The order in each group.
    pub sorting: Sorting,
    /// Indices into the kept annotations or bookmarks: what is shown, in groups, newest first; an annotation with two tags stands in both groups.
    pub shown: Vec<usize>,
    /// Where in `shown` each group begins, and what it is called; none where nothing is grouped.
    pub groups: Vec<(usize, Arc<str>)>,
    /// Annotations to be changed together.
    pub marked: HashSet<RecordId>,
    /// The chosen row.
    pub cursor: Cursor,
    /// Why the filter cannot be used.
    pub error: Option<String>,
    names: Names,
    /// Who is named in the notes, as last answered.
    named: Arc<NamedInNotes>,
    /// The words of the annotations, once a filter has looked at them.
    sheet: Option<Sheet>,
    /// All annotations as they are grouped.
    order: Option<Order>,
}

/// Whether it matters who is named in the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Names {
    /// Nothing asks for it.
    #[default]
    Unused,
    /// Filter or grouping do, and nobody was asked.
    Wanted,
    /// It was asked for as things are now.
    Asked,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptKind {
    /// Highlights, notes, tags.
    Annotations,
    /// Marks and named places.
    Bookmarks,
}

/// Whether keys are typed into the filter or move in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// Into the filter.
    Filter,
    /// In the list.
    #[default]
    List,
}

/// The order of the list of annotations, in each group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sorting {
    /// The newest first.
    #[default]
    Newest,
    /// Those changed last first.
    Changed,
    /// By document, and as they stand in its text.
    Place,
}

impl Sorting {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Newest => Self::Changed,
            Self::Changed => Self::Place,
            Self::Place => Self::Newest,
        }
    }

    /// As the title of the list says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Changed => "changed last first",
            Self::Place => "as in the texts",
        }
    }
}

/// What stands together in the list of annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Nothing: the newest comes first.
    #[default]
    Newest,
    /// Those of a document, in the order of its text; the documents by title.
    Document,
    /// Those with a tag, by name.
    Tag,
    /// Those of a colour.
    Colour,
    /// Those whose words name somebody or something, by name.
    Entity,
    /// Those of documents published on a date, the earliest first.
    Date,
}

impl Grouping {
    /// All, in the order of the key that changes it.
    pub const ALL: [Self; 6] = [
        Self::Newest,
        Self::Document,
        Self::Tag,
        Self::Colour,
        Self::Entity,
        Self::Date,
    ];

    /// As the title of the list says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Document => "by document",
            Self::Tag => "by tag",
            Self::Colour => "by colour",
            Self::Entity => "by name",
            Self::Date => "by date",
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        let mut all = Self::ALL.into_iter().cycle();
        all.find(|one| *one == self);
        all.next().unwrap_or_default()
    }
}

impl KeptList {
    /// The whole list.
    pub fn new(what: KeptKind, kept: &Kept, list: &ListPane) -> Self {
        let mut kept_list = Self {
            what,
            input: Input::default(),
            typing: Typing::List,
            grouping: Grouping::default(),
            sorting: Sorting::default(),
            shown: Vec::new(),
            groups: Vec::new(),
            marked: HashSet::new(),
            cursor: Cursor::default(),
            error: None,
            names: Names::default(),
            named: Arc::default(),
            sheet: None,
            order: None,
        };
        kept_list.arrange(kept, list);
        kept_list
    }

    /// Makes `shown` anew after the filter changed.
    pub fn arrange(&mut self, kept: &Kept, list: &ListPane) {
        let filter = match Filter::typed(self.input.text()) {
            Ok(filter) => filter,
            Err(error) => {
                self.error = Some(error.to_string());
                return;
            }
        };
        self.error = None;
        self.groups.clear();
        let asks = self.grouping == Grouping::Entity || !filter.names_asked().is_empty();
        if asks && self.what == KeptKind::Annotations && self.names == Names::Unused {
            self.names = Names::Wanted;
        }
        match self.what {
            KeptKind::Annotations => self.arrange_annotations(&filter, kept, list),
            KeptKind::Bookmarks => {
                let passes =
                    |mark: &Bookmark| filter.is_empty() || filter.matches(&Mark::new(mark, list));
                let marks = kept.bookmarks.iter().enumerate().rev();
                self.shown = (marks.filter(|(_, mark)| passes(mark)))
                    .map(|(index, _)| index)
                    .collect();
            }
        }
        self.cursor.selected = self.cursor.selected.min(self.shown.len().saturating_sub(1));
    }

    fn arrange_annotations(&mut self, filter: &Filter, kept: &Kept, list: &ListPane) {
        let passing = (!filter.is_empty()).then(|| {
            let sheet = self.sheet.get_or_insert_with(|| Sheet::new(kept, list));
            sheet.passing(filter, kept, list, &self.named.passing(filter))
        });
        let passes = |note: usize| {
            let passing = passing.as_ref();
            passing.is_none_or(|passing| passing.get(note).copied().unwrap_or(false))
        };
        let order = self.order.get_or_insert_with(|| {
            Order::new((self.grouping, self.sorting), kept, list, &self.named)
        });
        self.shown.clear();
        let mut group_above = None;
        for (group, note) in &order.rows {
            let note = *note as usize;
            if !passes(note) {
                continue;
            }
            if group_above != Some(*group) {
                let name = order.names.get(*group as usize);
                (self.groups).extend(name.map(|name| (self.shown.len(), name.clone())));
                group_above = Some(*group);
            }
            self.shown.push(note);
        }
    }

    /// What is kept or the library changed: everything is made anew, and who is named is asked again where it matters; what was answered holds until then.
    pub fn renew(&mut self, kept: &Kept, list: &ListPane) {
        (self.sheet, self.order) = (None, None);
        if !self.marked.is_empty() {
            let there: HashSet<RecordId> = kept.annotations.iter().map(|note| note.id).collect();
            self.marked.retain(|id| there.contains(id));
        }
        self.names = match self.names {
            Names::Unused => Names::Unused,
            Names::Wanted | Names::Asked => Names::Wanted,
        };
        self.arrange(kept, list);
    }

    /// Whether it is to be asked now who is named in the notes.
    pub fn asks_names(&mut self) -> bool {
        let wanted = self.names == Names::Wanted;
        if wanted {
            self.names = Names::Asked;
        }
        wanted
    }

    /// Takes who is named in the notes.
    pub fn take_names(&mut self, named: Arc<NamedInNotes>, kept: &Kept, list: &ListPane) {
        self.named = named;
        self.order = None;
        self.arrange(kept, list);
    }

    /// Groups by what comes next, and keeps the chosen annotation.
    pub fn regroup(&mut self, kept: &Kept, list: &ListPane) {
        self.grouping = self.grouping.next();
        self.rearrange(kept, list);
    }

    /// Sorts by what comes next, and keeps the chosen annotation.
    pub fn resort(&mut self, kept: &Kept, list: &ListPane) {
        self.sorting = self.sorting.next();
        self.rearrange(kept, list);
    }

    fn rearrange(&mut self, kept: &Kept, list: &ListPane) {
        let chosen = self.shown.get(self.cursor.selected).copied();
        self.order = None;
        self.arrange(kept, list);
        let at = self.shown.iter().position(|index| Some(*index) == chosen);
        self.cursor.selected = at.unwrap_or(0);
    }

    /// The name of the group that begins at a row.
    pub fn group_at(&self, row: usize) -> Option<&str> {
        let index = self.groups.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        self.groups.get(index).map(|(_, name)| &**name)
    }

    /// Marks the chosen annotation or takes its mark off.
    pub fn mark(&mut self, kept: &Kept) {
        if let Some(id) = self.chosen_annotation(kept).map(|note| note.id)
            && !self.marked.remove(&id)
        {
            self.marked.insert(id);
        }
    }

    /// Marks all that are shown, or takes their marks off where all have one.
    pub fn mark_all(&mut self, kept: &Kept) {
        let notes = self
            .shown
            .iter()
            .filter_map(|index| kept.annotations.get(*index));
        let ids: HashSet<RecordId> = notes.map(|note| note.id).collect();
        if ids.is_subset(&self.marked) {
            self.marked.retain(|id| !ids.contains(id));
        } else {
            self.marked.extend(ids);
        }
    }

    /// What a command is about: the marked annotations that are shown, or the chosen one where none is marked. What is not on the screen is never meant.
    pub fn meant<'a>(&self, kept: &'a Kept) -> Vec<&'a Annotation> {
        if self.marked.is_empty() {
            return self.chosen_annotation(kept).into_iter().collect();
        }
        let mut seen = HashSet::new();
        let shown = self.shown.iter();
        let shown = shown.filter_map(|index| kept.annotations.get(*index));
        shown
            .filter(|note| self.marked.contains(&note.id) && seen.insert(note.id))
            .collect()
    }

    /// How many annotations are marked, and how many of them are not shown.
    pub fn n_marked(&self, kept: &Kept) -> (usize, usize) {
        let n_shown = if self.marked.is_empty() {
            0
        } else {
            self.meant(kept).len()
        };
        (self.marked.len(), self.marked.len().saturating_sub(n_shown))
    }

    /// The same list for later, without what can be made again.
    #[must_use]
    pub fn for_later(&self) -> Self {
        Self {
            what: self.what,
            input: self.input.clone(),
            typing: self.typing,
            grouping: self.grouping,
            sorting: self.sorting,
            shown: Vec::new(),
            groups: Vec::new(),
            marked: self.marked.clone(),
            cursor: self.cursor,
            error: None,
            names: Names::Unused,
            named: self.named.clone(),
            sheet: None,
            order: None,
        }
    }

    /// Takes the filter as it stands for finished; whether it can be used.
    pub fn finish(&mut self) -> bool {
        let error = Filter::parse(self.input.text()).err();
        self.error = error.map(|error| error.to_string());
        self.error.is_none()
    }

    /// Where the chosen row leads.
    pub fn chosen_target<'a>(&self, kept: &'a Kept) -> Option<&'a Target> {
        let index = *self.shown.get(self.cursor.selected)?;
        match self.what {
            KeptKind::Annotations => kept
                .annotations
                .get(index)
                .map(|annotation| &annotation.target),
            KeptKind::Bookmarks => kept.bookmarks.get(index).map(|bookmark| &bookmark.target),
        }
    }

    /// The chosen annotation.
    pub fn chosen_annotation<'a>(&self, kept: &'a Kept) -> Option<&'a Annotation> {
        let index = *self.shown.get(self.cursor.selected)?;
        (self.what == KeptKind::Annotations).then(|| kept.annotations.get(index))?
    }

    /// The chosen bookmark.
    pub fn chosen_bookmark<'a>(&self, kept: &'a Kept) -> Option<&'a Bookmark> {
        let index = *self.shown.get(self.cursor.selected)?;
        (self.what == KeptKind::Bookmarks).then(|| kept.bookmarks.get(index))?
    }
}

/// What a bookmark is called in lists.
pub fn bookmark_name(name: &BookmarkName) -> String {
    match name {
        BookmarkName::Local(letter) | BookmarkName::Global(letter) => format!("'{letter}"),
        BookmarkName::Named(name) => name.clone(),
    }
}
