//! Labels of tokens: outside, or beginning, inside, last or unit of a name of one of three types (BILOU).

use crate::language::entities::EntityType;

/// How many labels there are.
pub const LABELS: usize = 13;

/// The types in the order of their labels.
pub const TYPES: [EntityType; 3] = [EntityType::Person, EntityType::Org, EntityType::Place];

/// The label of a token, as a number below [`LABELS`]: 0 is outside, then beginning, inside, last, unit of each type in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Label(pub u8);

/// Where in a name a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first of several.
    Beginning,
    /// Neither first nor last.
    Inside,
    /// The last of several.
    Last,
    /// The only one.
    Unit,
}

impl Label {
    /// No part of a name.
    pub const OUTSIDE: Self = Self(0);

    /// The label of a part of a name of a type.
    pub fn of(part: Part, kind: EntityType) -> Self {
        let kind = match kind {
            EntityType::Person => 0,
            EntityType::Org => 1,
            EntityType::Place => 2,
        };
        let part = match part {
            Part::Beginning => 1,
            Part::Inside => 2,
            Part::Last => 3,
            Part::Unit => 4,
        };
        Self(kind * 4 + part)
    }

    /// What the label says; none outside.
    pub fn meaning(self) -> Option<(Part, EntityType)> {
        let number = self.0.checked_sub(1)?;
        let part = match number % 4 {
            0 => Part::Beginning,
            1 => Part::Inside,
            2 => Part::Last,
            _ => Part::Unit,
        };
        Some((part, *TYPES.get(usize::from(number / 4))?))
    }

    /// Whether `self` may stand right after `before`; none is the edge of a sentence.
    pub fn may_follow(self, before: Option<Self>) -> bool {
        let open = |label: Self| match label.meaning()? {
            (Part::Beginning | Part::Inside, kind) => Some(kind),
            (Part::Last | Part::Unit, _) => None,
        };
        let goes_on = match self.meaning() {
            Some((Part::Inside | Part::Last, kind)) => Some(kind),
            Some((Part::Beginning | Part::Unit, _)) | None => None,
        };
        before.and_then(open) == goes_on
    }

    /// Whether a sentence may end after it.
    pub fn may_end(self) -> bool {
        Self::OUTSIDE.may_follow(Some(self))
    }
}

/// The spans `labels` spell, as ranges of token numbers; a name that does not end is left out.
pub fn spans(labels: &[Label]) -> Vec<(usize, usize, EntityType)> {
    let mut spans = Vec::new();
    let mut start = None;
    for (at, label) in labels.iter().enumerate() {
        match label.meaning() {
            Some((Part::Beginning, _)) => start = Some(at),
            Some((Part::Inside, _)) => {}
            Some((Part::Last, kind)) => {
                spans.extend(start.take().map(|start| (start, at + 1, kind)));
            }
            Some((Part::Unit, kind)) => spans.push((at, at + 1, kind)),
            None => start = None,
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_means_what_it_was_made_of() {
        for number in 1..LABELS as u8 {
            let (part, kind) = Label(number).meaning().unwrap();
            assert_eq!(Label::of(part, kind), Label(number));
        }
        assert_eq!(Label::OUTSIDE.meaning(), None);
    }

    #[test]
    fn names_are_opened_continued_and_closed() {
        let [person, org] = [EntityType::Person, EntityType::Org];
        let begins = Label::of(Part::Beginning, person);
        assert!(begins.may_follow(None));
        assert!(!begins.may_end());
        assert!(Label::of(Part::Last, person).may_follow(Some(begins)));
        assert!(!Label::of(Part::Last, org).may_follow(Some(begins)));
        assert!(!Label::OUTSIDE.may_follow(Some(begins)));
        assert_eq!(
            spans(&[
                begins,
                Label::of(Part::Last, person),
                Label::OUTSIDE,
                Label::of(Part::Unit, org)
            ]),
            [(0, 2, person), (3, 4, org)]
        );
    }
}
