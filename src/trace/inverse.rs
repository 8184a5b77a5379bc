//! A statement seen from those who quote it: by whom each of its sentences is repeated, and which alterations go from hand to hand.
//!
//! In: the sentences of a statement, and the links that lead to it. Out: a [`Repeated`] a sentence, in order, also for those nobody repeats; and the [`Chain`]s: the same alteration in several
//! documents, earliest first, which points to a source they share.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::passage::{Change, Class};
use super::words::Words;
use crate::text::{Layer, TextRange};

/// A passage of a statement in another document: a quotation, or words taken over without marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The number of the document that uses it.
    pub document: usize,
    /// When that was published.
    pub published: Option<Date>,
    /// Where it stands there.
    pub at: TextRange,
    /// The passage of the statement.
    pub range: TextRange,
    /// What became of it.
    pub class: Class,
    /// Whether it stands in quotation marks there.
    pub manner: Manner,
    /// What was changed.
    pub changes: Vec<Change>,
}

/// How words are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// In quotation marks.
    Quoted,
    /// Without.
    Reused,
}

/// A sentence of a statement and who repeats it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// The sentence.
    pub sentence: TextRange,
    /// The numbers of its uses among those given, earliest first, undated last.
    pub uses: Vec<usize>,
    /// How many of them are altered or rewritten.
    pub n_altered: usize,
}

/// The same alteration in several documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The words of the statement that were changed; empty where words were put in.
    pub source: TextRange,
    /// What became of them, in lower case.
    pub wording: String,
    /// The numbers of the uses among those given, earliest first, undated last.
    pub uses: Vec<usize>,
}

/// By whom each sentence is repeated. A use counts for a sentence if it covers five of its words, or all of a shorter one.
pub fn repeated(text: &str, sentences: &Layer<()>, uses: &[Use]) -> Vec<Repeated> {
    let order = by_day(uses);
    let mut found: Vec<Repeated> = sentences
        .iter()
        .map(|(range, ())| Repeated {
            sentence: *range,
            uses: Vec::new(),
            n_altered: 0,
        })
        .collect();
    for number in order {
        let Some(one) = uses.get(number) else {
            continue;
        };
        let first = found.partition_point(|sentence| sentence.sentence.end <= one.range.start);
        for sentence in found.iter_mut().skip(first) {
            let Some(shared) = sentence.sentence.intersection(one.range) else {
                break;
            };
            let n_words = Words::within(text, sentence.sentence).len();
            if Words::within(text, shared).len() >= n_words.min(5) {
                sentence.uses.push(number);
                sentence.n_altered +=
                    usize::from(matches!(one.class, Class::Altered | Class::Rewritten));
            }
        }
    }
    found
}

/// The alterations that stand in two documents and more, in the order of the statement. `texts` are the texts of the documents that use it.
pub fn chains(uses: &[Use], texts: &[&str]) -> Vec<Chain> {
    let mut by_change: BTreeMap<(TextRange, String), Vec<usize>> = BTreeMap::new();
    for number in by_day(uses) {
        let Some(one) = uses.get(number) else {
            continue;
        };
        let Some(text) = texts.get(one.document) else {
            continue;
        };
        for change in one
            .changes
            .iter()
            .filter(|change| change.kind.is_material())
        {
            let wording = change.copy.of_text(text).to_lowercase();
            let wording = wording.split_whitespace().collect::<Vec<_>>().join(" ");
            by_change
                .entry((change.source, wording))
                .or_default()
                .push(number);
        }
    }
    by_change
        .into_iter()
        .filter(|(_, numbers)| {
            let of = |number: &usize| uses.get(*number).map(|one| one.document);
            numbers
                .iter()
                .any(|number| of(number) != numbers.first().and_then(of))
        })
        .map(|((source, wording), uses)| Chain {
            source,
            wording,
            uses,
        })
        .collect()
}

/// The numbers of the uses, earliest first, undated last.
fn by_day(uses: &[Use]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by_key(|number| {
        uses.get(*number)
            .map(|one| (one.published.is_none(), one.published, one.document, one.at))
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{sample::document, sentence};
    use crate::trace::passage::passage;
    use crate::trace::reuse::{Options, shared};
    use jiff::civil::date;

    const STATEMENT: &str = "The whole council will not send any more trucks to the old port. Nobody asked us about this at all. The council meets again in the first week of May.";

    fn uses(documents: &[(&str, i8)]) -> Vec<Use> {
        let source = Words::of(STATEMENT);
        let mut found = Vec::new();
        for (number, (text, day)) in documents.iter().enumerate() {
            let words = Words::of(text);
            for one in shared(&[&words, &source], &Options::for_words(100)) {
                let passage = passage((text, &words), (STATEMENT, &source), &one.region).unwrap();
                found.push(Use {
                    document: number,
                    published: Some(date(2024, 5, *day)),
                    at: passage.a,
                    range: passage.b,
                    class: passage.class,
                    manner: Manner::Reused,
                    changes: passage.changes,
                });
            }
        }
        found
    }

    #[test]
    fn sentences_know_who_repeats_them_and_alterations_who_passed_them_on() {
        let documents = [
            (
                "They said the whole council may not send any more trucks to the old port.",
                9,
            ),
            (
                "Again: The whole council may not send any more trucks to the old port!",
                7,
            ),
            (
                "The council meets again in the first week of May, it says.",
                8,
            ),
        ];
        let uses = uses(&documents);
        let laid_out = document(STATEMENT);
        let found = repeated(STATEMENT, &sentence::sentences(&laid_out), &uses);
        let documents_of = |uses_of: &[usize]| {
            uses_of
                .iter()
                .map(|number| uses[*number].document)
                .collect::<Vec<_>>()
        };
        let seen: Vec<(Vec<usize>, usize)> = found
            .iter()
            .map(|sentence| (documents_of(&sentence.uses), sentence.n_altered))
            .collect();
        assert_eq!(seen, [(vec![1, 0], 2), (vec![], 0), (vec![2], 0)]);
        let texts: Vec<&str> = documents.iter().map(|(text, _)| *text).collect();
        let chains = chains(&uses, &texts);
        assert_eq!(chains.len(), 1);
        assert_eq!(
            (
                chains[0].source.of_text(STATEMENT),
                chains[0].wording.as_str()
            ),
            ("will", "may")
        );
        assert_eq!(documents_of(&chains[0].uses), [1, 0]);
    }
}
