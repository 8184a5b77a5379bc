//! What is on disk: what the reader wrote, and the derived catalogue.
//!
//! In: documents, targets and what the reader wrote about them. Out: stored records, returned only after the commit. [`Store`] is ground state, one SQLite
//! file (WAL, `synchronous=FULL`, foreign keys, migrations that are only ever added, every change logged with before and after); [`catalogue`] is derived, a file of its
//! own that can be deleted at any time; [`doctor`] checks and repairs; [`drafts`] holds what is half written. A document is known by its places and by its content: a renamed, moved or copied
//! file keeps its notes. Nothing here reads documents, the clock or the environment, and source files are never opened.

mod anchorings;
mod annotations;
mod bookmarks;
mod bulk;
pub mod catalogue;
mod collections;
mod deciding;
pub mod doctor;
pub mod drafts;
mod entities;
mod error;
mod follow;
mod habits;
mod links;
mod log;
mod open;
mod overrides;
mod placing;
mod positions;
mod salvage;
mod schema;
mod settings;
mod snapshots;
mod steps;
mod tags;
mod takeback;
#[cfg(test)]
mod tests;
mod travel;
mod works;

pub use crate::annotation::Decision;
pub use anchorings::AnchoringRecord;
pub use bulk::BulkChange;
pub use collections::Collection;
pub use error::StoreError;
pub use follow::Files;
pub use habits::Visit;
pub use log::{Action, LogEntry};
pub use open::{Access, Store};
pub use placing::{KnownPlace, Search};
pub use positions::Position;
pub use steps::{Step, What};
pub use tags::TagUse;
pub use takeback::{Left, TakenBack};
pub use travel::{Arrival, Parcel, Received};
pub use works::{Placed, WorkId};
