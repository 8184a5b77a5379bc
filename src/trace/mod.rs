//! Where words come from: quotations and reused passages linked to their source, and the redline of two documents.
pub mod align;
pub mod kinds;
pub mod passage;
pub mod reuse;
pub mod words;
