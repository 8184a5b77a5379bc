//! Who is the same across documents, and what is known of each.
//!
//! In: what each document says of the entities it names, and the reader's decisions. Out: [`Links`] (which ids are one entity, and why), the spellings
//! and roles said of each ([`said()`]), its mentions in context ([`contexts`]), and [`Facts`] for a card. A document is analysed alone and gives ids that are a
//! function of its text; here alone they are brought together, so that documents may come and go in any order. People who share only a surname are never
//! made one: the merge is offered. Nothing here reads a disk or a clock.

mod compare;
mod context;
mod decision;
mod facts;
mod groups;
mod keys;
mod linked;
mod linker;
mod links;
mod page;
mod parts;
mod renew;
mod roles;
mod said;
mod spelling;

pub use context::{Context, contexts};
pub use decision::{Decision, DecisionError, LineError, Slot, read, write};
pub use facts::{Companion, Facts};
pub use keys::{Key, acronym as acronym_key, keys};
pub use linked::{Linked, Member, Offer, Seen, Why};
pub use links::Links;
pub use parts::{Differing, Parts};
pub use renew::Names;
pub use said::{Said, SaidAs, said};
pub use spelling::is_acronym;
