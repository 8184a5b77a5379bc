//! Files of notes: read and put on the documents they are about ([`arriving`]), written for other programs ([`leaving`]). For the commands and the screen alike.
//!
//! In: paths, and documents as the caller reads them. Out: what the store can receive, or files. Nothing here writes to the store, and no file is ever replaced.

pub mod arriving;
pub mod leaving;
mod path;
mod trouble;
pub(super) mod worker;

pub use trouble::FileTrouble;
