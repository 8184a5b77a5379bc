//! The lists of annotations and bookmarks over the whole library: narrowed by a query, in groups, several rows marked to be changed at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Cursor;
use crate::annotation::{Annotation, Bookmark, BookmarkName, RecordId, Target};
use crate::app::input::Input;
use crate::app::list::ListPane;
use crate::app::msg::Kept;
use crate::app::named::NamedInNotes;
use crate::app::subject::{Mark, Note};
use crate::document::{DocId, Edtf};
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
    /// Indices into the kept annotations or bookmarks: what is shown, in groups, newest first; an annotation with two tags stands in both groups.
    pub shown: Vec<usize>,
    /// Where in `shown` each group begins, and what it is called; none where nothing is grouped.
    pub groups: Vec<(usize, String)>,
    /// Annotations to be changed together.
    pub marked: HashSet<RecordId>,
    /// The chosen row.
    pub cursor: Cursor,
    /// Why the filter cannot be used.
    pub error: Option<String>,
    names: Names,
    /// Who is named in the notes, as last answered.
    named: NamedInNotes,
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
            shown: Vec::new(),
            groups: Vec::new(),
            marked: HashSet::new(),
            cursor: Cursor::default(),
            error: None,
            names: Names::default(),
            named: NamedInNotes::default(),
        };
        kept_list.arrange(kept, list);
        kept_list
    }

    /// Makes `shown` anew after the filter, the grouping or what is kept changed.
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
        let named = self.named.passing(&filter);
        match self.what {
            KeptKind::Annotations => {
                let shown = shown(&kept.annotations, |annotation| {
                    filter.is_empty() || filter.matches(&Note::new(annotation, kept, list, &named))
                });
                self.group(shown, kept, list);
            }
            KeptKind::Bookmarks => {
                self.shown = shown(&kept.bookmarks, |bookmark| {
                    filter.is_empty() || filter.matches(&Mark::new(bookmark, list))
                });
            }
        }
        self.cursor.selected = self.cursor.selected.min(self.shown.len().saturating_sub(1));
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
    pub fn take_names(&mut self, named: NamedInNotes, kept: &Kept, list: &ListPane) {
        self.named = named;
        self.arrange(kept, list);
    }

    /// The notes or the library changed: who is named is asked again where it matters, and what was answered holds until then.
    pub fn renew_names(&mut self) {
        self.names = match self.names {
            Names::Unused => Names::Unused,
            Names::Wanted | Names::Asked => Names::Wanted,
        };
    }

    fn group(&mut self, shown: Vec<usize>, kept: &Kept, list: &ListPane) {
        if self.grouping == Grouping::Newest {
            self.shown = shown;
            return;
        }
        let mut of_document: HashMap<DocId, Arc<str>> = HashMap::new();
        // What it is sorted by, and how the group is called.
        let mut rows: Vec<((Arc<str>, u32), usize)> = Vec::with_capacity(shown.len());
        for index in shown {
            let Some(note) = kept.annotations.get(index) else {
                continue;
            };
            let doc = note.target.doc;
            match self.grouping {
                Grouping::Newest => {}
                Grouping::Document => {
                    let title = || {
                        list.listing(doc)
                            .map_or(ELSEWHERE.into(), |known| known.title.clone())
                    };
                    let name = of_document.entry(doc).or_insert_with(title).clone();
                    rows.push(((name, note.target.position.start), index));
                }
                Grouping::Date => {
                    let date = || {
                        let published =
                            list.listing(doc).and_then(|known| known.published.as_ref());
                        published.map_or(UNDATED.into(), |date| Edtf::as_str(date).into())
                    };
                    let name = of_document.entry(doc).or_insert_with(date).clone();
                    rows.push(((name, 0), index));
                }
                Grouping::Tag if note.body.tags.is_empty() => {
                    rows.push(((UNTAGGED.into(), 0), index));
                }
                Grouping::Tag => {
                    let tags = note.body.tags.iter();
                    rows.extend(tags.map(|tag| ((format!("#{tag}").into(), 0), index)));
                }
                Grouping::Entity => {
                    let found = self.named.of(note.id);
                    if found.is_empty() {
                        rows.push(((NAMELESS.into(), 0), index));
                    }
                    rows.extend(found.iter().map(|name| ((name.clone(), 0), index)));
                }
                Grouping::Colour => {
                    rows.push(((note.body.colour.as_str().into(), 0), index));
                }
            }
        }
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.shown = rows.iter().map(|(_, index)| *index).collect();
        let mut group: Option<&str> = None;
        for (at, ((name, _), _)) in rows.iter().enumerate() {
            if group != Some(name) {
                self.groups.push((at, name.to_string()));
                group = Some(name);
            }
        }
    }

    /// Groups by what comes next, and keeps the chosen annotation.
    pub fn regroup(&mut self, kept: &Kept, list: &ListPane) {
        let chosen = self.shown.get(self.cursor.selected).copied();
        self.grouping = self.grouping.next();
        self.arrange(kept, list);
        let at = self.shown.iter().position(|index| Some(*index) == chosen);
        self.cursor.selected = at.unwrap_or(0);
    }

    /// The name of the group that begins at a row.
    pub fn group_at(&self, row: usize) -> Option<&str> {
        let index = self.groups.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        self.groups.get(index).map(|(_, name)| name.as_str())
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

    /// What a command is about: the marked annotations, or else the chosen one.
    pub fn meant<'a>(&self, kept: &'a Kept) -> Vec<&'a Annotation> {
        if self.marked.is_empty() {
            return self.chosen_annotation(kept).into_iter().collect();
        }
        let marked = |note: &&Annotation| self.marked.contains(&note.id);
        kept.annotations.iter().filter(marked).collect()
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

const ELSEWHERE: &str = "a document not in this library";
const UNTAGGED: &str = "without a tag";
const NAMELESS: &str = "nobody and nothing is named";
const UNDATED: &str = "without a date";

fn shown<T>(items: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    (0..items.len())
        .rev()
        .filter(|index| items.get(*index).is_some_and(&wanted))
        .collect()
}

/// What a bookmark is called in lists.
pub fn bookmark_name(name: &BookmarkName) -> String {
    match name {
        BookmarkName::Local(letter) | BookmarkName::Global(letter) => format!("'{letter}"),
        BookmarkName::Named(name) => name.clone(),
    }
}
