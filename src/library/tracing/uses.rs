//! Who quotes or reuses the sentences of a document.

use super::pieces::{Look, Piece, changes, one_line};
use super::sources::passage;
use super::{Named, Ready};
use crate::language::quotes::quotes;
use crate::language::sentence::sentences;
use crate::text::{Layer, TextRange};
use crate::trace::inverse::{Manner, Use, repeated};
use crate::trace::passage::{Change, Class, passage as judged};
use crate::trace::quotations::traces;
use crate::trace::reuse::{Options, shared};

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
    /// The sentences of the document, each with the numbers of its uses.
    pub sentences: Vec<(TextRange, Vec<usize>)>,
}

/// The passages of `of` in another document: quotations, and words taken over without marks.
pub fn uses_in(of: &Ready, other: &Ready) -> Vec<UseOf> {
    if other.document.id == of.document.id || other.document.revision == of.document.revision {
        return Vec::new();
    }
    let none = Layer::default();
    let quoted = quotes(
        &other.document,
        &sentences(&other.document),
        &Layer::default(),
    );
    let age = match (other.day(), of.day()) {
        (Some(theirs), Some(ours)) if theirs < ours => Age::Older,
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
    let n_words = of.words.len() + other.words.len();
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
        found.push(one(
            (of, other),
            (reused.a, reused.b),
            (Manner::Reused, age, reused.class),
            None,
            &reused.changes,
        ));
    }
    found
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
    }
}

/// The uses by sentence.
pub fn arranged(of: &Ready, sentences: &Layer<()>, mut uses: Vec<UseOf>) -> Uses {
    let day = |one: &UseOf| one.by.published.as_ref()?.interval().earliest;
    uses.sort_by_key(|one| (day(one).is_none(), day(one), one.by.doc, one.at));
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
        .map(|sentence| (sentence.sentence, sentence.uses))
        .collect();
    Uses { uses, sentences }
}
