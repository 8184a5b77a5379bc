//! Where words come from: quotations and reused passages linked to their source, and the redline of two documents.
//!
//! In: texts as [`words::Words`], quotations, sentences. Out: links with what was changed ([`quotations`], [`passage`]), passages shared by documents ([`reuse`]), redlines ([`redline`]), how often each
//! sentence of a statement is repeated ([`inverse`]), the versions of a phrase over a series ([`history`]), how alike two texts are from a few bytes of each ([`sketch`]). Offsets are bytes of the texts given. No files, no clock.

pub mod align;
pub mod ends;
mod fit;
pub mod history;
#[cfg(test)]
mod hostile;
pub mod inverse;
pub mod kinds;
pub mod passage;
pub mod quotations;
pub mod redline;
pub mod reuse;
pub mod sketch;
mod sorts;
mod spelling;
mod spliced;
mod style;
pub mod words;
