//! All about an entity: what it is called, where it is named, with whom, and what may be the same.

pub mod parting;

use super::Cursor;
use crate::app::effect::JobId;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::entities::{Context, Facts, Member, Offer};
use crate::text::TextRange;
use parting::Parting;

/// Mentions left below the cursor when the next ones are asked for.
const AHEAD: usize = 60;
/// Mentions gone through for the one the card was opened at.
const FARTHEST: usize = 5_000;

/// The card of an entity.
#[derive(Debug)]
pub struct EntityCard {
    /// Which.
    pub id: EntityId,
    /// What it was called where it was opened.
    pub name: String,
    /// What is known of it, once it has come.
    pub facts: Option<Box<Facts>>,
    /// The question whose answer is `facts`.
    pub job: JobId,
    /// Its mentions in context, as far as they have come.
    pub contexts: Vec<Context>,
    /// The question that was asked last for `contexts`; until its first answer they are those of the one before.
    pub contexts_job: JobId,
    /// The document to go on with.
    pub next: Option<u32>,
    /// Whether mentions are still coming.
    pub reading: Reading,
    /// The list that is shown.
    pub section: Section,
    /// The place it was opened at, until the mention there has come and is chosen, or the reader has moved.
    pub origin: Option<(DocId, u32)>,
    /// The chosen row of each list.
    pub cursors: [Cursor; Section::ALL.len()],
    /// What may be taken out, while that is asked.
    pub parting: Option<Parting>,
    /// The question whose answers are `contexts`.
    answered: JobId,
}

/// Whether mentions are still coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// They are.
    UnderWay,
    /// What was asked for is there.
    Done,
    /// What is there is no longer so, and is asked for when the card is on top.
    Outdated,
}

/// The lists of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Every mention in context.
    Mentions,
    /// Dated passages that name it.
    Timeline,
    /// Who is named in the same documents.
    With,
    /// The names that are one, what may be the same, and how it is written.
    Names,
}

impl Section {
    /// All, in the order of the key that changes it.
    pub const ALL: [Self; 4] = [Self::Mentions, Self::Timeline, Self::With, Self::Names];

    const fn index(self) -> usize {
        match self {
            Self::Mentions => 0,
            Self::Timeline => 1,
            Self::With => 2,
            Self::Names => 3,
        }
    }

    /// The next one, or the one before.
    #[must_use]
    pub fn moved(self, by: isize) -> Self {
        let n = Self::ALL.len() as isize;
        let to = (self.index() as isize + by).rem_euclid(n);
        Self::ALL.get(to as usize).copied().unwrap_or(self)
    }
}

/// What the chosen row is.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// A passage.
    Passage(DocId, TextRange),
    /// Another entity.
    Entity(EntityId, String),
    /// One of the names that are this entity.
    Member(Member),
    /// What may be the same.
    Offer(Offer),
    /// One of several ways it is written.
    Spelling(String),
}

impl EntityCard {
    /// A card of which nothing is known yet.
    pub fn new(id: EntityId, name: String, section: Section) -> Self {
        Self {
            id,
            name,
            facts: None,
            job: JobId::default(),
            contexts: Vec::new(),
            contexts_job: JobId::default(),
            next: None,
            reading: Reading::UnderWay,
            section,
            origin: None,
            cursors: Default::default(),
            parting: None,
            answered: JobId::default(),
        }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.facts
            .as_ref()
            .map_or(self.name.as_str(), |facts| &facts.name)
    }

    /// Rows of a list.
    pub fn len(&self, section: Section) -> usize {
        let facts = self.facts.as_ref();
        match section {
            Section::Mentions => self.contexts.len(),
            Section::Timeline => facts.map_or(0, |facts| facts.events.len()),
            Section::With => facts.map_or(0, |facts| facts.with.len()),
            Section::Names => facts.map_or(0, |facts| {
                facts.members.len() + facts.offers.len() + self.spellings().len()
            }),
        }
    }

    /// The ways it is written and how often, most often first, where there are several.
    pub fn spellings(&self) -> &[(String, u32)] {
        let facts = self.facts.as_deref();
        facts
            .map(|facts| facts.aliases.as_slice())
            .filter(|spellings| spellings.len() > 1)
            .unwrap_or_default()
    }

    /// Whether the shown list has no row.
    pub fn is_empty(&self) -> bool {
        self.len(self.section) == 0
    }

    /// The chosen row of the shown list.
    pub fn cursor(&self) -> Cursor {
        self.cursors
            .get(self.section.index())
            .copied()
            .unwrap_or_default()
    }

    /// Moves by `by` rows in the shown list, or in what may be taken out while that is asked.
    pub fn step(&mut self, by: i64) {
        if let Some(parting) = &mut self.parting {
            parting.cursor.step(by, parting.choices.len());
            return;
        }
        self.origin = None;
        let len = self.len(self.section);
        if let Some(cursor) = self.cursors.get_mut(self.section.index()) {
            cursor.step(by, len);
        }
    }

    /// Takes note that its mentions are asked for anew, by `job`: the chosen one shall be chosen again.
    pub fn ask(&mut self, job: JobId) {
        let chosen = self.cursors.first().map_or(0, |cursor| cursor.selected);
        let chosen = self.contexts.get(chosen);
        self.origin = self
            .origin
            .or_else(|| chosen.map(|context| (context.doc, context.range.start)));
        self.contexts_job = job;
        self.next = None;
        self.reading = Reading::UnderWay;
    }

    /// Takes some more mentions; the one the card was opened at is chosen.
    pub fn take_contexts(&mut self, contexts: Vec<Context>) {
        if self.answered != self.contexts_job {
            self.answered = self.contexts_job;
            self.contexts.clear();
        }
        let before = self.contexts.len();
        self.contexts.extend(contexts);
        let Some((doc, at)) = self.origin else { return };
        let new = self.contexts.get(before..).unwrap_or_default();
        let here = |context: &Context| context.doc == doc && context.range.contains(at);
        if let Some(place) = new.iter().position(here) {
            self.origin = None;
            if let Some(cursor) = self.cursors.first_mut() {
                cursor.selected = before + place;
            }
        }
    }

    /// Chooses the first mention that is written so, as far as they have come.
    pub fn show_written(&mut self, written: &str) {
        let found = self.contexts.iter().position(|it| *it.name == *written);
        self.section = Section::Mentions;
        if let (Some(found), Some(cursor)) = (found, self.cursors.first_mut()) {
            self.origin = None;
            cursor.selected = found;
        }
    }

    /// Keeps the chosen rows inside lists that have become shorter.
    pub fn settle(&mut self) {
        for section in Section::ALL {
            let len = self.len(section);
            if let Some(cursor) = self.cursors.get_mut(section.index()) {
                cursor.selected = cursor.selected.min(len.saturating_sub(1));
            }
        }
    }

    /// The document to read on with, where the cursor nears the last mention that is there, or the one to be chosen has not come yet.
    pub fn wants_more(&self) -> Option<u32> {
        let near = self.section == Section::Mentions
            && self.cursor().selected + AHEAD >= self.contexts.len();
        let sought = self.origin.is_some() && self.contexts.len() < FARTHEST;
        self.next
            .filter(|_| (near || sought) && self.reading == Reading::Done)
    }

    /// What the chosen row is.
    pub fn chosen(&self) -> Option<Chosen> {
        let row = self.cursor().selected;
        let facts = self.facts.as_ref();
        match self.section {
            Section::Mentions => {
                let context = self.contexts.get(row)?;
                Some(Chosen::Passage(context.doc, context.range))
            }
            Section::Timeline => {
                let event = facts?.events.get(row)?;
                Some(Chosen::Passage(event.doc, event.timex))
            }
            Section::With => {
                let other = facts?.with.get(row)?;
                Some(Chosen::Entity(other.id.clone(), other.name.to_string()))
            }
            Section::Names => {
                let facts = facts?;
                if let Some(member) = facts.members.get(row) {
                    return Some(Chosen::Member(member.clone()));
                }
                let row = row - facts.members.len();
                if let Some(offer) = facts.offers.get(row) {
                    return Some(Chosen::Offer(offer.clone()));
                }
                let (written, _) = self.spellings().get(row - facts.offers.len())?;
                Some(Chosen::Spelling(written.clone()))
            }
        }
    }
}
