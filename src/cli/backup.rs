//! `postil backup`: a copy of the store, also while others write to it.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, Outcome};
use super::ledger::open_reading;
use super::out::Out;
use crate::runtime::clock;
use crate::runtime::paths::Paths;

/// What `backup` takes.
#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The new file; without it one beside the store, with the time in its name
    #[arg(value_name = "FILE")]
    to: Option<PathBuf>,
}

/// Makes the copy and tells its name.
pub(super) fn run(args: &BackupArgs, places: &Paths) -> Result<Outcome, Failure> {
    let store = open_reading(&places.store)?;
    let to = args.to.clone().unwrap_or_else(|| {
        let mut name = places.store.as_os_str().to_owned();
        name.push(clock::now().strftime(".%Y%m%dT%H%M%SZ.backup").to_string());
        name.into()
    });
    store.backup(&to)?;
    let mut out = Out::new();
    out.text(&format!("copied the store to {}", to.display()))?;
    out.flush()?;
    Ok(Outcome::Done)
}
