//! To be written.

pub mod runs;
pub mod symbols;
pub mod theme;
