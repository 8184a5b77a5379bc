//! The library: which documents there are, and what was derived from them.
//!
//! A [`Listing`] is what a list needs of a document, small enough for 100,000 of them in memory; an [`Analysis`] is what was found in the text of one. Both are
//! derived from the files and can be made again. The [`samples`] are the documents every copy of postil brings along.

mod analyse;
mod analysis;
mod corrections;
pub mod entities;
mod listing;
pub mod samples;
pub mod tracing;

pub use analyse::{Pieces, analyse, analyse_naming, analyse_with, headings};
pub use analysis::Analysis;
pub use corrections::Corrections;
pub use listing::{ANALYSER_VERSION, EntityCount, Entry, Heading, Listing, Postings, Sort, Stamp};
