//! When an undated document may have been published, going by what the rest of the library says of the days it names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Librarian;
use crate::app::msg::{Outcome, SuggestedDate};
use crate::document::{DocId, Document};
use crate::library::Analysis;
use crate::time::{Passage, suggest_published};

/// Years around which days without one are looked up, days looked up, passages read of each, and documents read for them, at most.
const MOST_YEARS: usize = 60;
const MOST_DAYS: usize = 40;
const MOST_PASSAGES: usize = 40;
const MOST_DOCUMENTS: usize = 40;

/// An undated document that is open, with what was found in it.
#[derive(Debug)]
pub(in crate::runtime) struct Undated {
    pub(in crate::runtime) document: Arc<Document>,
    pub(in crate::runtime) analysis: Arc<Analysis>,
}

impl Librarian {
    /// Tells what the library suggests for the undated document that is open; again when the library grew.
    pub(super) fn tell_suggestion(&self) {
        let Some(undated) = &self.undated else {
            return;
        };
        let suggested = self.suggest(undated);
        self.tell(Outcome::Suggested(undated.document.id, suggested));
    }

    fn suggest(&self, undated: &Undated) -> Option<SuggestedDate> {
        let (document, analysis) = (&undated.document, &undated.analysis);
        let days = self.days_meant(analysis);
        let key = self.collection.key();
        let events = self
            .catalogue
            .events_on(key, &days, MOST_PASSAGES)
            .unwrap_or_default();
        let mut sources: BTreeMap<DocId, Option<(Arc<str>, Document)>> = BTreeMap::new();
        let mut passages = Vec::new();
        for event in events.iter().filter(|event| event.doc != document.id) {
            if !sources.contains_key(&event.doc) {
                if sources.len() == MOST_DOCUMENTS {
                    continue;
                }
                let locator = self.catalogue.locator_of(key, event.doc).ok().flatten();
                let read = locator.and_then(|locator| {
                    let imported = self.sources.document(&locator).ok()?;
                    Some((Arc::<str>::from(locator), imported.document))
                });
                sources.insert(event.doc, read);
            }
        }
        for event in &events {
            if let (Some(Some((locator, source))), Some(days)) =
                (sources.get(&event.doc), event.interval)
                && let Some(text) = source
                    .text
                    .get(event.range.start as usize..event.range.end as usize)
            {
                passages.push((text, days, locator, source.title()));
            }
        }
        let compared: Vec<Passage<'_>> = passages
            .iter()
            .map(|(text, days, locator, _)| Passage {
                text,
                days: *days,
                locator,
            })
            .collect();
        let suggestions = suggest_published(&document.text, &analysis.sentences, &compared);
        let best = suggestions.first()?;
        // Two years that fit as well as each other suggest nothing.
        if suggestions
            .get(1)
            .is_some_and(|second| second.weight >= best.weight)
        {
            return None;
        }
        let (_, days, _, title) = passages.get(best.passage)?;
        let said: Vec<&str> = best.at.of_text(&document.text).split_whitespace().collect();
        Some(SuggestedDate {
            date: best.date.clone(),
            why: format!(
                "“{}” is {} in “{title}”, which also has {}",
                said.join(" "),
                crate::time::long_days(*days),
                best.shared.join(", ")
            ),
        })
    }

    /// The days the text names without a year and those beside them, in each year of which the library tells anything.
    fn days_meant(&self, analysis: &Analysis) -> Vec<Date> {
        let named: BTreeSet<(i8, i8)> = analysis
            .timexes
            .iter()
            .filter_map(|(_, timex)| {
                let (month, day) = timex.value.strip_prefix("XXXX-")?.split_once('-')?;
                Some((month.parse().ok()?, day.parse().ok()?))
            })
            .take(MOST_DAYS)
            .collect();
        let months = self
            .catalogue
            .density(self.collection.key())
            .unwrap_or_default();
        let years: BTreeSet<i16> = months.iter().map(|(year, _, _)| *year).collect();
        years
            .iter()
            .rev()
            .take(MOST_YEARS)
            .flat_map(|year| {
                named
                    .iter()
                    .filter_map(|(month, day)| Date::new(*year, *month, *day).ok())
            })
            .flat_map(|day| {
                [0, 1, -1, 2, -2]
                    .into_iter()
                    .filter_map(move |off: i64| day.checked_add(off.days()).ok())
            })
            .collect::<BTreeSet<Date>>()
            .into_iter()
            .collect()
    }
}
