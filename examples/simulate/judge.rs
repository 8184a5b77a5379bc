//! Whether an annotation was found where its words are.

use std::io::{self, Write};

use postil::annotation::{Alignment, Anchoring, Method, Target, locate_aligned};
use postil::document::Document;
use postil::import;
use postil::text::TextRange;

use crate::peer;
use crate::revise::{Fate, Revised, tokens};

/// Characters printed on each side of a passage.
const SHOWN_AROUND_CHARS: usize = 160;

/// What happened to the passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// Nothing, in its place.
    Unchanged,
    /// The same, and its words stand more than once.
    Repeated,
    /// Some of its words changed, at least half stayed, in its place.
    Edited,
    /// It stands elsewhere.
    Moved,
    /// Both.
    MovedAndEdited,
    /// Half of its words are gone.
    Rewritten,
    /// It ran over several sentences, and they have parted.
    Torn,
    /// It is gone.
    Deleted,
    /// It is gone, and the same words stand elsewhere.
    CopyLeft,
}

impl Case {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Repeated => "repeated",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::MovedAndEdited => "moved and edited",
            Self::Rewritten => "rewritten",
            Self::Torn => "torn",
            Self::Deleted => "deleted",
            Self::CopyLeft => "deleted, copy left",
        }
    }
}

/// What a method said, held against the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    Wrong,
    /// Offered for the reader to confirm.
    OfferedRight,
    OfferedWrong,
    Asked,
    Lost,
}

/// Both methods on one passage.
pub(crate) struct Judged {
    pub(crate) case: Case,
    pub(crate) ours: Verdict,
    pub(crate) peer: Verdict,
    truth: Vec<TextRange>,
    found: Anchoring,
}

/// One revision, ready to be asked.
pub(crate) struct Trial<'a> {
    revised: &'a Revised,
    then: Document,
    now: Document,
    alignment: Option<Alignment<'a>>,
    peer_then: peer::Text,
    peer_now: peer::Text,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(revised: &'a Revised, unkept: bool) -> Self {
        Self {
            revised,
            then: import::exact("then", &revised.then, None, None),
            now: import::exact("now", &revised.now, None, None),
            alignment: (!unkept).then(|| Alignment::new(&revised.then, &revised.now)),
            peer_then: peer::Text::new(&revised.then),
            peer_now: peer::Text::new(&revised.now),
        }
    }

    pub(crate) fn judge(&self, quote: TextRange) -> Judged {
        let truth = self.truth(quote);
        let case = self.case(quote, &truth);
        let target = Target::new(&self.then, quote);
        let found = locate_aligned(&target, self.alignment.as_ref(), &self.now);
        let is_right = |range: TextRange| matches_truth(case, &truth, range);
        let ours = match (found.anchor.status(), found.anchor.range()) {
            ("ambiguous", _) => Verdict::Asked,
            ("probable", Some(range)) if is_right(range) => Verdict::OfferedRight,
            ("probable", Some(_)) => Verdict::OfferedWrong,
            (_, Some(range)) if is_right(range) => Verdict::Right,
            (_, Some(_)) => Verdict::Wrong,
            (_, None) => Verdict::Lost,
        };
        let peer = match peer::find(&self.peer_then, &self.peer_now, quote) {
            Some(range) if is_right(range) => Verdict::Right,
            Some(_) => Verdict::Wrong,
            None => Verdict::Lost,
        };
        Judged {
            case,
            ours,
            peer,
            truth,
            found,
        }
    }

    /// Where the words of a passage are now: stretches in text order.
    fn truth(&self, quote: TextRange) -> Vec<TextRange> {
        let kept = self.revised.kept.iter().filter_map(|(old, new)| {
            let part = old.intersection(quote)?;
            let start = new.start + (part.start - old.start);
            let part = TextRange::new(start, start + part.len());
            let words = part.of_text(&self.revised.now);
            (!words.trim().is_empty()).then_some(part)
        });
        let replaced = self.revised.replaced.iter().filter_map(|(old, new)| {
            let inside = if old.is_empty() {
                quote.start < old.start && old.start < quote.end
            } else {
                old.overlaps(quote)
            };
            inside.then_some(*new)
        });
        let mut all: Vec<TextRange> = kept.chain(replaced).collect();
        all.sort();
        let mut joined: Vec<TextRange> = Vec::new();
        for range in all {
            match joined.last_mut() {
                Some(last) if self.only_blanks(last.end, range.start) => *last = last.union(range),
                _ => joined.push(range),
            }
        }
        joined
    }

    fn only_blanks(&self, from: u32, to: u32) -> bool {
        from >= to
            || TextRange::new(from, to)
                .of_text(&self.revised.now)
                .trim()
                .is_empty()
    }

    fn case(&self, quote: TextRange, truth: &[TextRange]) -> Case {
        let exact = quote.of_text(&self.revised.then);
        let fates: Vec<Fate> = self
            .revised
            .sentences
            .iter()
            .filter(|(range, _)| {
                let part = range.intersection(quote);
                part.is_some_and(|part| !part.of_text(&self.revised.then).trim().is_empty())
            })
            .map(|(_, fate)| *fate)
            .collect();
        let stands = self.revised.now.matches(exact).count();
        let intact = truth.len() == 1
            && truth
                .first()
                .is_some_and(|range| range.of_text(&self.revised.now) == exact);
        let words = tokens(quote, &self.revised.then);
        let n_kept = words
            .iter()
            .filter(|word| {
                let mut kept = self.revised.kept.iter();
                kept.any(|(old, _)| {
                    old.intersection(**word).is_some_and(|part| {
                        part.of_text(&self.revised.then).trim()
                            == word.of_text(&self.revised.then).trim()
                    })
                })
            })
            .count();
        let in_place = |fate: &Fate| matches!(fate, Fate::Kept | Fate::Edited | Fate::Repeated);
        if fates.iter().all(|fate| *fate == Fate::Deleted) {
            return if stands > 0 {
                Case::CopyLeft
            } else {
                Case::Deleted
            };
        }
        let stays = fates.iter().all(in_place);
        if truth.len() > 1 || !stays && fates.len() > 1 {
            return Case::Torn;
        }
        if n_kept * 2 < words.len() {
            return Case::Rewritten;
        }
        match (intact, stays) {
            (true, true) if stands > 1 || self.revised.then.matches(exact).count() > 1 => {
                Case::Repeated
            }
            (true, true) => Case::Unchanged,
            (true, false) => Case::Moved,
            (false, true) => Case::Edited,
            (false, false) => Case::MovedAndEdited,
        }
    }

    /// Prints a passage that was not plainly found where it is.
    pub(crate) fn show(
        &self,
        out: &mut impl Write,
        name: &str,
        quote: TextRange,
        judged: &Judged,
    ) -> io::Result<()> {
        if judged.ours == Verdict::Right {
            return Ok(());
        }
        writeln!(
            out,
            "{name} {} {}: {:?} {} {} score {:.2} margin {:.2}",
            judged.case.as_str(),
            quote.of_text(&self.revised.then).chars().count(),
            judged.ours,
            judged.found.anchor.status(),
            judged.found.method.map_or("-", Method::as_str),
            judged.found.score,
            judged.found.margin
        )?;
        writeln!(out, "  then  {}", around(&self.revised.then, quote))?;
        for range in &judged.truth {
            writeln!(out, "  truth {}", around(&self.revised.now, *range))?;
        }
        match judged.found.anchor.range() {
            Some(range) => writeln!(out, "  found {}", around(&self.revised.now, range)),
            None => writeln!(out, "  found nothing"),
        }
    }
}

/// A passage in brackets, with what stands around it.
fn around(text: &str, range: TextRange) -> String {
    let before: Vec<char> = TextRange::new(0, range.start)
        .of_text(text)
        .chars()
        .rev()
        .take(SHOWN_AROUND_CHARS)
        .collect();
    let before: String = before.into_iter().rev().collect();
    let after = TextRange::of(range.end as usize, text.len()).of_text(text);
    let after: String = after.chars().take(SHOWN_AROUND_CHARS).collect();
    format!("{before}[{}]{after}", range.of_text(text)).replace('\n', "\\n")
}

fn matches_truth(case: Case, truth: &[TextRange], found: TextRange) -> bool {
    let common: u32 = truth
        .iter()
        .filter_map(|range| range.intersection(found))
        .map(TextRange::len)
        .sum();
    let whole: u32 = truth.iter().map(|range| range.len()).sum::<u32>() + found.len() - common;
    let share = f64::from(common) / f64::from(whole.max(1));
    match case {
        Case::Unchanged | Case::Repeated | Case::Moved => share >= 0.9,
        Case::Edited | Case::MovedAndEdited => share >= 0.5,
        // What stands in the place found must be of the passage, or be the passage from its first word to its last with something put between.
        Case::Torn | Case::Rewritten => {
            let ends = truth.first().zip(truth.last());
            let whole = ends.is_some_and(|(first, last)| {
                found.start == first.start && found.end.abs_diff(last.end) <= 2
            });
            whole || f64::from(common) >= 0.5 * f64::from(found.len())
        }
        Case::Deleted | Case::CopyLeft => false,
    }
}
