//! Who quotes or reuses the sentences of a document.

use super::chains::{Chain, chains};
use super::pieces::{Look, Piece, changes, one_line};
use super::sources::passage;
use super::{Named, Ready};
use crate::document::DocKind;
use crate::language::quotes::quotes;
use crate::text::{Layer, TextRange};
use crate::trace::inverse::{Manner, Use, repeated};
use crate::trace::passage::{Change, Class, passage as judged};
use crate::trace::quotations::traces;
use crate::trace::reuse::interrupted::uninterrupted;
use crate::trace::reuse::{Options, shared};

/// Uses of one document that are kept.
const MOST_USES: usize = 10_000;

/// A passage of a document in another one.
#[derive(Debug, Clone, PartialEq)]
pub struct UseOf {
    /// The other document.
    pub by: Named,
    /// Where the words stand there.
    pub at: TextRange,
    /// Where they stand in this document.
    pub range: TextRange,
    /// Whether between quotation marks.
    pub manner: Manner,
    /// Whether the other document is the older one, which this one then repeats.
    pub age: Age,
    /// What became of the words.
    pub class: Class,
    /// Who is said to speak.
    pub speaker: Option<String>,
    /// The words there, those that this document does not have marked.
    pub words: Vec<Piece>,
    /// What was changed, the weightiest first.
    pub changes: Vec<(&'static str, String)>,
    /// Whether the words were said or issued by somebody.
    of_words: OfWords,
    /// The changes that say something else, each with the words there.
    pub(super) material: Vec<(Change, String)>,
}

impl UseOf {
    /// Whether the other document repeats this one and says something else, without saying so. Between stories that nobody quotes in, other words are wire copy and stock phrases.
    pub fn is_altered(&self) -> bool {
        self.age == Age::Younger
            && self.of_words == OfWords::Issued
            && matches!(self.class, Class::Altered | Class::Rewritten)
    }
}

/// Whose words are repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfWords {
    /// Those of a statement, or of somebody who is quoted.
    Issued,
    /// Those of a story.
    Told,
}

/// Which of two documents is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// The other one.
    Older,
    /// This one, or it is not known.
    Younger,
}

/// Who repeats what of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Uses {
    /// Every passage, the earliest first, undated ones last.
    pub uses: Vec<UseOf>,
    /// The sentences of the document, in order, also those that nobody repeats.
    pub sentences: Vec<SentenceUses>,
    /// The same alteration in several documents.
    pub chains: Vec<Chain>,
}

/// A sentence and who repeats it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentenceUses {
    /// The sentence.
    pub range: TextRange,
    /// The numbers of its uses, the earliest first.
    pub uses: Vec<usize>,
    /// How many of them repeat it: those of older documents do not.
    pub n_repeats: usize,
    /// How many of these say something else.
    pub n_altered: usize,
}

impl Uses {
    /// The chains a use is a link of.
    pub fn chains_of<'a>(&'a self, one: &'a UseOf) -> impl Iterator<Item = &'a Chain> {
        self.chains
            .iter()
            .filter(|chain| chain.has(one.by.doc, one.at))
    }

    /// How many sentences somebody repeats.
    pub fn n_repeated(&self) -> usize {
        let repeated = self.sentences.iter().filter(|one| one.n_repeats > 0);
        repeated.count()
    }
}

/// The passages of `of` in another document: quotations, and words taken over without marks.
pub fn uses_in(of: &Ready, other: &Ready) -> Vec<UseOf> {
    uses_among(of, other, 0)
}

/// The same in a library of so many words: in a large one more words are alike by chance.
pub fn uses_among(of: &Ready, other: &Ready, n_words: usize) -> Vec<UseOf> {
    if other.document.id == of.document.id || other.document.revision == of.document.revision {
        return Vec::new();
    }
    let none = Layer::default();
    let quoted = quotes(&other.document, other.sentences(), &Layer::default());
    let age = match (other.day(), of.day()) {
        (Some(theirs), Some(ours)) if theirs < ours => Age::Older,
        (Some(_), Some(_)) => Age::Younger,
        // Without days what was issued is the older one of what reports it.
        _ if issued(other) && !issued(of) => Age::Older,
        _ => Age::Younger,
    };
    let mut found = Vec::new();
    for trace in traces(other.text(&quoted), &[of.text(&none)]) {
        let (Some(link), Some(first), Some(last)) =
            (&trace.link, trace.parts.first(), trace.parts.last())
        else {
            continue;
        };
        let speaker = trace.quotes.first().and_then(|number| quoted.get(*number));
        let speaker = speaker
            .and_then(|(_, quote)| quote.speaker.as_ref())
            .map(|speaker| one_line(speaker.range.of_text(&other.document.text)));
        found.push(one(
            (of, other),
            (first.union(*last), link.range),
            (Manner::Quoted, age, link.class),
            speaker,
            &link.changes,
        ));
    }
    let n_words = n_words.max(of.words.len() + other.words.len());
    for region in shared(&[&of.words, &other.words], &Options::for_words(n_words)) {
        let (copy, source) = (
            (&*other.document.text, &other.words),
            (&*of.document.text, &of.words),
        );
        let Some(reused) = judged(copy, source, &region.region.swapped()) else {
            continue;
        };
        if found.iter().any(|known| known.at.overlaps(reused.a)) {
            continue;
        }
        let reused = uninterrupted(reused, &other.document.text);
        // Part of a quotation that as a whole comes from nowhere is quoted all the same.
        let quote = quoted
            .within(reused.a)
            .find(|(range, _)| range.covers(reused.a));
        let speaker = quote.and_then(|(_, quote)| quote.speaker.as_ref());
        found.push(one(
            (of, other),
            (reused.a, reused.b),
            (
                quote.map_or(Manner::Reused, |_| Manner::Quoted),
                age,
                reused.class,
            ),
            speaker.map(|speaker| one_line(speaker.range.of_text(&other.document.text))),
            &reused.changes,
        ));
    }
    found
}

/// Whether a document is what somebody said, not what is told about it.
fn issued(one: &Ready) -> bool {
    let kind = one.document.meta.kind;
    matches!(kind, DocKind::Statement | DocKind::Transcript)
}

fn one(
    (of, other): (&Ready, &Ready),
    (at, range): (TextRange, TextRange),
    (manner, age, class): (Manner, Age, Class),
    speaker: Option<String>,
    changed: &[Change],
) -> UseOf {
    let copies = changed.iter().map(|change| change.copy);
    UseOf {
        by: other.named(),
        at,
        range,
        manner,
        age,
        class,
        speaker,
        words: passage(other, at, copies, Look::Inserted),
        changes: changes(&other.document.text, &of.document.text, changed),
        of_words: if manner == Manner::Quoted || issued(of) {
            OfWords::Issued
        } else {
            OfWords::Told
        },
        material: changed
            .iter()
            .filter(|change| change.kind.is_material())
            .map(|change| {
                let words = one_line(change.copy.of_text(&other.document.text));
                (change.clone(), words)
            })
            .collect(),
    }
}

/// The uses by sentence; of more than `MOST_USES` the earliest.
pub fn arranged(of: &Ready, sentences: &Layer<()>, mut uses: Vec<UseOf>) -> Uses {
    let day = |one: &UseOf| one.by.published.as_ref()?.interval().earliest;
    uses.sort_by_key(|one| (day(one).is_none(), day(one), one.by.doc, one.at));
    uses.truncate(MOST_USES);
    let numbered: Vec<Use> = uses
        .iter()
        .enumerate()
        .map(|(document, one)| Use {
            document,
            published: day(one),
            at: one.at,
            range: one.range,
            class: one.class,
            manner: one.manner,
            changes: Vec::new(),
        })
        .collect();
    let sentences = repeated(&of.document.text, sentences, &numbered)
        .into_iter()
        .map(|sentence| {
            let found = || sentence.uses.iter().filter_map(|number| uses.get(*number));
            SentenceUses {
                range: sentence.sentence,
                n_repeats: found().filter(|one| one.age == Age::Younger).count(),
                n_altered: found().filter(|one| one.is_altered()).count(),
                uses: sentence.uses,
            }
        })
        .collect();
    Uses {
        chains: chains(of, &uses),
        uses,
        sentences,
    }
}
