//! `postil [PATH…]`: the screen.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::failure::{Failure, Outcome};
use crate::app::settings::Toggle;
use crate::runtime::collection::Collection;

/// What the screen is opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Files and folders, `-` for standard input (keys come from the terminal then); none for the current collection, else the samples.
    pub paths: Vec<PathBuf>,
    /// `--library`; without it [`crate::runtime::paths::Paths::find`] asks the environment.
    pub library: Option<PathBuf>,
    /// `--theme`, which goes before the settings.
    pub theme: Option<String>,
    /// Off if `--no-mouse` was given; otherwise the settings decide.
    pub mouse: Option<Toggle>,
    /// On if `--ascii` was given; otherwise the settings decide.
    pub ascii: Option<Toggle>,
}

/// Opens the screen, where there is one to draw on.
pub fn open(options: &Options) -> Result<Outcome, Failure> {
    // The roots are looked at before the screen is taken, so that a wrong path is said where it was typed.
    Collection::of_paths(&options.paths)?;
    if !has_terminal() {
        return Err(Failure::NoTerminal);
    }
    Err(Failure::NoScreen)
}

/// Whether there is a terminal to draw on and one to read keys from.
fn has_terminal() -> bool {
    let keys =
        || io::stdin().is_terminal() || cfg!(unix) && std::fs::File::open("/dev/tty").is_ok();
    io::stdout().is_terminal() && keys()
}
