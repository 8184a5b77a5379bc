//! Plain text and the ways to point into it: which characters, which cells, which bytes.
//!
//! Everything in postil points into one sanitised UTF-8 string per document with a [`TextRange`]; a
//! [`Layer`] holds such ranges with a value each. Offsets are UTF-8 bytes inside the program; [`Offsets`]
//! converts them to code points and UTF-16 units at the edges. [`sanitise`] is the one place that decides
//! which characters may reach a terminal. Nothing here knows documents, files or the screen.

pub mod html;
mod layer;
mod offsets;
mod range;
pub mod sanitise;
pub mod width;

pub use layer::Layer;
pub use offsets::Offsets;
pub use range::TextRange;
