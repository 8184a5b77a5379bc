//! What is looked up over a whole library and kept on disk: the passages that documents share ([`reuse`]). All of it is derived and can be deleted at any time.

pub mod reuse;
