//! The lists of annotations and bookmarks over the whole library.

use super::Cursor;
use crate::annotation::{Annotation, Bookmark, BookmarkName, Target};
use crate::app::input::Input;
use crate::app::list::ListPane;
use crate::app::msg::Kept;
use crate::app::subject::{Mark, Note};
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
    /// Indices into the kept annotations or bookmarks: what is shown, newest first.
    pub shown: Vec<usize>,
    /// The chosen row.
    pub cursor: Cursor,
    /// Why the filter cannot be used.
    pub error: Option<String>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Into the filter.
    Filter,
    /// In the list.
    List,
}

impl KeptList {
    /// The whole list.
    pub fn new(what: KeptKind, kept: &Kept, list: &ListPane) -> Self {
        let mut kept_list = Self {
            what,
            input: Input::default(),
            typing: Typing::List,
            shown: Vec::new(),
            cursor: Cursor::default(),
            error: None,
        };
        kept_list.arrange(kept, list);
        kept_list
    }

    /// Makes `shown` anew after the filter or what is kept changed.
    pub fn arrange(&mut self, kept: &Kept, list: &ListPane) {
        let filter = match Filter::typed(self.input.text()) {
            Ok(filter) => filter,
            Err(error) => {
                self.error = Some(error.to_string());
                return;
            }
        };
        self.error = None;
        self.shown = match self.what {
            KeptKind::Annotations => shown(&kept.annotations, |annotation| {
                filter.matches(&Note::new(annotation, list))
            }),
            KeptKind::Bookmarks => shown(&kept.bookmarks, |bookmark| {
                filter.matches(&Mark::new(bookmark, list))
            }),
        };
        self.cursor.selected = self.cursor.selected.min(self.shown.len().saturating_sub(1));
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
