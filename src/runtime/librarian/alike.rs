//! Which documents of the library are nearly the same.

use jiff::civil::Date;

use super::Librarian;
use crate::app::msg::Outcome;
use crate::trace::sketch::{Sketch, near_duplicates};

impl Librarian {
    /// Which documents are nearly the same, told after the list so that nobody waits for it.
    pub(super) fn tell_groups(&self) {
        let sketches = self
            .catalogue
            .sketches(self.collection.key())
            .unwrap_or_default();
        let texts: Vec<(Sketch, Option<Date>)> = sketches
            .iter()
            .map(|(_, sketch, published)| {
                let day = published.as_ref().and_then(|date| date.interval().earliest);
                (*sketch, day)
            })
            .collect();
        let groups = near_duplicates(&texts).into_iter().map(|group| {
            let docs = group.iter().filter_map(|number| sketches.get(*number));
            docs.map(|(doc, ..)| *doc).collect()
        });
        self.tell(Outcome::Alike(groups.collect()));
    }
}
