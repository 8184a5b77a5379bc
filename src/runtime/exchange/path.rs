//! Paths as they are typed on the screen: what they name, and what completes them.

use std::path::{Path, PathBuf, is_separator};

use crate::text::sanitise;

/// Entries of a folder looked at.
const MOST_ENTRIES: usize = 20_000;
/// Completions offered.
const MOST_OFFERED: usize = 200;

/// The path that was typed; `~` is the home folder.
pub(super) fn path_of(typed: &str, home: Option<&Path>) -> PathBuf {
    let typed = typed.trim();
    let rest = typed.strip_prefix('~').filter(|rest| {
        let next = rest.chars().next();
        next.is_none_or(is_separator)
    });
    match (rest, home) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(is_separator)),
        _ => PathBuf::from(typed),
    }
}

/// Files and folders, these with a slash at their end, whose path begins as typed; hidden ones only if that begins so.
pub(super) fn completions(typed: &str, home: Option<&Path>) -> Vec<String> {
    if typed == "~" {
        return vec!["~/".to_owned()];
    }
    let cut = typed.rfind(is_separator).map_or(0, |at| at + 1);
    let (folder, start) = typed.split_at(cut);
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        path_of(folder, home)
    };
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let lower = start.to_lowercase();
    let mut found: Vec<String> = entries
        .take(MOST_ENTRIES)
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let fits = name.to_lowercase().starts_with(&lower)
                && (start.starts_with('.') || !name.starts_with('.'))
                && sanitise::line(&name) == name;
            let slash = if fits && entry.path().is_dir() {
                "/"
            } else {
                ""
            };
            fits.then(|| format!("{folder}{name}{slash}"))
        })
        .collect();
    // As typed first, whatever its case.
    found.sort_by_key(|path| (!path.starts_with(typed), path.to_lowercase()));
    found.truncate(MOST_OFFERED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_completed_also_at_home() {
        let home = tempfile::tempdir().unwrap();
        for name in ["notes.csv", "Notes 2.jsonld", ".hidden", "nothing.md"] {
            std::fs::write(home.path().join(name), "").unwrap();
        }
        std::fs::create_dir(home.path().join("note folder")).unwrap();
        std::fs::write(home.path().join("note folder/核.csv"), "").unwrap();
        let found = |typed: &str| completions(typed, Some(home.path()));
        assert_eq!(
            found("~/note"),
            ["~/note folder/", "~/notes.csv", "~/Notes 2.jsonld"]
        );
        assert_eq!(found("~/note folder/"), ["~/note folder/核.csv"]);
        assert_eq!(found("~"), ["~/"]);
        assert_eq!(found("~/."), ["~/.hidden"]);
        let plain = format!("{}/not", home.path().display());
        assert_eq!(found(&plain).len(), 4);
        assert_eq!(found("~/nowhere/x"), Vec::<String>::new());
        assert_eq!(path_of("~", Some(home.path())), home.path());
        assert_eq!(path_of(" ~x ", Some(home.path())), Path::new("~x"));
    }
}
