//! `postil [PATH…]`: the screen.

use std::io::{self, IsTerminal};

use super::failure::{Failure, Outcome};
use crate::runtime::collection::Collection;
use crate::runtime::screen::{self, Options};

/// Opens the screen, where there is one to draw on.
pub fn open(options: &Options) -> Result<Outcome, Failure> {
    // The roots are looked at before the screen is taken, so that a wrong path is said where it was typed.
    Collection::of_paths(&options.paths)?;
    if !has_terminal() {
        return Err(Failure::NoTerminal);
    }
    screen::run(options).map_err(Failure::Screen)?;
    Ok(Outcome::Done)
}

/// Whether there is a terminal to draw on and one to read keys from.
fn has_terminal() -> bool {
    let keys =
        || io::stdin().is_terminal() || cfg!(unix) && std::fs::File::open("/dev/tty").is_ok();
    io::stdout().is_terminal() && keys()
}
