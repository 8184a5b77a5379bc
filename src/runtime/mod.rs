//! What happens outside: the terminal, threads, the clock, the disk.
//!
//! One thread waits on one channel, updates the model, carries out the effects and paints. The others each own what they work with and answer through that
//! channel: `input` the terminal, `desk` the documents being opened, `analyst` their analysis, `keeper` the store, `librarian` the catalogue and the files, `jumper` the fuzzy jump.

pub mod clock;
pub mod collection;
pub mod paths;
pub mod source;
