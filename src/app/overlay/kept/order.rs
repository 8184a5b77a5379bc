//! All annotations in the order of a grouping: made once for a grouping, so that a filter leaves rows out and sorts nothing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::{Grouping, Sorting};
use crate::annotation::{Annotation, Colour};
use crate::app::list::ListPane;
use crate::app::msg::Kept;
use crate::app::named::NamedInNotes;
use crate::document::{DocId, Edtf};

const ELSEWHERE: &str = "a document not in this library";
const UNTAGGED: &str = "without a tag";
const NAMELESS: &str = "nobody and nothing is named";
const UNDATED: &str = "without a date";

/// Annotations in order, with their groups; one with two tags stands in both groups.
#[derive(Debug)]
pub(super) struct Order {
    /// The number of a group, ascending, and that of an annotation.
    pub(super) rows: Vec<(u32, u32)>,
    /// What the groups are called; none where nothing is grouped.
    pub(super) names: Vec<Arc<str>>,
}

impl Order {
    pub(super) fn new(
        (grouping, sorting): (Grouping, Sorting),
        kept: &Kept,
        list: &ListPane,
        named: &NamedInNotes,
    ) -> Self {
        let notes = &kept.annotations;
        let sorted = sorted(sorting, notes, list);
        let sorted_notes = || {
            let pair = |index: &u32| Some((*index, notes.get(*index as usize)?));
            sorted.iter().filter_map(pair)
        };
        match grouping {
            Grouping::Newest => Self {
                rows: sorted.into_iter().map(|note| (0, note)).collect(),
                names: Vec::new(),
            },
            Grouping::Document => {
                let title = |doc| {
                    let listing = list.listing(doc);
                    listing.map_or_else(|| ELSEWHERE.into(), |known| known.title.clone())
                };
                // In a document the notes stand as in its text, if the reader wants no other order.
                let place = |note: &Annotation| match sorting {
                    Sorting::Newest | Sorting::Place => note.target.position.start,
                    Sorting::Changed => 0,
                };
                by_document(sorted_notes(), notes, title, place)
            }
            Grouping::Date => {
                let date = |doc| {
                    let published = list.listing(doc).and_then(|known| known.published.as_ref());
                    published.map_or(UNDATED.into(), |date| Edtf::as_str(date).into())
                };
                by_document(sorted_notes(), notes, date, |_| 0)
            }
            Grouping::Tag => {
                let mut groups = Groups::default();
                for (index, note) in sorted_notes() {
                    if note.body.tags.is_empty() {
                        groups.add(UNTAGGED, index, || UNTAGGED.into());
                    }
                    for tag in &note.body.tags {
                        groups.add(tag.as_str(), index, || format!("#{tag}").into());
                    }
                }
                groups.in_order()
            }
            Grouping::Entity => {
                let mut groups = Groups::default();
                for (index, note) in sorted_notes() {
                    let found = named.of(note.id);
                    if found.is_empty() {
                        groups.add(NAMELESS, index, || NAMELESS.into());
                    }
                    for name in found {
                        groups.add(name, index, || name.clone());
                    }
                }
                groups.in_order()
            }
            Grouping::Colour => {
                let mut groups = Groups::default();
                for (index, note) in sorted_notes() {
                    let colour: Colour = note.body.colour;
                    groups.add(colour.as_str(), index, || colour.as_str().into());
                }
                groups.in_order()
            }
        }
    }
}

/// The numbers of all annotations in an order.
fn sorted(sorting: Sorting, notes: &[Annotation], list: &ListPane) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..notes.len() as u32).collect();
    let note = |index: &u32| notes.get(*index as usize);
    // What is not saved yet was made last.
    let unsaved = |note: &Annotation| (note.id.0 < 0).then_some(Reverse(note.id.0));
    match sorting {
        Sorting::Newest => sorted.sort_by_cached_key(|index| {
            note(index).map(|note| Reverse((unsaved(note), note.created, note.id.0)))
        }),
        Sorting::Changed => sorted.sort_by_cached_key(|index| {
            note(index).map(|note| Reverse((unsaved(note), note.modified, note.id.0)))
        }),
        Sorting::Place => {
            let listing = |note: &Annotation| list.listing(note.target.doc);
            sorted.sort_by_cached_key(|index| {
                let note = note(index)?;
                let title = listing(note).map(|known| known.title.clone());
                let place = (note.target.doc, note.target.position.start);
                Some((title.is_none(), title, place, note.id.0))
            });
        }
    }
    sorted
}

/// In groups that documents are in, and in each by `place`.
fn by_document<'a>(
    sorted: impl Iterator<Item = (u32, &'a Annotation)>,
    notes: &[Annotation],
    name: impl Fn(DocId) -> Arc<str>,
    place: impl Fn(&Annotation) -> u32,
) -> Order {
    let mut of_document: HashMap<DocId, u32> = HashMap::new();
    let mut groups = Groups::default();
    for (index, note) in sorted {
        let doc = note.target.doc;
        let known = of_document.get(&doc).copied();
        let group = known.unwrap_or_else(|| {
            let name = name(doc);
            let group = groups.group(&name, || name.clone());
            of_document.insert(doc, group);
            group
        });
        groups.rows.push((group, index));
    }
    let at = |index: u32| notes.get(index as usize).map_or(0, &place);
    let mut order = groups.in_order();
    // Stable: those at one place stay as they were sorted.
    order
        .rows
        .sort_by_key(|(group, index)| (*group, at(*index)));
    order
}

/// Groups as they come up.
#[derive(Default)]
struct Groups {
    numbers: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
    rows: Vec<(u32, u32)>,
}

impl Groups {
    /// The number of a group, by what it is known by and is called.
    fn group(&mut self, key: &str, name: impl FnOnce() -> Arc<str>) -> u32 {
        if let Some(known) = self.numbers.get(key) {
            return *known;
        }
        let number = self.names.len() as u32;
        self.names.push(name());
        self.numbers.insert(key.into(), number);
        number
    }

    fn add(&mut self, key: &str, note: u32, name: impl FnOnce() -> Arc<str>) {
        let group = self.group(key, name);
        self.rows.push((group, note));
    }

    /// The groups by name, each with its annotations as they came.
    fn in_order(self) -> Order {
        let mut by_name: Vec<(Arc<str>, u32)> = self.names.into_iter().zip(0..).collect();
        by_name.sort();
        let mut rank = vec![0_u32; by_name.len()];
        for ((_, number), place) in by_name.iter().zip(0..) {
            if let Some(slot) = rank.get_mut(*number as usize) {
                *slot = place;
            }
        }
        let mut rows = self.rows;
        for (group, _) in &mut rows {
            *group = rank.get(*group as usize).copied().unwrap_or(0);
        }
        rows.sort_by_key(|(group, _)| *group);
        Order {
            rows,
            names: by_name.into_iter().map(|(name, _)| name).collect(),
        }
    }
}
