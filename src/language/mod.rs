//! What stands in a text: tokens, sentences, names and quotations.
//!
//! In: a [`Document`](crate::document::Document). Out: layers of ranges over its text. No clock, no I/O. English first; text in other languages
//! gets sentences and the names on the lists, never guesses.

pub mod entities;
mod ordinal;
pub mod quotes;
pub mod sentence;
pub mod token;

#[cfg(test)]
pub(crate) mod sample;
