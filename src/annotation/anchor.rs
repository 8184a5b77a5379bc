//! From a target made on one text to its place in another, and how sure that is.

use memchr::memmem;

use super::align::Alignment;
use super::anchoring::{Anchor, Anchoring, Method};
use super::elsewhere::MOST_OFFERED;
use super::fold::folded;
use super::laid::Fate;
use super::resemblance::unlike;
use super::rivals::{LEAST_LEAD, Run};
use super::stretch::whole_graphemes;
use super::support::Support;
use super::{Target, elsewhere, resemblance};
use crate::document::Document;
use crate::text::TextRange;

/// From so many characters on a passage is long; of a shorter one a single word is much.
const LONG_CHARS: usize = 40;
/// How much of a passage must have stayed for it to be edited and not perhaps another one: of one over several sentences, of a long one, and of a short one.
const PARTS_SURE: f32 = 0.55;
const LONG_SURE: f32 = 0.5;
const SHORT_SURE: f32 = 0.4;

/// Where the passage of `target` stands in `now`; as [`locate`], without how it was found.
pub fn anchor(target: &Target, then: Option<&str>, now: &Document) -> Anchor {
    locate(target, then, now).anchor
}

/// As [`anchor`], with the two texts compared beforehand; for many targets made on the same text.
pub fn anchor_aligned(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchor {
    locate_aligned(target, alignment, now).anchor
}

/// Finds the passage of `target` in `now`; `then` is the text it was made on, where that was kept.
///
/// In this order: the same text; equal but for typography and white space; word by word from the old text to the new; the same words elsewhere; similar words
/// elsewhere. The last is never more than [`Anchor::Probable`]: words that only resemble the passage are never silently taken for it.
pub fn locate(target: &Target, then: Option<&str>, now: &Document) -> Anchoring {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    if let Some(range) = then.and_then(|then| in_same_words(target.position, then, &now.text)) {
        let range = whole_graphemes(&now.text, range);
        return Anchoring::certain(Anchor::Unchanged(range), Method::Typography);
    }
    let alignment = then.map(|then| Alignment::new(then, &now.text));
    locate_aligned(target, alignment.as_ref(), now)
}

/// As [`locate`], with the two texts compared beforehand; for many targets made on the same text. Says the same of each in whatever order they are asked for.
pub fn locate_aligned(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchoring {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    let found = in_another_text(target, alignment, now);
    let whole = |range: TextRange| whole_graphemes(&now.text, range);
    let anchor = match found.anchor {
        Anchor::Unchanged(range) => Anchor::Unchanged(whole(range)),
        Anchor::Edited(range) => Anchor::Edited(whole(range)),
        Anchor::Moved(range) => Anchor::Moved(whole(range)),
        Anchor::Probable(range) => Anchor::Probable(whole(range)),
        Anchor::Ambiguous(ranges) => Anchor::Ambiguous(ranges.into_iter().map(whole).collect()),
        none @ (Anchor::Lost { .. } | Anchor::Sought) => none,
    };
    Anchoring { anchor, ..found }
}

fn in_another_text(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchoring {
    // A text that has other words at the place is not the one the passage was marked in.
    let known = alignment.filter(|alignment| {
        alignment.then.get(target.position.bytes()) == Some(target.quote.exact.as_str())
    });
    let Some(alignment) = known else {
        let near = char_start(&now.text, target.position.start);
        return elsewhere::by_text(target, &now.text)
            .or_else(|| resemblance::by_text(target, &now.text))
            .unwrap_or_else(|| Anchoring::lost(near));
    };
    let fate = alignment.fate(target.position);
    if !matches!(fate, Fate::Kept(_))
        && let Some(run) = alignment.beside(&alignment.old.touched(target.position))
    {
        return held(target, alignment, run, place(target, alignment, run));
    }
    match fate {
        Fate::Kept(range) => kept(target, alignment, range),
        Fate::Changed(range) => changed(target, alignment, range),
        Fate::Part(range) => elsewhere::by_words(target, alignment)
            .or_else(|| resemblance::by_words(target, alignment))
            .unwrap_or_else(|| Anchoring {
                anchor: Anchor::Probable(range),
                ..weighed(target, alignment, range)
            }),
        Fate::Gone(near) => replaced(target, alignment)
            .or_else(|| elsewhere::by_words(target, alignment))
            .or_else(|| resemblance::by_words(target, alignment))
            .unwrap_or_else(|| Anchoring::lost(near)),
    }
}

/// A passage whose words were kept at `range`, unless they can as well be those of another place.
fn kept(target: &Target, alignment: &Alignment<'_>, range: TextRange) -> Anchoring {
    let words = alignment.old.touched(target.position);
    match alignment.core(words.clone()) {
        Some(run) if run.n == words.len() => held(target, alignment, run, range),
        Some(_) | None => Anchoring::certain(Anchor::Unchanged(range), Method::Comparison),
    }
}

/// A passage all of whose words stand at `range`, as `run` says, unless they can as well be those of another place.
fn held(target: &Target, alignment: &Alignment<'_>, run: Run, range: TextRange) -> Anchoring {
    let sure = Anchoring::certain(Anchor::Unchanged(range), Method::Comparison);
    let rivals = alignment.rivals(run);
    let anchor = if rivals.new.is_empty() {
        if !rivals.is_copy && !alignment.is_patched(run) {
            return sure;
        }
        Anchor::Probable(range)
    } else {
        let others = rivals.new.into_iter();
        let others = others.map(|new| place(target, alignment, Run { new, ..run }));
        Anchor::Ambiguous(
            std::iter::once(range)
                .chain(others)
                .take(MOST_OFFERED)
                .collect(),
        )
    };
    Anchoring {
        anchor,
        score: 0.5,
        margin: 0.0,
        ..sure
    }
}

/// A passage some of whose words were changed at `range`, unless its words stand elsewhere or what was kept can be of another place.
fn changed(target: &Target, alignment: &Alignment<'_>, range: TextRange) -> Anchoring {
    let edited = weighed(target, alignment, range);
    let words = alignment.old.touched(target.position);
    let needle = alignment.old.ids.get(words.clone()).unwrap_or_default();
    let copies = alignment.copies_in_new(needle).into_iter();
    let copies = copies.map(|new| Run {
        old: words.start,
        new,
        n: needle.len(),
    });
    let core = alignment.core(words.clone());
    let here = core.map_or(0, |core| alignment.around(core).weight());
    let free: Vec<(Run, TextRange)> = copies
        .filter(|copy| !alignment.is_owned(*copy))
        .map(|copy| (copy, place(target, alignment, copy)))
        .filter(|(copy, at)| {
            at.overlaps(range) || alignment.around(*copy).weight() + LEAST_LEAD > here
        })
        .take(MOST_OFFERED - 1)
        .collect();
    match free.as_slice() {
        [] => {}
        // The comparison gave one of its words to a neighbour.
        [(run, here)] if here.overlaps(range) => return held(target, alignment, *run, *here),
        _ => {
            let places = free.iter().map(|(_, here)| *here).chain([range]);
            return Anchoring {
                anchor: Anchor::Ambiguous(places.collect()),
                margin: 0.0,
                ..edited
            };
        }
    }
    if edited.errors == 0 {
        return Anchoring::certain(Anchor::Unchanged(range), Method::Typography);
    }
    let whole = Run {
        old: words.start,
        new: 0,
        n: words.len(),
    };
    let sure = match target.quote.exact.chars().count() {
        _ if alignment.parts(whole).len() > 1 => PARTS_SURE,
        LONG_CHARS.. => LONG_SURE,
        _ => SHORT_SURE,
    };
    let is_sure = match alignment.support(target.position) {
        Support::Firm => true,
        Support::Weak => edited.score >= sure,
        Support::Gone => false,
    };
    let rivals = core.map(|run| alignment.rivals(run));
    if !is_sure
        || rivals.is_some_and(|rivals| rivals.is_copy || !rivals.new.is_empty())
        || alignment.changed_places(target.position)
    {
        return Anchoring {
            anchor: Anchor::Probable(range),
            margin: 0.0,
            ..edited
        };
    }
    edited
}

/// The words that came for those of a passage, in a sentence that stayed.
fn replaced(target: &Target, alignment: &Alignment<'_>) -> Option<Anchoring> {
    let range = alignment.replaced(target.position)?;
    Some(Anchoring {
        anchor: Anchor::Probable(range),
        margin: 0.0,
        ..weighed(target, alignment, range)
    })
}

/// The passage as edited at `range`.
fn weighed(target: &Target, alignment: &Alignment<'_>, range: TextRange) -> Anchoring {
    let (errors, share) = unlike(&target.quote.exact, range.of_text(alignment.now));
    Anchoring {
        anchor: Anchor::Edited(range),
        method: Some(Method::Comparison),
        errors,
        score: 1.0 - share,
        margin: 1.0 - share,
    }
}

/// The bytes of a place where all words of the passage stand.
fn place(target: &Target, alignment: &Alignment<'_>, run: Run) -> TextRange {
    let (first, last) = (
        (run.old, run.new),
        (run.old + run.n - 1, run.new + run.n - 1),
    );
    alignment.laid().exact_edges(target.position, first, last)
}

/// The place of a target whose text is the present one.
pub fn in_same_text(target: &Target, now: &Document) -> Option<Anchoring> {
    let stands = now.revision == target.revision
        && now.text.get(target.position.bytes()) == Some(target.quote.exact.as_str());
    stands.then_some(Anchoring::certain(
        Anchor::Unchanged(target.position),
        Method::Position,
    ))
}

/// Where the passage of `target` and all its context stand in `now`, if they stand there once; found in no time, and nothing else is looked for.
pub fn glance(target: &Target, now: &Document) -> Option<TextRange> {
    if let Some(Anchor::Unchanged(range)) = in_same_text(target, now).map(|same| same.anchor) {
        return Some(range);
    }
    let quote = &target.quote;
    let needle = [
        quote.prefix.as_str(),
        quote.exact.as_str(),
        quote.suffix.as_str(),
    ]
    .concat();
    let mut places = memmem::find_iter(now.text.as_bytes(), needle.as_bytes());
    let at = places.next()? + quote.prefix.len();
    let once = places.next().is_none();
    once.then(|| TextRange::of(at, at + quote.exact.len()))
}

/// The place of `passage` in `now`, if both texts are the same but for typography.
fn in_same_words(passage: TextRange, then: &str, now: &str) -> Option<TextRange> {
    let (mut old, mut new) = (folded(then), folded(now));
    let mut found: Option<TextRange> = None;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return found,
            (Some(a), Some(b)) if a.c == b.c => {
                if passage.covers(a.from) {
                    found = Some(found.map_or(b.from, |found| found.union(b.from)));
                }
            }
            _ => return None,
        }
    }
}

/// The start of the character at or before `at`, or the end of the text.
fn char_start(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
