//! The floors of ARCHITECTURE.md, enforced: which module may use which, and which may touch the world outside.
//!
//! The table is read from the page itself, the sources as names (comments, literals and test code aside). What fails
//! here says file, line, rule and next step.

#[path = "floors/rules.rs"]
mod rules;
#[path = "floors/source.rs"]
mod source;
#[path = "floors/table.rs"]
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use rules::check;
use table::{Floor, parse};

#[test]
fn the_sources_keep_to_their_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let floors = parse(&page).unwrap_or_else(|message| panic!("{message}"));
    let files = sources(root);
    assert!(
        files.len() > floors.len(),
        "no sources below {}",
        root.display()
    );

    let mut complaints: Vec<String> = floors
        .iter()
        .filter(|floor| {
            let inside = format!("src/{}/", floor.module);
            let file = format!("src/{}.rs", floor.module);
            !files.iter().any(|(name, _)| name.starts_with(&inside) || *name == file)
        })
        .map(|floor| {
            let module = &floor.module;
            format!("ARCHITECTURE.md: `{module}` has a row, but src/{module} does not exist; remove the row or add the module")
        })
        .collect();
    for (name, text) in &files {
        complaints.extend(check(&floors, name, text).iter().map(ToString::to_string));
    }
    assert!(
        complaints.is_empty(),
        "{} broken rules (ARCHITECTURE.md, \"Floors\"):\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

/// The sources below `root/src`, named from `root` with `/`, without those that are compiled for tests only.
fn sources(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut only_tests: Vec<String> = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry
                .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
                .path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text =
                    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let name = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                let inside = match name.rsplit_once('/') {
                    Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
                    _ => name.trim_end_matches(".rs").to_owned(),
                };
                only_tests.extend(
                    source::test_modules(&text)
                        .iter()
                        .map(|module| format!("{inside}/{module}")),
                );
                if !source::is_test_file(&text) {
                    files.push((name, text));
                }
            }
        }
    }
    files.retain(|(name, _)| {
        !only_tests.iter().any(|module| {
            *name == format!("{module}.rs") || name.starts_with(&format!("{module}/"))
        })
    });
    files.sort();
    files
}

const PAGE: &str = "\
# Architecture

## Floors

| module | question | may use |
|---|---|---|
| `text` | where? | — |
| `document` | what? | text |
| `import` | how? | text document |
| `store` | on disk? | all above |
| `app` | what does a key do? | all above but import, store |
| `ui` | how does it look? | app and below, but import, store |
| `runtime` | outside? | everything above |

## Invariants
";

fn floors() -> Vec<Floor> {
    parse(PAGE).unwrap_or_else(|message| panic!("{message}"))
}

/// The lines of the source that break a rule, each with the named part of its message.
fn broken(file: &str, source: &str) -> Vec<(usize, String)> {
    check(&floors(), file, source)
        .into_iter()
        .map(|violation| {
            let named = violation.message.split(" (rule").next().unwrap_or_default();
            (violation.line, named.to_owned())
        })
        .collect()
}

#[track_caller]
fn allows(file: &str, source: &str) {
    assert_eq!(broken(file, source), []);
}

#[track_caller]
fn forbids(file: &str, source: &str, expected: &[(usize, &str)]) {
    let expected: Vec<(usize, String)> = expected
        .iter()
        .map(|(line, what)| (*line, (*what).to_owned()))
        .collect();
    assert_eq!(broken(file, source), expected);
}

#[test]
fn the_table_says_who_may_use_whom() {
    let may_use = |module: &str| {
        let floor = floors()
            .into_iter()
            .find(|floor| floor.module == module)
            .unwrap();
        floor.may_use.join(" ")
    };
    assert_eq!(may_use("text"), "");
    assert_eq!(may_use("import"), "text document");
    assert_eq!(may_use("store"), "text document import");
    assert_eq!(may_use("app"), "text document");
    assert_eq!(may_use("ui"), "text document app");
    assert_eq!(may_use("runtime"), "text document import store app ui");
}

#[test]
fn a_table_that_names_a_floor_above_is_refused() {
    let page = PAGE.replace("| `text` | where? | — |", "| `text` | where? | document |");
    assert!(
        parse(&page)
            .unwrap_err()
            .contains("the row of `text` names `document`")
    );
    assert!(parse("# Architecture\n").unwrap_err().contains("no table"));
}

#[test]
fn a_use_of_a_higher_floor_is_found() {
    forbids(
        "src/text/a.rs",
        "use std::fmt;\nuse crate::document::Meta;\n",
        &[(2, "`text` uses `document`")],
    );
    forbids(
        "src/app/mod.rs",
        "use crate::{\n    document::Meta,\n    store::{Db, Row as R},\n    text,\n};\n",
        &[(3, "`app` uses `store`"), (3, "`app` uses `store`")],
    );
    forbids(
        "src/text/mod.rs",
        "fn f() -> u8 {\n    crate::app::count::<u8>()\n}\n",
        &[(2, "`text` uses `app`")],
    );
    forbids(
        "src/document/deep/a.rs",
        "use super::super::super::app::Model;",
        &[(1, "`document` uses `app`")],
    );
    forbids(
        "src/document/mod.rs",
        "mod inner {\n    use super::super::ui;\n}\n",
        &[(2, "`document` uses `ui`")],
    );
    forbids(
        "src/text/mod.rs",
        "use crate::Shortcut;",
        &[(1, "`crate::Shortcut` names no module of the floors table")],
    );
    forbids(
        "src/text/mod.rs",
        "use crate::*;",
        &[(1, "`crate::*` names no module of the floors table")],
    );
}

#[test]
fn a_use_of_a_lower_floor_or_of_itself_is_fine() {
    allows(
        "src/ui/list.rs",
        "use crate::{app::Model, document::Meta, ui::theme::Theme};\nuse super::paint;",
    );
    allows(
        "src/document/mod.rs",
        "mod inner {\n    use super::Meta;\n}\npub(crate) fn f(t: &crate::text::A) {}",
    );
    allows("src/main.rs", "fn main() { postil::cli::run() }");
}

#[test]
fn comments_literals_and_tests_may_name_anything() {
    allows(
        "src/text/a.rs",
        "//! See crate::app.\n/* /* crate::ui */ std::fs */\n/// [`crate::store`]\nconst A: &str = \"crate::app\";\n\
         const B: &str = r#\"a \" std::fs \"#;\nconst C: char = '\"';\nfn f<'a>(x: &'a str) -> char { '\\'' }\n",
    );
    allows(
        "src/text/a.rs",
        "#[cfg(test)]\nuse crate::app::{A, B};\n#[cfg(test)]\n#[allow(unused)]\nmod tests {\n    use std::fs;\n    fn f() { g().unwrap(); }\n}\n",
    );
    forbids(
        "src/text/a.rs",
        "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::app;\n#[cfg(test)]\nmod more;\nuse crate::ui;\n",
        &[(3, "`text` uses `app`"), (6, "`text` uses `ui`")],
    );
    assert_eq!(
        source::test_modules("mod a;\n#[cfg(test)]\nmod tests;\n"),
        ["tests"]
    );
    assert!(source::is_test_file("//! Examples.\n#![cfg(test)]\n"));
    assert!(!source::is_test_file("#[cfg(test)]\nmod tests {}\n"));
}

#[test]
fn a_pure_floor_may_not_reach_outside() {
    forbids(
        "src/app/mod.rs",
        "use std::{env, fmt, time::{Duration, Instant}};",
        &[
            (1, "`app` names `std::env`"),
            (1, "`app` names `std::time::Instant`"),
        ],
    );
    forbids(
        "src/text/a.rs",
        "fn f() { std::fs::read(\"x\"); }",
        &[(1, "`text` names `std::fs`")],
    );
    forbids(
        "src/ui/mod.rs",
        "use std::sync::mpsc::channel;",
        &[(1, "`ui` names `std::sync::mpsc`")],
    );
    forbids(
        "src/app/mod.rs",
        "fn f() {\n    jiff::Timestamp::now();\n}",
        &[(2, "`app` names `Timestamp::now`")],
    );
    allows(
        "src/app/mod.rs",
        "use std::time::Duration;\nuse std::sync::Arc;\nuse std::io::Write;",
    );
    allows(
        "src/runtime/mod.rs",
        "use std::{env, fs, process, sync::mpsc, time::Instant};",
    );
}

#[test]
fn only_the_walk_may_read_folders_below_the_store() {
    allows("src/import/walk.rs", "use std::fs::{self, File};");
    forbids(
        "src/import/walk.rs",
        "use std::env;",
        &[(1, "`import` names `std::env`")],
    );
    forbids(
        "src/import/mod.rs",
        "use std::fs;",
        &[(1, "`import` names `std::fs`")],
    );
}

#[test]
fn calls_that_panic_are_found_in_every_file() {
    forbids(
        "src/main.rs",
        "fn main() {\n    run().unwrap();\n}",
        &[(2, "`unwrap` panics")],
    );
    forbids(
        "src/runtime/a.rs",
        "fn f() { x.map(Option::unwrap); y\n    .expect(\"y\"); }",
        &[(1, "`unwrap` panics"), (2, "`expect` panics")],
    );
    allows(
        "src/app/mod.rs",
        "#[expect(dead_code)]\nfn f() { a.unwrap_or(1); b.unwrap_or_default(); }",
    );
}

#[test]
fn a_message_says_file_line_rule_and_next_step() {
    let found = check(&floors(), "src/document/a.rs", "\nuse crate::app::Model;\n");
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "src/document/a.rs:2: `document` uses `app` (rule: it may use text); \
          move what is needed to a lower floor, or have the caller pass it in"
        ]
    );
    forbids(
        "src/attic/mod.rs",
        "",
        &[(
            1,
            "`attic` has no row in the floors table; add it to ARCHITECTURE.md",
        )],
    );
}
