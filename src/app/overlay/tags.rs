//! The tags of the library: how often each is used, what it means, whether it is controlled.

use std::collections::HashMap;

use super::Cursor;
use super::kept::Typing;
use crate::annotation::Tag;
use crate::app::input::Input;
use crate::app::msg::Kept;
use crate::search::fold::fold;

/// The list of tags.
#[derive(Debug, Default)]
pub struct TagList {
    /// What was typed to narrow it: words of the name or of what it means.
    pub input: Input,
    /// Whether keys go to the input.
    pub typing: Typing,
    /// Those shown: the controlled ones first, then by how often they are used.
    pub shown: Vec<TagRow>,
    /// How many there are in all.
    pub n_all: usize,
    /// The chosen row.
    pub cursor: Cursor,
}

/// A tag of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    /// The tag.
    pub tag: Tag,
    /// Notes that have it.
    pub uses: usize,
}

impl TagList {
    /// The whole list.
    pub fn new(kept: &Kept) -> Self {
        let mut list = Self::default();
        list.arrange(kept);
        list
    }

    /// Makes `shown` anew after the filter or the tags changed, and keeps the chosen one.
    pub fn arrange(&mut self, kept: &Kept) {
        let chosen = self.chosen().map(|row| row.tag.name.clone());
        let all = rows(kept);
        self.n_all = all.len();
        let typed = fold(self.input.text()).into_owned();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |row: &TagRow| {
            let text = fold(&format!("{} {}", row.tag.name, row.tag.description)).into_owned();
            words.iter().all(|word| text.contains(word))
        };
        self.shown = all.into_iter().filter(|row| fits(row)).collect();
        let at = |name: &String| self.shown.iter().position(|row| row.tag.name == *name);
        let at = chosen.as_ref().and_then(at);
        let last = self.shown.len().saturating_sub(1);
        self.cursor.selected = at.unwrap_or(self.cursor.selected).min(last);
    }

    /// The chosen tag.
    pub fn chosen(&self) -> Option<&TagRow> {
        self.shown.get(self.cursor.selected)
    }

    /// Chooses the tag with this name, if it is shown.
    pub fn choose(&mut self, name: &str) {
        let at = self.shown.iter().position(|row| row.tag.name == name);
        self.cursor.selected = at.unwrap_or(self.cursor.selected);
    }
}

/// Every tag that is used or was said something about.
pub fn rows(kept: &Kept) -> Vec<TagRow> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for tag in kept.annotations.iter().flat_map(|note| &note.body.tags) {
        *uses.entry(tag).or_default() += 1;
    }
    let mut rows: Vec<TagRow> = kept
        .vocabulary
        .iter()
        .map(|tag| TagRow {
            tag: tag.clone(),
            uses: uses.remove(tag.name.as_str()).unwrap_or(0),
        })
        .collect();
    rows.extend(uses.into_iter().map(|(name, uses)| TagRow {
        tag: Tag::plain(name),
        uses,
    }));
    rows.sort_by(|a, b| {
        let rank = |row: &TagRow| (!row.tag.control.is_controlled(), usize::MAX - row.uses);
        rank(a)
            .cmp(&rank(b))
            .then_with(|| a.tag.name.cmp(&b.tag.name))
    });
    rows
}
