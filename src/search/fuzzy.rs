//! The fuzzy matcher behind the jump picker.
//!
//! In: [`Candidates`] (many short texts, added as they become known) and a [`Query`]. Out: how many match, and the best of them.
//! A query is terms between blanks, in any order, all of which must match:
//!
//! | typed | matches a text that |
//! |---|---|
//! | `rate` | has these letters in this order |
//! | `'rate` | has them side by side |
//! | `^rate`, `rate$`, `^rate$` | begins with them, ends with them, is just them |
//! | `!rate`, `!^rate`, `!rate$` | does not have, begin with, end with them |
//! | `bank\ rate` | a blank that belongs to the term |
//!
//! Accents never matter; case matters for a term that has a capital. The score rewards letters side by side, whole words and the beginnings of words, text
//! and parts of words; ties go to the shorter text, then to the one added first. It depends on nothing but query and text.
//!
//! How it stays fast: a 64-bit set of the characters of each text rejects most of them, `memchr` tests the rest for the letters in order, what matched
//! the previous query is all that is looked at while the query grows, and the alignment is computed (over the places where a letter stands, not over every place)
//! only for texts that could still reach the best `k`. [`highlight`] asks `fuzzy_matcher`'s `SkimMatcherV2` which letters to mark, for
//! what is shown alone. Deliberately absent: threads of its own kind (large sets are shared out with rayon), and any knowledge of what the texts are.

mod candidates;
mod highlight;
mod matcher;
mod score;
mod term;

pub use candidates::Candidates;
pub use highlight::{Highlighter, highlight};
pub use matcher::{Match, Matcher, Matches, Scope};
pub use term::Query;

#[cfg(test)]
mod tests;
