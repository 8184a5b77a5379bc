//! The `postil` binary: parses nothing itself, hands everything to [`postil::cli`].

fn main() {}
