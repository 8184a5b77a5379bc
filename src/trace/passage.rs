//! What became of a passage: its class, and every word that was changed.
//!
//! In: two texts and the words of a passage in each, the copy first. Out: a [`Passage`]. Ends that match by chance are cut off. What the copy says openly (`…`, `[T]he`, an abbreviation in brackets
//! left out) is told apart from what it changes silently.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::align::{Hunk, edits};
use super::kinds::{Kind, kind};
use super::reuse::extend::Region;
use super::reuse::weak_words;
use super::words::Words;
use crate::text::TextRange;

/// What became of words that were taken over; from the least to the greatest change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The same characters, white space aside.
    Verbatim,
    /// The same words: marks, dashes, case, brackets, spelling, numbers in words or digits differ, or an abbreviation in brackets was left out.
    Typographic,
    /// Words left out or put in openly, with `…` or brackets.
    Ellipsis,
    /// The same words, but a sentence ends where that of the source goes on.
    Cut,
    /// Words differ.
    Altered,
    /// So many words differ that it is another sentence with the same content.
    Rewritten,
}

impl Class {
    /// As the machine interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Typographic => "typographic",
            Self::Ellipsis => "ellipsis",
            Self::Cut => "cut",
            Self::Altered => "altered",
            Self::Rewritten => "rewritten",
        }
    }
}

/// A change between source and copy. An empty range stands where the words would stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The words of the copy.
    pub copy: TextRange,
    /// The words of the source.
    pub source: TextRange,
    /// What sort of change it is.
    pub kind: Kind,
}

/// A passage of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the copy.
    pub a: TextRange,
    /// Where it stands in the source.
    pub b: TextRange,
    /// Words of the copy that are the same in the source, also where another house writes them otherwise.
    pub matched: usize,
    /// What became of it.
    pub class: Class,
    /// What was changed, in the order of the copy.
    pub changes: Vec<Change>,
}

/// Text, and its words.
pub type Side<'a> = (&'a str, &'a Words);

/// An end behind a hunk is kept if it is worth at least this.
const TAIL: i32 = 1;
/// The same, where cutting it leaves at least [`EXACT`] words without any change: such a copy does not turn into a paraphrase at its end.
const TAIL_OF_EXACT: i32 = 20;
const EXACT: usize = 30;

/// Whether an end worth `sum` is cut off where that leaves so many words and hunks.
const fn is_cut(sum: i32, n_words: usize, n_hunks: usize) -> bool {
    sum < if n_hunks == 0 && n_words >= EXACT {
        TAIL_OF_EXACT
    } else {
        TAIL
    }
}
/// Changes that make an alteration a rewriting, where they are also more than one word in six.
const REWRITTEN: usize = 4;

/// The passage of two texts in the words of `region`, `a` the copy; none if it has no word.
pub fn passage(a: Side, b: Side, region: &Region) -> Option<Passage> {
    let ids_a = a.1.ids().get(region.a.clone())?;
    let ids_b = b.1.ids().get(region.b.clone())?;
    let mut hunks = edits(ids_a, ids_b);
    let mut core = (0..ids_a.len(), 0..ids_b.len());
    cut_tail(ids_a, &mut core, &mut hunks);
    cut_head(ids_a, &mut core, &mut hunks);
    let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    for hunk in &mut hunks {
        hunk.a = moved(hunk.a.clone(), region.a.start);
        hunk.b = moved(hunk.b.clone(), region.b.start);
    }
    let (of_a, of_b) = (moved(core.0, region.a.start), moved(core.1, region.b.start));
    judged(a, b, &(of_a, of_b), &hunks, &[])
}

/// What the equal words of a stretch are worth.
fn worth(ids: &[u32], range: Range<usize>) -> i32 {
    let weak = weak_words();
    let words = ids.get(range).unwrap_or_default();
    words
        .iter()
        .map(|id| if weak.contains(id) { 2 } else { 4 })
        .sum()
}

/// What a hunk takes off.
fn price(hunk: &Hunk) -> i32 {
    3 * hunk.a.len().max(hunk.b.len()).min(4) as i32
}

/// Leaves out the end of a passage that is hardly worth its hunk.
fn cut_tail(ids: &[u32], core: &mut (Range<usize>, Range<usize>), hunks: &mut Vec<Hunk>) {
    let (mut sum, mut end) = (0, core.0.end);
    let mut least: Option<(i32, usize)> = None;
    for (index, hunk) in hunks.iter().enumerate().rev() {
        sum += worth(ids, hunk.a.end..end) - price(hunk);
        end = hunk.a.start;
        if least.is_none_or(|(least, _)| sum < least) {
            least = Some((sum, index));
        }
    }
    if let Some((least, index)) = least
        && let Some(hunk) = hunks.get(index)
        && is_cut(least, hunk.a.start, index)
    {
        (core.0.end, core.1.end) = (hunk.a.start, hunk.b.start);
        hunks.truncate(index);
    }
}

/// Leaves out the beginning of a passage that is hardly worth its hunk.
fn cut_head(ids: &[u32], core: &mut (Range<usize>, Range<usize>), hunks: &mut Vec<Hunk>) {
    let (mut sum, mut start) = (0, core.0.start);
    let mut least: Option<(i32, usize)> = None;
    for (index, hunk) in hunks.iter().enumerate() {
        sum += worth(ids, start..hunk.a.start) - price(hunk);
        start = hunk.a.end;
        if least.is_none_or(|(least, _)| sum < least) {
            least = Some((sum, index));
        }
    }
    if let Some((least, index)) = least
        && let Some(hunk) = hunks.get(index)
        && is_cut(
            least,
            core.0.end.saturating_sub(hunk.a.end),
            hunks.len() - index - 1,
        )
    {
        (core.0.start, core.1.start) = (hunk.a.end, hunk.b.end);
        hunks.drain(..=index);
    }
}

/// The passage of these words of two texts, differing in `hunks` (words of the whole texts). What stands in the copy before the words `breaks` is not compared: there a quotation
/// was interrupted.
pub(super) fn judged(
    a: Side,
    b: Side,
    of: &(Range<usize>, Range<usize>),
    hunks: &[Hunk],
    breaks: &[usize],
) -> Option<Passage> {
    let (at_a, at_b) = (
        a.1.span(of.0.start, of.0.end)?,
        b.1.span(of.1.start, of.1.end)?,
    );
    let stop = shared_stop((a.0, at_a), (b.0, at_b));
    let longer = |range: TextRange| TextRange::new(range.start, range.end + stop);
    let (at_a, at_b) = (longer(at_a), longer(at_b));
    let mut changes = Vec::new();
    let (mut equal_from, mut matched) = ((of.0.start, of.1.start), 0);
    let mut typographic = false;
    let mut gaps_open = false;
    let end = Hunk {
        a: of.0.end..of.0.end,
        b: of.1.end..of.1.end,
    };
    for hunk in hunks.iter().chain([&end]) {
        let n_equal = hunk.a.start.saturating_sub(equal_from.0);
        matched += n_equal;
        let run = Run {
            at: equal_from,
            n_words: n_equal,
        };
        typographic |= !run.is_verbatim(a, b, breaks);
        gaps_open |= run.has_ellipsis(a, run.at.0) && !run.has_ellipsis(b, run.at.1);
        equal_from = (hunk.a.end, hunk.b.end);
        if hunk.a.is_empty() && hunk.b.is_empty() {
            continue;
        }
        let change = |of_a: &Range<usize>, of_b: &Range<usize>| {
            let (copy, source) = (place(a.1, of_a)?, place(b.1, of_b)?);
            let kind = kind((a.0, copy), (b.0, source));
            Some(Change { copy, source, kind })
        };
        let whole = change(&hunk.a, &hunk.b)?;
        if whole.kind == Kind::Style {
            matched += hunk.a.len();
            changes.push(whole);
            continue;
        }
        for (of_a, of_b) in pairs(hunk) {
            changes.push(change(&of_a, &of_b)?);
        }
    }
    let n_material = changes
        .iter()
        .filter(|change| change.kind.is_material())
        .count();
    let n_words = of.0.len().max(of.1.len());
    let class = if n_material >= REWRITTEN && matched * 6 < n_words * 5 {
        Class::Rewritten
    } else if n_material > 0 {
        Class::Altered
    } else if gaps_open || changes.iter().any(|change| change.kind == Kind::Open) {
        Class::Ellipsis
    } else if typographic || !changes.is_empty() {
        Class::Typographic
    } else {
        Class::Verbatim
    };
    Some(Passage {
        a: at_a,
        b: at_b,
        matched,
        class,
        changes,
    })
}

/// Words that are equal on both sides.
struct Run {
    at: (usize, usize),
    n_words: usize,
}

impl Run {
    /// Whether the words and what stands between them are the same characters, white space aside.
    fn is_verbatim<'a>(&self, a: Side<'a>, b: Side<'a>, breaks: &[usize]) -> bool {
        (0..self.n_words).all(|n| {
            let (in_a, in_b) = (self.at.0 + n, self.at.1 + n);
            let word = |side: Side<'a>, at: usize| -> Option<&'a str> {
                Some(side.1.range(at)?.of_text(side.0))
            };
            let same_word = word(a, in_a) == word(b, in_b);
            let gap = |side: Side<'a>, at: usize| -> Option<&'a str> {
                let (before, here) = (side.1.range(at.checked_sub(1)?)?, side.1.range(at)?);
                Some(TextRange::new(before.end, here.start.max(before.end)).of_text(side.0))
            };
            let same_gap = || match (gap(a, in_a), gap(b, in_b)) {
                (Some(x), Some(y)) => x == y || x.split_whitespace().eq(y.split_whitespace()),
                (x, y) => x == y,
            };
            same_word && (n == 0 || breaks.contains(&in_a) || same_gap())
        })
    }

    /// Whether an ellipsis stands between the words that start at `at` in a text.
    fn has_ellipsis(&self, (text, words): Side, at: usize) -> bool {
        words.span(at, at + self.n_words).is_some_and(|span| {
            let run = span.of_text(text);
            run.contains('…') || run.contains("...")
        })
    }
}

/// Bytes of the marks that end the passage in both texts.
fn shared_stop((text_a, a): (&str, TextRange), (text_b, b): (&str, TextRange)) -> u32 {
    let behind = |text: &str, range: TextRange| -> String {
        let rest = text.get(range.end as usize..).unwrap_or_default();
        rest.chars()
            .take_while(|letter| matches!(letter, '.' | '!' | '?' | '…' | '%' | ')'))
            .take(3)
            .collect()
    };
    let (x, y) = (behind(text_a, a), behind(text_b, b));
    let shared = x.chars().zip(y.chars()).take_while(|(x, y)| x == y);
    shared.map(|(letter, _)| letter.len_utf8() as u32).sum()
}

/// A hunk with as many words on either side is that many changes.
fn pairs(hunk: &Hunk) -> Vec<(Range<usize>, Range<usize>)> {
    if hunk.a.len() == hunk.b.len() && hunk.a.len() <= 3 {
        let words = hunk.a.clone().zip(hunk.b.clone());
        words.map(|(a, b)| (a..a + 1, b..b + 1)).collect()
    } else {
        vec![(hunk.a.clone(), hunk.b.clone())]
    }
}

/// The span of words; where there are none, the place between their neighbours, behind the one before.
fn place(words: &Words, range: &Range<usize>) -> Option<TextRange> {
    if !range.is_empty() {
        return words.span(range.start, range.end);
    }
    let before = range.start.checked_sub(1).and_then(|at| words.range(at));
    match before {
        Some(before) => Some(TextRange::empty(before.end)),
        None => words
            .range(range.start)
            .map(|word| TextRange::empty(word.start)),
    }
}
