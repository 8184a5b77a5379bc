//! To be written.

pub mod reflow;
