//! Short forms: surnames, acronyms and "the Council" among words that were read as nothing else.

use std::collections::HashMap;

use super::{Linker, chain, range_of};
use crate::language::entities::gazetteer::Classes;
use crate::language::entities::words::{Shape, Word, hash_of};
use crate::language::token::TokenKind;

impl Linker<'_> {
    /// Links the short forms in `words[from..to]`; `firsts` are the first names only one person bears.
    pub(super) fn short_forms(
        &mut self,
        words: &[Word],
        from: usize,
        to: usize,
        firsts: &HashMap<u64, usize>,
    ) {
        let mut at = from;
        while at < to {
            let Some(word) = words.get(at) else {
                return;
            };
            at += 1;
            if !word.capital() || word.kind != TokenKind::Word {
                continue;
            }
            if let Some(entity) = self
                .acronyms
                .get(&word.hash)
                .filter(|_| word.shape == Shape::Upper)
            {
                self.mentions.push((word.range, *entity, false));
                continue;
            }
            let previous = at.checked_sub(2).and_then(|index| words.get(index));
            let mut end = at;
            while end + 1 < to
                && words
                    .get(end)
                    .is_some_and(|mark| mark.joined && mark.is_mark(b'-'))
                && words
                    .get(end + 1)
                    .is_some_and(|next| next.joined && next.capital())
                && end < at + 4
            {
                end += 2;
            }
            let lone = words.get(end).is_none_or(|next| {
                !next.capital() || next.classes.any(Classes::COMMON.or(Classes::FUNCTION))
            });
            let stranger = previous.is_some_and(|previous| {
                previous.capital()
                    && at >= 3
                    && !previous.classes.any(
                        Classes::TITLE
                            .or(Classes::COMMON)
                            .or(Classes::FUNCTION)
                            .or(Classes::RANK),
                    )
            });
            let name = words.get(at - 1..end).unwrap_or_default();
            let hash = chain(name);
            if let Some(bearer) = self
                .surnames
                .get(&hash)
                .or_else(|| firsts.get(&hash))
                .copied()
                .or_else(|| self.givens.unread(words, at - 1, end))
                .filter(|_| lone && !stranger)
            {
                if let Some(range) = range_of(name) {
                    self.mentions.push((range, bearer, false));
                    at = end;
                }
                continue;
            }
            let after_the = previous.is_some_and(|previous| previous.hash == hash_of("the"));
            if after_the
                && lone
                && word.classes.any(Classes::HEAD)
                && let Some(body) = self.heads.get(&word.hash)
            {
                self.mentions.push((word.range, *body, false));
            }
        }
    }
}
