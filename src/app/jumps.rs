//! Where jumps began, so that the reader can go back and forward again, and what floated over the text there.

use super::overlay::Overlay;
use crate::document::DocId;

/// A place in a document.
pub type Stop = (DocId, u32);

/// The places left by jumps, oldest first, and where in them the reader is.
#[derive(Debug, Default)]
pub struct JumpList {
    stops: Vec<Stop>,
    /// Index of the stop shown after going back; the length when at the present place.
    now: usize,
    /// Cards and lists that a jump was made from, undermost first, with the place they floated over; the latest last.
    shelf: Vec<(Stop, Vec<Overlay>)>,
}

const MOST: usize = 200;
/// Jumps whose cards are kept.
const MOST_SHELVED: usize = 8;

impl JumpList {
    /// Notes the place a jump leaves; what was ahead is forgotten.
    pub fn leave(&mut self, from: Stop) {
        self.shelf.retain(|(stop, _)| *stop != from);
        self.stops.truncate(self.now);
        self.stops.retain(|stop| *stop != from);
        self.stops.push(from);
        if self.stops.len() > MOST {
            self.stops.remove(0);
        }
        self.now = self.stops.len();
    }

    /// Notes the place a jump leaves and what floated over it, to be found there again.
    pub fn leave_with(&mut self, from: Stop, overlays: Vec<Overlay>) {
        self.leave(from);
        if overlays.is_empty() {
            return;
        }
        self.shelf.push((from, overlays));
        if self.shelf.len() > MOST_SHELVED {
            self.shelf.remove(0);
        }
    }

    /// What floated over the place a jump began at; it is given once.
    pub fn unshelve(&mut self, stop: Stop) -> Vec<Overlay> {
        let place = self.shelf.iter().position(|(known, _)| *known == stop);
        place.map_or_else(Vec::new, |place| self.shelf.remove(place).1)
    }

    /// All that is kept of what floated over places left.
    pub fn shelved_mut(&mut self) -> impl Iterator<Item = &mut Overlay> {
        self.shelf.iter_mut().flat_map(|(_, overlays)| overlays)
    }

    /// The place before, seen from `here`.
    pub fn back(&mut self, here: Stop) -> Option<Stop> {
        // A card may lead to the very place it was opened at.
        let led_here = self.now == self.stops.len() && self.stops.last() == Some(&here);
        if led_here && self.shelf.iter().any(|(stop, _)| *stop == here) {
            self.now -= 1;
            return Some(here);
        }
        if self.now == self.stops.len() && self.stops.last() != Some(&here) {
            let to = *self.stops.last()?;
            self.now = self.stops.len() - 1;
            self.stops.push(here);
            return Some(to);
        }
        let at = self
            .now
            .min(self.stops.len().saturating_sub(1))
            .checked_sub(1)?;
        self.now = at;
        self.stops.get(at).copied()
    }

    /// The place left last that is not `here`.
    pub fn latest_but(&self, here: Stop) -> Option<Stop> {
        self.stops.iter().rev().find(|stop| **stop != here).copied()
    }

    /// The place after, seen from where going back led.
    pub fn forward(&mut self) -> Option<Stop> {
        let stop = self.stops.get(self.now + 1).copied()?;
        self.now += 1;
        Some(stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(byte: u32) -> Stop {
        (DocId(1), byte)
    }

    #[test]
    fn back_and_forward_walk_the_same_places() {
        let mut jumps = JumpList::default();
        jumps.leave(at(1));
        jumps.leave(at(2));
        assert_eq!(jumps.back(at(3)), Some(at(2)));
        assert_eq!(jumps.back(at(2)), Some(at(1)));
        assert_eq!(jumps.back(at(1)), None);
        assert_eq!(jumps.forward(), Some(at(2)));
        assert_eq!(jumps.forward(), Some(at(3)));
        assert_eq!(jumps.forward(), None);
    }

    #[test]
    fn a_new_jump_forgets_what_was_ahead() {
        let mut jumps = JumpList::default();
        jumps.leave(at(1));
        jumps.back(at(2));
        jumps.leave(at(1));
        assert_eq!(jumps.forward(), None);
        assert_eq!(jumps.back(at(9)), Some(at(1)));
    }
}
