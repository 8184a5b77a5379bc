//! Passages that stand more than once: whether the comparison of two texts can have taken one copy for another.

use memchr::memmem;

use super::Target;
use super::align::Alignment;
use super::elsewhere::shared_context;
use crate::text::TextRange;

/// Copies looked at.
const MOST_COPIES: usize = 64;
/// Characters of surroundings compared on each side.
const MOST_AROUND: usize = 512;

/// The places in `now` that may be the passage as well as `found`, `found` first; none where what stands around tells them apart.
///
/// Another copy is as good if what stands around it, in either text, fits at least four fifths as well.
pub(super) fn twins(
    target: &Target,
    alignment: &Alignment<'_>,
    now: &str,
    found: TextRange,
) -> Vec<TextRange> {
    let (before, after) = shared_context(&target.quote, now, found);
    let whole = before == target.quote.prefix.chars().count()
        && after == target.quote.suffix.chars().count();
    if whole || target.quote.exact.trim().is_empty() {
        return Vec::new();
    }
    let then = alignment.then();
    let (olds, news) = (copies(target, then), copies(target, now));
    if olds.len() <= 1 && news.len() <= 1 {
        return Vec::new();
    }
    let own = alike((then, target.position), (now, found));
    let fits = |other: usize| other * 5 >= own * 4;
    let mut places = vec![found];
    places.extend(
        news.into_iter()
            .filter(|copy| *copy != found && fits(alike((then, target.position), (now, *copy)))),
    );
    let was_another = olds
        .into_iter()
        .any(|copy| copy != target.position && fits(alike((then, copy), (now, found))));
    if places.len() > 1 || was_another {
        places
    } else {
        Vec::new()
    }
}

fn copies(target: &Target, text: &str) -> Vec<TextRange> {
    let exact = target.quote.exact.as_bytes();
    memmem::find_iter(text.as_bytes(), exact)
        .take(MOST_COPIES)
        .map(|at| TextRange::of(at, at + exact.len()))
        .collect()
}

/// Characters that two places have in common around them.
fn alike((a, at): (&str, TextRange), (b, here): (&str, TextRange)) -> usize {
    let head = |text: &str, range: TextRange| -> Vec<char> {
        let head = text.get(..range.start as usize).unwrap_or_default();
        head.chars().rev().take(MOST_AROUND).collect()
    };
    let tail = |text: &str, range: TextRange| -> Vec<char> {
        let tail = text.get(range.end as usize..).unwrap_or_default();
        tail.chars().take(MOST_AROUND).collect()
    };
    let same = |a: Vec<char>, b: Vec<char>| a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    same(head(a, at), head(b, here)) + same(tail(a, at), tail(b, here))
}
