//! The document list: what is shown of the library, in which order, and which document is chosen. What is nearly the same is folded away in [`groups`].

pub mod groups;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use self::groups::Groups;
use super::msg::Listings;
use super::named::NamedInDocuments;
use super::subject::Shelved;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::Listing;
use crate::search::query::Filter;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By publication date; undated documents last, in a group of their own.
    #[default]
    Date,
    /// By title.
    Title,
    /// By file name.
    Name,
    /// Last added first.
    Added,
}

impl Order {
    /// All, in the order of the key that changes it.
    pub const ALL: [Self; 4] = [Self::Date, Self::Title, Self::Name, Self::Added];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Name => "name",
            Self::Added => "added",
        }
    }
}

/// The document list.
#[derive(Debug, Default)]
pub struct ListPane {
    /// All documents known so far.
    pub documents: Vec<Listing>,
    /// How many there are, also those not loaded yet.
    pub total: usize,
    /// Indices into `documents`: what is shown, in order.
    pub shown: Vec<u32>,
    /// The first of `shown` without a date, when the order is by date.
    pub first_undated: Option<usize>,
    /// Index into `shown`.
    pub selected: usize,
    /// The first row on the screen, counted as [`ListPane::row_of`] does.
    pub top: usize,
    /// The order.
    pub order: Order,
    /// What was typed to narrow the list.
    pub filter: String,
    /// Why `filter` cannot be used as it stands.
    pub filter_error: Option<String>,
    /// Only documents that name an entity: which, and how often.
    pub entity: Option<(EntityId, HashMap<DocId, u32>)>,
    /// Which documents name what the filter asks for.
    pub named: NamedInDocuments,
    /// How much of each was read, from 0 to 100.
    pub read: HashMap<DocId, u8>,
    /// How many annotations each has.
    pub notes: HashMap<DocId, u32>,
    /// The tags of what was written on each.
    pub tags: HashMap<DocId, Vec<String>>,
    /// Files that could not be read.
    pub problems: Vec<String>,
    /// Groups of documents that are nearly the same, as last told: each with its leader first, the earliest.
    groups: Groups,
    /// The groups that are unfolded, by their leaders.
    unfolded: HashSet<DocId>,
    /// How often the documents have come: a number that changes with the library.
    pub told: u64,
    by_id: HashMap<DocId, u32>,
    /// Indices into `documents`: all of them in the order, so that a filter need not sort.
    ranked: Vec<u32>,
    /// The place of each document in `ranked`; `shown` ascends by it.
    rank: Vec<u32>,
    ranked_by: Option<Order>,
    /// The document chosen last: chosen again when a filter shows it again, and until then the row nearest to it is.
    wanted: Option<DocId>,
}

impl ListPane {
    /// Takes what there is in the library; the chosen document stays chosen.
    pub fn take(&mut self, listings: Listings) {
        if self.wanted.is_none() {
            self.wanted = self.chosen().map(|listing| listing.id);
        }
        let above = self.row_of(self.selected).saturating_sub(self.top);
        self.total = listings.total.max(listings.documents.len());
        self.documents = listings.documents;
        self.by_id = self
            .documents
            .iter()
            .enumerate()
            .map(|(index, listing)| (listing.id, index as u32))
            .collect();
        self.read.extend(listings.read);
        self.problems = listings.problems;
        self.told += 1;
        self.ranked_by = None;
        self.arrange();
        // Documents may have come in above: the chosen one keeps its row on the screen.
        self.top = self.row_of(self.selected).saturating_sub(above);
    }

    /// The chosen document.
    pub fn chosen(&self) -> Option<&Listing> {
        self.shown
            .get(self.selected)
            .and_then(|index| self.documents.get(*index as usize))
    }

    /// The document with this id.
    pub fn listing(&self, doc: DocId) -> Option<&Listing> {
        self.by_id
            .get(&doc)
            .and_then(|index| self.documents.get(*index as usize))
    }

    /// Changes a document's listing in place.
    pub fn update(&mut self, doc: DocId, change: impl FnOnce(&mut Listing)) {
        if let Some(listing) = self
            .by_id
            .get(&doc)
            .and_then(|index| self.documents.get_mut(*index as usize))
        {
            change(listing);
            self.ranked_by = None;
            self.arrange();
        }
    }

    /// Chooses a document; while a filter hides it, the nearest row that is shown.
    pub fn select(&mut self, doc: DocId) {
        self.wanted = Some(doc);
        self.find_wanted();
    }

    /// Chooses the shown document at `row`, if there is one.
    pub fn choose(&mut self, row: usize) {
        if row < self.shown.len() {
            self.selected = row;
            self.wanted = self.chosen().map(|listing| listing.id);
        }
    }

    fn find_wanted(&mut self) {
        let mut wanted = self.wanted;
        if self.folds() {
            let leader = wanted.and_then(|doc| self.groups.leader.get(&doc).copied());
            // What is folded away is chosen with what it stands under.
            if let Some(leader) = leader.filter(|leader| !self.unfolded.contains(leader)) {
                wanted = Some(leader);
            }
        }
        if let Some(index) = wanted.and_then(|doc| self.by_id.get(&doc).copied()) {
            // Documents that stand under another are out of the order.
            let exact = if self.folds() {
                self.shown.iter().position(|shown| *shown == index)
            } else {
                None
            };
            let rank_of = |index: u32| self.rank.get(index as usize).copied();
            if let (None, Some(wanted)) = (exact, rank_of(index)) {
                let next = self
                    .shown
                    .partition_point(|shown| rank_of(*shown).is_some_and(|rank| rank < wanted));
                self.selected = self.nearer(index, next);
            }
            self.selected = exact.unwrap_or(self.selected);
        }
        self.selected = self.selected.min(self.shown.len().saturating_sub(1));
    }

    /// Of the shown rows before and at `next` the one nearer in time to a document that is not shown, where they stand in that order.
    fn nearer(&self, wanted: u32, next: usize) -> usize {
        let day = |index: u32| self.documents.get(index as usize).and_then(first_day);
        let distance = |row: usize| {
            let days = day(wanted)?.until(day(*self.shown.get(row)?)?).ok()?;
            Some(days.get_days().unsigned_abs())
        };
        let is_it = self.shown.get(next) == Some(&wanted);
        match next.checked_sub(1) {
            Some(before) if !is_it && self.order == Order::Date => {
                match (distance(before), distance(next)) {
                    (Some(back), Some(on)) if back < on => before,
                    (Some(_), None) => before,
                    _ => next,
                }
            }
            _ => next,
        }
    }

    /// The shown document `by` rows after the chosen one, as far as there are any.
    pub fn neighbour(&self, by: i64) -> Option<DocId> {
        let last = self.shown.len().checked_sub(1)? as i64;
        let row = (self.selected as i64).saturating_add(by).clamp(0, last) as usize;
        self.shown
            .get(row)
            .and_then(|index| self.documents.get(*index as usize))
            .map(|listing| listing.id)
    }

    /// The first wanted one of the documents shown after this.
    pub fn after(&self, doc: DocId, wanted: impl Fn(DocId) -> bool) -> Option<DocId> {
        let place = self.place_of(doc)?;
        let below = self.shown.get(place + 1..).unwrap_or_default();
        below
            .iter()
            .find_map(|index| self.id_of(*index).filter(|doc| wanted(*doc)))
    }

    /// The last wanted one of the documents shown before this.
    pub fn before(&self, doc: DocId, wanted: impl Fn(DocId) -> bool) -> Option<DocId> {
        let above = self.shown.get(..self.place_of(doc)?).unwrap_or_default();
        let mut above = above.iter().rev();
        above.find_map(|index| self.id_of(*index).filter(|doc| wanted(*doc)))
    }

    fn place_of(&self, doc: DocId) -> Option<usize> {
        let mut shown = self.shown.iter();
        shown.position(|index| self.id_of(*index) == Some(doc))
    }

    fn id_of(&self, index: u32) -> Option<DocId> {
        self.documents.get(index as usize).map(|listing| listing.id)
    }

    /// Makes `shown` anew after the documents, the order or a filter changed.
    pub fn arrange(&mut self) {
        let filter = match Filter::typed(&self.filter) {
            Ok(filter) => {
                self.filter_error = None;
                filter
            }
            Err(error) => {
                self.filter_error = Some(error.to_string());
                return;
            }
        };
        self.named.want(&filter);
        if self.ranked_by != Some(self.order) {
            self.rank();
        } else if self.named.waits() {
            // What is shown stays until it is known who is named where.
            return;
        }
        let documents = &self.documents;
        let named = |listing: &Listing| {
            self.entity
                .as_ref()
                .is_none_or(|(_, documents)| documents.contains_key(&listing.id))
        };
        let listing = |index: &u32| documents.get(*index as usize);
        let passes = |listing: &Listing| {
            let tags = self.tags.get(&listing.id).map_or(&[][..], Vec::as_slice);
            filter.matches(&Shelved {
                listing,
                tags,
                named: &self.named,
            })
        };
        self.shown = self
            .ranked
            .iter()
            .filter(|index| listing(index).is_some_and(|listing| named(listing) && passes(listing)))
            .copied()
            .collect();
        if self.folds() {
            self.shown = self.folded(&self.shown);
        }
        let dated = |index: &u32| {
            let leader = |listing: &Listing| {
                let leader = self.groups.leader.get(&listing.id);
                leader.and_then(|leader| self.listing(*leader))
            };
            listing(index).is_some_and(|listing| {
                // One that stands under another stands where that does.
                let placed = self.folds().then(|| leader(listing)).flatten();
                first_day(placed.unwrap_or(listing)).is_some()
            })
        };
        self.first_undated = (self.order == Order::Date)
            .then(|| self.shown.partition_point(dated))
            .filter(|first| *first < self.shown.len());
        self.find_wanted();
    }

    /// Sorts all documents.
    fn rank(&mut self) {
        let documents = &self.documents;
        let key = |index: &u32| documents.get(*index as usize);
        let mut ranked: Vec<u32> = (0..documents.len() as u32).collect();
        match self.order {
            Order::Date => ranked.sort_by_cached_key(|index| {
                key(index).map(|listing| {
                    let day = first_day(listing);
                    (day.is_none(), day, listing.locator.clone())
                })
            }),
            Order::Title => ranked
                .sort_by_cached_key(|index| key(index).map(|listing| listing.title.to_lowercase())),
            Order::Name => ranked.sort_by(|a, b| {
                key(a)
                    .map(|listing| &listing.locator)
                    .cmp(&key(b).map(|listing| &listing.locator))
            }),
            Order::Added => ranked.sort_by_cached_key(|index| {
                key(index)
                    .map(|listing| (std::cmp::Reverse(listing.added), listing.locator.clone()))
            }),
        }
        self.rank = vec![0; ranked.len()];
        for (place, index) in ranked.iter().enumerate() {
            if let Some(rank) = self.rank.get_mut(*index as usize) {
                *rank = place as u32;
            }
        }
        self.ranked = ranked;
        self.ranked_by = Some(self.order);
    }

    /// Rows of the pane: the documents, and a heading above the undated.
    pub fn n_rows(&self) -> usize {
        self.shown.len() + usize::from(self.first_undated.is_some())
    }

    /// The row of a shown document, counting the heading above the undated.
    pub fn row_of(&self, shown: usize) -> usize {
        shown + usize::from(self.first_undated.is_some_and(|first| shown >= first))
    }

    /// Scrolls so that the chosen row is among `height` rows.
    pub fn settle(&mut self, height: usize) {
        let row = self.row_of(self.selected);
        let margin = (height / 6).min(3);
        let lowest = (row + margin + 1).saturating_sub(height);
        let highest = row.saturating_sub(margin);
        self.top = self
            .top
            .clamp(lowest.min(highest), highest)
            .min(self.n_rows().saturating_sub(height));
    }
}

fn first_day(listing: &Listing) -> Option<Date> {
    listing
        .published
        .as_ref()
        .and_then(|published| published.interval().earliest)
}
