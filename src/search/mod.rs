//! What matches what was typed: the picker's fuzzy jump, regexp find in one text, and the filter of lists and commands.
//!
//! In: what the reader typed, and texts or a [`query::Subject`]. Out: matches, best first or in text order, with byte ranges into the
//! original text. Picker and filter meet case and accents through [`fold`]; in [`find`] accents count. Nothing here reads files, keeps an index or knows the screen;
//! full-text search over a library stands in `index`.

pub mod find;
pub mod fold;
pub mod fuzzy;
pub mod query;
