//! README.md stays true: its keys are bound as it says, its settings are read, its commands are there and its examples run.
//!
//! The page is read as its readers read it: tables by their heading, examples by their code blocks. The rows of a key table pair the parts of
//! their first cell (between `·`) with the commands of their third.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "cli/home.rs"]
mod home;

use std::collections::BTreeSet;
use std::path::Path;

use home::Home;
use postil::app::action::Action;
use postil::app::key::Key;
use postil::app::keymap::{Context, Keymap, Lookup};
use postil::runtime::config;

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The rows of all tables whose heading has these cells, without heading and rule.
fn tables(heading: &[&str]) -> Vec<Vec<String>> {
    let page = page();
    let mut rows = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        let Some(row) = line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'))
        else {
            inside = false;
            continue;
        };
        let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
        if cells == heading {
            inside = true;
        } else if inside && !cells.iter().all(|cell| cell.starts_with("---")) {
            rows.push(cells);
        }
    }
    assert!(!rows.is_empty(), "README.md has no table {heading:?}");
    rows
}

/// What stands in code in a cell; `` ` `` is written between double backquotes.
fn code(cell: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = cell;
    while let Some((_, after)) = rest.split_once('`') {
        let (inner, next) = match after.strip_prefix("` ") {
            Some(double) => double.split_once(" ``").unwrap(),
            None => after.split_once('`').unwrap(),
        };
        found.push(inner.to_owned());
        rest = next;
    }
    found
}

/// The fenced blocks in TOML whose first line names `file`.
fn example(file: &str) -> String {
    let page = page();
    let block = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .find(|block| block.starts_with(&format!("# {file}")));
    block
        .unwrap_or_else(|| panic!("README.md has no example of {file}"))
        .to_owned()
}

/// The words of a command line, single quotation marks taken off.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The mistakes postil finds in a folder with these settings.
fn mistakes(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    config::read(folder.path()).mistakes
}

#[test]
fn every_key_does_what_the_table_says_and_no_key_is_missing() {
    let (keymap, _) = Keymap::with_patch("");
    let mut told = BTreeSet::new();
    for row in tables(&["Keys", "Where", "Command", "What it does"]) {
        let [keys, place, commands, _] = row.as_slice() else {
            panic!("four cells were expected in {row:?}");
        };
        let context = match place.as_str() {
            "everywhere" => Context::All,
            "text" => Context::Reader,
            "selection" => Context::Select,
            "list" => Context::List,
            "timeline" => Context::Timeline,
            other => panic!("`{other}` is no place where keys are looked up"),
        };
        let parts: Vec<&str> = keys.split(" · ").collect();
        let commands = code(commands);
        assert_eq!(parts.len(), commands.len(), "{row:?}");
        for (part, command) in parts.iter().zip(&commands) {
            let action =
                Action::named(command).unwrap_or_else(|| panic!("there is no command `{command}`"));
            for key in code(part) {
                let keys = Key::sequence(&key).unwrap();
                assert_eq!(
                    keymap.look_up(context, &keys),
                    Lookup::Action(action),
                    "`{key}` {place}"
                );
                told.insert((context, format!("{keys:?}")));
            }
        }
    }
    for context in Context::ALL {
        for (keys, action) in keymap.continuations(context, &[]) {
            let keys = format!("{keys:?}");
            assert!(
                context
                    .chain()
                    .iter()
                    .any(|context| told.contains(&(*context, keys.clone()))),
                "README.md does not say that {keys} is `{}` in `{}`",
                action.name(),
                context.name()
            );
        }
    }
}

#[test]
fn every_command_typed_after_a_colon_is_there() {
    let page = page();
    let typed: Vec<&str> = page
        .split("`:")
        .skip(1)
        .filter_map(|rest| rest.split(['`', ' ']).next())
        .filter(|name| !name.is_empty())
        .collect();
    assert!(typed.contains(&"date"));
    let as_in_vi = ["w", "q", "wq", "q!"];
    for name in typed.into_iter().filter(|name| !as_in_vi.contains(name)) {
        assert!(
            Action::named(name).is_some(),
            "there is no command `:{name}`"
        );
    }
}

#[test]
fn the_examples_of_settings_are_right_and_whole() {
    let (settings, keys, theme) = (
        example("config.toml"),
        example("keymap.toml"),
        example("theme.toml"),
    );
    assert_eq!(
        mistakes(&[
            ("config.toml", &settings),
            ("keymap.toml", &keys),
            ("theme.toml", &theme)
        ]),
        [""; 0]
    );
    // A setting that is not there is answered with all that are.
    let all = mistakes(&[("config.toml", "none-such = 1\n")]);
    let (_, all) = all
        .first()
        .and_then(|mistake| mistake.split_once("there are "))
        .unwrap();
    for setting in all.split(", ") {
        assert!(
            settings
                .lines()
                .any(|line| line.starts_with(&format!("{setting} = "))),
            "README.md does not say what `{setting}` does"
        );
    }
}

#[test]
fn every_role_of_a_theme_is_named() {
    let sheet = include_str!("../assets/themes/paper.toml");
    let (_, roles) = sheet.split_once("[roles]").unwrap();
    let page = page();
    for line in roles.lines() {
        if let Some((role, _)) = line.split_once('=') {
            let role = role.trim().trim_matches('"');
            assert!(page.contains(&format!("`{role}`")), "`{role}` is not named");
        }
    }
}

#[test]
fn every_command_is_in_the_table_and_its_example_runs() {
    let home = Home::fresh();
    home.write(
        "seeds/02-editorial.md",
        include_str!("../seeds/02-editorial.md"),
    );
    let help = home.run(&["--help"]).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let there: BTreeSet<&str> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    let rows = tables(&["Command", "What it does", "Example"]);
    let mut told = BTreeSet::new();
    for row in &rows {
        let name = code(row.first().unwrap()).concat();
        for line in code(row.last().unwrap()) {
            let words = words(&line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(words.get(..2), Some(&["postil", name.as_str()][..]));
            let said = home.run(words.get(1..).unwrap());
            // An altered quotation is told by the exit code, too.
            let found = i32::from(name == "trace");
            assert_eq!(said.code, found, "`{line}` says {}", said.err);
            assert!(!said.out.is_empty(), "`{line}` says nothing");
        }
        told.insert(name);
    }
    assert_eq!(
        told.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        there
    );
}

#[test]
fn every_variable_of_the_help_is_explained() {
    let help = Home::fresh().run(&["--help"]).out;
    let (_, environment) = help.split_once("Environment:\n").unwrap();
    let (environment, _) = environment.split_once("Files:").unwrap();
    let told: Vec<String> = tables(&["Variable", "What it does"])
        .iter()
        .flat_map(|row| code(row.first().unwrap()))
        .collect();
    for name in environment
        .split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
        .filter(|name| name.len() > 3)
    {
        assert!(told.iter().any(|told| told == name), "{name} is missing");
    }
}
