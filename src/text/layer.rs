use serde::{Deserialize, Serialize};

use super::TextRange;

/// Ranges of one text with a value each, in order of start, then end.
///
/// Items may overlap and nest. Look-ups take O(log n + k) when no item is much longer than the rest: the longest
/// length is kept, so that a look-up knows how far back it must start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer<T> {
    items: Vec<(TextRange, T)>,
    longest: u32,
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            longest: 0,
        }
    }
}

impl<T> FromIterator<(TextRange, T)> for Layer<T> {
    fn from_iter<I: IntoIterator<Item = (TextRange, T)>>(items: I) -> Self {
        let mut items: Vec<_> = items.into_iter().collect();
        items.sort_by_key(|(range, _)| *range);
        let longest = items
            .iter()
            .map(|(range, _)| range.len())
            .max()
            .unwrap_or(0);
        Self { items, longest }
    }
}

impl<'a, T> IntoIterator for &'a Layer<T> {
    type Item = &'a (TextRange, T);
    type IntoIter = std::slice::Iter<'a, (TextRange, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T> Layer<T> {
    /// All items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (TextRange, T)> {
        self.items.iter()
    }

    /// The item at `index` in text order.
    pub fn get(&self, index: usize) -> Option<&(TextRange, T)> {
        self.items.get(index)
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items, taken out.
    pub fn into_items(self) -> Vec<(TextRange, T)> {
        self.items
    }

    /// Adds the items of another layer; cheap where they all come after those that are here.
    pub fn append(&mut self, later: Self) {
        let in_order = match (self.items.last(), later.items.first()) {
            (Some((last, _)), Some((first, _))) => last <= first,
            (None, _) | (_, None) => true,
        };
        self.longest = self.longest.max(later.longest);
        self.items.extend(later.items);
        if !in_order {
            self.items.sort_by_key(|(range, _)| *range);
        }
    }

    /// Items that share a byte with `range`, in order.
    pub fn within(&self, range: TextRange) -> impl Iterator<Item = &(TextRange, T)> {
        let reach = range.start.saturating_sub(self.longest);
        let first = self.items.partition_point(|(item, _)| item.start < reach);
        let rest = self.items.get(first..).unwrap_or_default();
        rest.iter()
            .take_while(move |(item, _)| item.start < range.end)
            .filter(move |(item, _)| item.overlaps(range))
    }

    /// Items that cover the byte at `at`, in order.
    pub fn at(&self, at: u32) -> impl Iterator<Item = &(TextRange, T)> {
        self.within(TextRange::new(at, at.saturating_add(1)))
    }

    /// The first item that starts after `at`.
    pub fn next_after(&self, at: u32) -> Option<&(TextRange, T)> {
        self.items
            .get(self.items.partition_point(|(item, _)| item.start <= at))
    }

    /// The last item that starts before `at`.
    pub fn last_before(&self, at: u32) -> Option<&(TextRange, T)> {
        self.items
            .partition_point(|(item, _)| item.start < at)
            .checked_sub(1)
            .and_then(|index| self.items.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer() -> Layer<char> {
        [
            (TextRange::new(4, 6), 'b'),
            (TextRange::new(0, 9), 'a'),
            (TextRange::new(8, 12), 'c'),
        ]
        .into_iter()
        .collect()
    }

    fn names<'a>(items: impl Iterator<Item = &'a (TextRange, char)>) -> String {
        items.map(|(_, name)| *name).collect()
    }

    #[test]
    fn at_and_within_find_nested_and_overlapping_items() {
        assert_eq!(names(layer().at(5)), "ab");
        assert_eq!(names(layer().at(8)), "ac");
        assert_eq!(names(layer().within(TextRange::new(9, 20))), "c");
    }

    #[test]
    fn appended_items_are_in_order_wherever_they_come_from() {
        let mut all = layer();
        all.append([(TextRange::new(20, 22), 'e')].into_iter().collect());
        all.append([(TextRange::new(1, 3), 'd')].into_iter().collect());
        assert_eq!(names(all.iter()), "adbce");
        assert_eq!(names(all.at(21)), "e");
    }

    #[test]
    fn neighbours_are_found_by_start() {
        assert_eq!(layer().next_after(4).map(|item| item.1), Some('c'));
        assert_eq!(layer().last_before(4).map(|item| item.1), Some('a'));
        assert_eq!(layer().last_before(0), None);
    }
}
