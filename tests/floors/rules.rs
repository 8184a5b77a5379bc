//! What a source file may name, by the floor it stands on.
//!
//! In: the floors, a file's path below the crate root (with `/`) and its text. Out: one [`Violation`] a broken rule.
//! Exempt: whatever is compiled for tests only. `lib.rs` and `main.rs` stand on no floor.

use std::fmt;

use crate::source::{Path, Token, path_at, text, tokens};
use crate::table::Floor;

/// Floors that answer from their arguments alone.
const PURE: [&str; 11] = [
    "text",
    "document",
    "import",
    "language",
    "time",
    "timeline",
    "trace",
    "annotation",
    "search",
    "app",
    "ui",
];

/// The one file below [`PURE`] floors that may read folders: it turns paths into files to import.
const WALK: &str = "src/import/walk.rs";

/// What a pure floor may not name, and where the work belongs instead.
const OUTSIDE: [(&[&str], &str); 11] = [
    (
        &["std", "fs"],
        "let `runtime` or `cli` read and write, and take the bytes",
    ),
    (&["std", "env"], "let `cli` read it and pass it in"),
    (
        &["std", "process"],
        "return an effect and let `runtime` run it",
    ),
    (&["std", "net"], "nothing here uses a network; leave it out"),
    (
        &["std", "sync", "mpsc"],
        "return values; channels belong to `runtime`",
    ),
    (
        &["std", "time", "SystemTime"],
        "take the time as an argument",
    ),
    (&["std", "time", "Instant"], "take the time as an argument"),
    (
        &["std", "time", "*"],
        "name what you need; the clock is not among it",
    ),
    (&["std", "*"], "name what you need"),
    (&["Timestamp", "now"], "take the time as an argument"),
    (&["Zoned", "now"], "take the time as an argument"),
];

/// A rule that a line of a source file breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// What is wrong, the rule, the next step.
    pub(crate) message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Every rule that the file breaks, in the order of its lines.
pub(crate) fn check(floors: &[Floor], file: &str, source: &str) -> Vec<Violation> {
    let tokens = tokens(source);
    let mut violations: Vec<Violation> = Vec::new();
    let mut report = |line: usize, message: String| {
        violations.push(Violation {
            file: file.to_owned(),
            line,
            message,
        });
    };
    for (line, message) in panics(&tokens) {
        report(line, message);
    }
    let places = module_path(file);
    if let Some(module) = places.first() {
        match floors.iter().find(|floor| floor.module == *module) {
            None => report(
                1,
                format!("`{module}` has no row in the floors table; add it to ARCHITECTURE.md"),
            ),
            Some(floor) => {
                for path in paths(&tokens, &places) {
                    if let Some(message) = step(floors, floor, &path) {
                        report(path.line, message);
                    }
                    if let Some(message) = outside(module, file, &path) {
                        report(path.line, message);
                    }
                }
            }
        }
    }
    violations.sort_by_key(|violation| violation.line);
    violations
}

/// Calls that end the program where a message is owed.
fn panics(tokens: &[Token]) -> Vec<(usize, String)> {
    (1..tokens.len())
        .filter(|at| {
            let called = text(tokens, at - 1) == "." && text(tokens, at + 1) == "(";
            matches!(text(tokens, *at), "unwrap" | "expect")
                && (called || text(tokens, at - 1) == "::")
        })
        .map(|at| {
            let call = text(tokens, at);
            let message = format!(
                "`{call}` panics (rule: nothing outside tests may); return the error or match on it"
            );
            (tokens[at].line, message)
        })
        .collect()
}

/// Whether the path leads to a floor that this one must not know.
fn step(floors: &[Floor], from: &Floor, path: &Path) -> Option<String> {
    let [root, target, ..] = path.segments.as_slice() else {
        return None;
    };
    if root != "crate" || *target == from.module {
        return None;
    }
    let module = &from.module;
    if !floors.iter().any(|floor| floor.module == *target) {
        return Some(format!(
            "`crate::{target}` names no module of the floors table (rule: names come from their module); \
             write the module's own path, or add its row to ARCHITECTURE.md"
        ));
    }
    if from.may_use.contains(target) {
        return None;
    }
    let may_use = if from.may_use.is_empty() {
        "nothing".to_owned()
    } else {
        from.may_use.join(", ")
    };
    Some(format!(
        "`{module}` uses `{target}` (rule: it may use {may_use}); move what is needed to a lower floor, \
         or have the caller pass it in"
    ))
}

/// Whether the path leads out of the program from a floor that answers from its arguments alone.
fn outside(module: &str, file: &str, path: &Path) -> Option<String> {
    if !PURE.contains(&module) {
        return None;
    }
    let (named, step) = OUTSIDE.iter().find(|(named, _)| {
        let at_front = path.segments.first().is_some_and(|first| first == "std");
        if named.first() == Some(&"std") {
            at_front
                && path.segments.len() >= named.len()
                && named.iter().zip(&path.segments).all(|(a, b)| a == b)
        } else {
            path.segments
                .windows(named.len())
                .any(|part| part == *named)
        }
    })?;
    if file == WALK && *named == ["std", "fs"] {
        return None;
    }
    let named = named.join("::");
    Some(format!(
        "`{module}` names `{named}` (rule: it touches no disk, clock, environment, process or channel); {step}"
    ))
}

/// Every path that starts with `crate`, `std`, `super` or a type, the `super`s resolved.
fn paths(tokens: &[Token], places: &[String]) -> Vec<Path> {
    let mut found = Vec::new();
    // The modules opened in this file, each with the depth of braces at which it ends.
    let mut inline: Vec<(usize, String)> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < tokens.len() {
        match text(tokens, at) {
            "mod" if text(tokens, at + 2) == "{" => {
                depth += 1;
                inline.push((depth, text(tokens, at + 1).to_owned()));
                at += 3;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                inline.retain(|(opened, _)| *opened < depth);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if text(tokens, at + 1) == "::" {
            let here: Vec<String> = places
                .iter()
                .cloned()
                .chain(inline.iter().map(|(_, name)| name.clone()))
                .collect();
            let (read, after) = path_at(tokens, at);
            found.extend(read.into_iter().map(|path| resolve(path, &here)));
            at = after.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// A path that climbs with `super`, written from `crate`.
fn resolve(path: Path, here: &[String]) -> Path {
    let start = usize::from(path.segments.first().is_some_and(|first| first == "self"));
    let climbs = path.segments[start..]
        .iter()
        .take_while(|segment| *segment == "super")
        .count();
    if climbs == 0 {
        return path;
    }
    let kept = here.len().saturating_sub(climbs);
    let segments = std::iter::once("crate".to_owned())
        .chain(here[..kept].iter().cloned())
        .chain(path.segments[start + climbs..].iter().cloned())
        .collect();
    Path {
        segments,
        line: path.line,
    }
}

/// `src/language/quotes/mod.rs` is `[language, quotes]`; `lib.rs` and `main.rs` are none.
fn module_path(file: &str) -> Vec<String> {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let mut places: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if matches!(
        places.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        places.pop();
    }
    places
}
