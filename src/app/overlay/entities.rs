//! Everybody and everything that is named in the library, most mentioned first, narrowed as one types.

use super::Cursor;
use crate::app::input::Input;
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Linked, Links};
use crate::search::fold::Folded;

/// The list of the entities.
#[derive(Debug)]
pub struct EntityList {
    /// What was typed to narrow it.
    pub input: Input,
    /// Which sort is shown.
    pub sort: Sort,
    /// Numbers of the entities shown, in the order of [`Links::entities`].
    pub shown: Vec<u32>,
    /// The chosen row.
    pub cursor: Cursor,
    /// What choosing one does.
    pub purpose: Purpose,
}

/// What choosing an entity does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Its card is opened.
    Look,
    /// It is merged with this one, called so.
    Merge(EntityId, String),
}

/// Which sort of entities is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// All that are marked.
    All,
    /// Those of a type.
    Only(EntityType),
    /// Those the reader hid.
    Hidden,
}

impl Sort {
    /// All, in the order of the key that changes it.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Only(EntityType::Person),
        Self::Only(EntityType::Org),
        Self::Only(EntityType::Place),
        Self::Hidden,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Only(EntityType::Person) => "people",
            Self::Only(EntityType::Org) => "organisations",
            Self::Only(EntityType::Place) => "places",
            Self::Hidden => "hidden",
        }
    }

    /// The next one, or the one before.
    #[must_use]
    pub fn moved(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or(0);
        let to = (at as isize + by).rem_euclid(Self::ALL.len() as isize);
        Self::ALL.get(to as usize).copied().unwrap_or(self)
    }

    fn takes(self, entity: &Linked) -> bool {
        match self {
            Self::All => !entity.hidden,
            Self::Only(kind) => !entity.hidden && entity.kind == kind,
            Self::Hidden => entity.hidden,
        }
    }
}

impl EntityList {
    /// The whole list.
    pub fn new(purpose: Purpose, links: &Links) -> Self {
        let mut list = Self {
            input: Input::default(),
            sort: Sort::All,
            shown: Vec::new(),
            cursor: Cursor::default(),
            purpose,
        };
        list.arrange(links);
        list
    }

    /// Makes `shown` anew after the filter or the entities changed: every word typed stands in one of the names, whatever its case and accents.
    pub fn arrange(&mut self, links: &Links) {
        let typed = Folded::new(self.input.text());
        let words: Vec<&str> = typed.text().split_whitespace().collect();
        let itself = match &self.purpose {
            Purpose::Look => None,
            Purpose::Merge(entity, _) => links.entity(entity).map(|entity| &entity.id),
        };
        let fits = |name: &str| {
            let folded = Folded::new(name);
            words.iter().all(|word| folded.text().contains(word))
        };
        self.shown = links
            .entities()
            .iter()
            .enumerate()
            .filter(|(_, entity)| {
                entity.mentions > 0 && self.sort.takes(entity) && Some(&entity.id) != itself
            })
            .filter(|(_, entity)| {
                words.is_empty()
                    || fits(&entity.name)
                    || entity.members.iter().any(|member| fits(&member.name))
            })
            .map(|(index, _)| index as u32)
            .collect();
        self.cursor.selected = self.cursor.selected.min(self.shown.len().saturating_sub(1));
    }

    /// The chosen entity.
    pub fn chosen<'a>(&self, links: &'a Links) -> Option<&'a Linked> {
        let index = *self.shown.get(self.cursor.selected)?;
        links.entities().get(index as usize)
    }
}
