//! What the reader decided about entities, as a text file.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::gather::Library;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::ledger::open_reading;
use crate::cli::list_file;
use crate::cli::out::{Out, say};
use crate::cli::room::Room;
use crate::language::entities::EntityId;
use crate::library::entities::{Decision, read, write};
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::store::{Store, StoreError};

/// Writes every decision to a file that is not there yet, or to standard output.
pub(super) fn export(file: &Path, places: &Paths) -> Result<Outcome, Failure> {
    let decisions = match open_reading(&places.store) {
        Ok(store) => store.entity_decisions()?,
        Err(StoreError::Absent { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let text = write(&decisions);
    let mut out = Out::new();
    if file.as_os_str() == "-" {
        out.text(text.trim_end())?;
    } else {
        list_file::write_new(file, &text)?;
        let n = decisions.len();
        let s = if n == 1 { "" } else { "s" };
        out.text(&format!("{n} decision{s} written to {}", file.display()))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Takes every decision of a file, or none if a line is wrong. An id that no document at `within` names is said with its line: the decision is kept for a document that will.
pub(super) fn import(file: &Path, within: &[PathBuf], places: &Paths) -> Result<Outcome, Failure> {
    let text = list_file::read(file)?;
    let decisions = read(&text).map_err(|error| Failure::Decision {
        path: file.to_owned(),
        error,
    })?;
    let mut store = Store::open(&places.store, clock::now())?;
    let name = file.file_name().unwrap_or(file.as_os_str());
    let label = format!("decisions about names from {}", name.to_string_lossy());
    let (n_new, first) = store.decide_entities(&decisions, &label, clock::now())?;
    let mut out = Out::new();
    let (n, s) = (decisions.len(), if decisions.len() == 1 { "" } else { "s" });
    out.text(&format!("{n} decision{s} read, {n_new} of them new"))?;
    if let Some(first) = first {
        out.text(&format!("`postil log --undo {first}` takes them back"))?;
    }
    out.flush()?;
    let room = Arc::new(Room::new(within, places)?);
    let (library, outcome) = Library::read(&room)?;
    let apart: HashSet<EntityId> = decisions.iter().filter_map(Decision::apart).collect();
    let mut nobody = false;
    for (line, decision) in numbered(&text).zip(&decisions) {
        for id in decision.entities() {
            if !library.named.contains(id) && !apart.contains(id) {
                nobody = true;
                say(&format!(
                    "{}: line {line}: no document names `{}`; `{decision}` is kept and holds once one does (ids are those of `postil entities --json`)",
                    file.display(),
                    id.as_str()
                ));
            }
        }
    }
    Ok(if nobody { Outcome::Found } else { outcome })
}

/// The numbers, from 1, of the lines that hold a decision.
fn numbered(text: &str) -> impl Iterator<Item = usize> + '_ {
    let says = |line: &str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    };
    text.lines()
        .zip(1..)
        .filter(move |(line, _)| says(line))
        .map(|(_, number)| number)
}
