//! Documents that are nearly the same: folded under the earliest, as long as nothing narrows the list.

use std::collections::HashMap;

use super::ListPane;
use crate::app::timeline::Fold;
use crate::document::DocId;

/// Groups of documents that are nearly the same.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The leader of each document that is in a group, itself among them.
    pub(super) leader: HashMap<DocId, DocId>,
    /// How many others each leader has.
    n_others: HashMap<DocId, usize>,
}

impl Groups {
    fn of(groups: Vec<Vec<DocId>>) -> Self {
        let mut found = Self::default();
        for group in groups {
            let Some(leader) = group.first().copied() else {
                continue;
            };
            found.n_others.insert(leader, group.len() - 1);
            found
                .leader
                .extend(group.into_iter().map(|doc| (doc, leader)));
        }
        found
    }
}

/// Where a document stands among those that are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InGroup {
    /// No other is like it.
    Alone,
    /// It is the earliest; so many others stand under it.
    Leader(usize, Fold),
    /// It stands under the earliest.
    Follower,
}

impl ListPane {
    /// Takes the groups of documents that are nearly the same.
    pub fn take_groups(&mut self, groups: Vec<Vec<DocId>>) {
        self.groups = Groups::of(groups);
        self.arrange();
    }

    /// Where a document stands in a group: its leader with how many others there are, or one of these.
    pub fn in_group(&self, doc: DocId) -> InGroup {
        let Some(leader) = self.groups.leader.get(&doc).filter(|_| self.folds()) else {
            return InGroup::Alone;
        };
        if *leader == doc {
            let n = self.groups.n_others.get(leader).copied().unwrap_or(0);
            let fold = if self.unfolded.contains(leader) {
                Fold::Open
            } else {
                Fold::Closed
            };
            InGroup::Leader(n, fold)
        } else {
            InGroup::Follower
        }
    }

    /// Folds or unfolds the group of the chosen document; false if it is in none.
    pub fn fold(&mut self) -> bool {
        let chosen = self.chosen().map(|listing| listing.id);
        let Some(leader) = chosen.and_then(|doc| self.groups.leader.get(&doc).copied()) else {
            return false;
        };
        if !self.unfolded.insert(leader) {
            self.unfolded.remove(&leader);
            self.wanted = Some(leader);
        }
        self.arrange();
        true
    }

    /// Whether documents that are nearly the same as others are left out: where something narrows the list all that fits is shown.
    pub(super) fn folds(&self) -> bool {
        self.filter.is_empty() && self.entity.is_none() && !self.groups.leader.is_empty()
    }

    /// Behind each leader that is unfolded its others, in their order; those of folded ones nowhere.
    pub(super) fn folded(&self, all: &[u32]) -> Vec<u32> {
        let id = |index: u32| self.documents.get(index as usize).map(|listing| listing.id);
        let mut others: HashMap<DocId, Vec<u32>> = HashMap::new();
        let mut shown = Vec::with_capacity(all.len());
        for index in all {
            match id(*index).and_then(|doc| Some((doc, *self.groups.leader.get(&doc)?))) {
                Some((doc, leader)) if doc != leader && self.by_id.contains_key(&leader) => {
                    others.entry(leader).or_default().push(*index);
                }
                _ => shown.push(*index),
            }
        }
        if self.unfolded.is_empty() {
            return shown;
        }
        let mut unfolded = Vec::with_capacity(all.len());
        for index in shown {
            unfolded.push(index);
            if let Some(doc) = id(index).filter(|doc| self.unfolded.contains(doc)) {
                unfolded.extend(others.remove(&doc).unwrap_or_default());
            }
        }
        unfolded
    }
}
