//! What happens outside: the terminal, threads, the clock, the disk.
//!
//! One thread waits on one channel, updates the model, carries out the effects and paints ([`screen`]). The others each own what they work with and answer
//! through that channel: `input` the terminal and signals, `desk` the documents being opened, `analyst` their analysis, `keeper` the store, `librarian` the
//! catalogue and the files, `jumper` the fuzzy jump, `counter` the hits of a find. Nothing polls: an idle program sleeps.

mod analyst;
pub mod clock;
pub mod collection;
mod concordance;
pub mod config;
mod counter;
mod crew;
mod desk;
mod encode;
pub mod exchange;
mod input;
mod jumper;
mod keeper;
pub mod librarian;
mod look;
mod outside;
pub mod paths;
pub mod reused;
pub mod screen;
mod scribe;
mod scroll;
pub mod source;
mod terminal;
mod tracer;
mod watch;
