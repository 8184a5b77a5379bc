//! Killed at random points while somebody annotates, the real program keeps what it had shown as saved.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used)]

mod terminal;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;
use terminal::{Exit, Home, Signal, Size, Terminal};

const ROUNDS: u32 = 50;
const STATEMENT: &str =
    "The ministers met in Berlin.\n\nThey agreed on nothing but the date of the next meeting.\n";

/// Keys that are typed after the last note that was seen as saved: from nothing to a whole note whose answer nobody waits for.
const HALVES: [&str; 7] = [
    "",
    "vw",
    "vwa",
    "vwahalf a th",
    "vwaanother<esc>",
    "vwaone more<esc>jvh",
    "vhu",
];

#[test]
fn what_was_shown_as_saved_is_there_after_fifty_kills() {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", STATEMENT);
    let path = path.to_str().unwrap();
    let mut saved = BTreeSet::new();
    let mut next = 7_u32;
    for round in 0..ROUNDS {
        // A linear congruence (Numerical Recipes): the same rounds everywhere.
        next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let size = Size { cols: 80, rows: 24 };
        let mut terminal = Terminal::start_in(&home, size, &[path], &[]);
        terminal.wait_for("met in Berlin");
        for note in 0..(next >> 8) % 3 {
            let words = format!("round {round}, note {note}");
            terminal
                .keys(&format!("ggvwa{words}<esc>"))
                .wait_for("Saved");
            saved.insert(words);
            terminal.keys("k").wait_gone("Saved");
        }
        let half = HALVES[(next >> 16) as usize % HALVES.len()];
        if !half.is_empty() {
            terminal.keys(half);
        }
        terminal.signal(Signal::Kill);
        assert!(matches!(terminal.exit(), Exit::Signal(_)));
    }
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_postil"))
            .args(arguments)
            .env_clear()
            .envs(home.environment())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (_, listed) = run(&["note", "list", path, "--json"]);
    let there: BTreeSet<String> = listed
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["text"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let lost: Vec<_> = saved.difference(&there).collect();
    assert!(
        lost.is_empty() && saved.len() > 25,
        "{lost:?} of {}",
        saved.len()
    );
    let (code, report) = run(&["doctor"]);
    assert_eq!(code, Some(0), "{report}");
}

#[test]
fn a_half_written_note_is_there_after_a_kill_and_belongs_to_one_window() {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", STATEMENT);
    let path = path.to_str().unwrap();
    let size = Size { cols: 80, rows: 24 };
    let drafts = || {
        let folder = home.path().join("data/postil");
        let names = std::fs::read_dir(folder).unwrap().flatten();
        let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names
            .filter(|name| name.contains(".draft-") && !name.ends_with("-wal"))
            .count()
    };
    let wait_for_files = |n: usize| {
        let until = Instant::now() + Duration::from_secs(60);
        while drafts() != n {
            assert!(Instant::now() < until, "{} files of drafts", drafts());
            std::thread::park_timeout(Duration::from_millis(5));
        }
    };
    let mut first = Terminal::start_in(&home, size, &[path], &[]);
    first.wait_for("met in Berlin");
    first
        .keys("ggjvwahalf a thought")
        .wait_for("half a thought");
    // It is on disk after a pause: the other window says nothing of it, and a kill does not take it along.
    wait_for_files(1);
    first.keys(" and more").wait_for("and more");
    let mut second = Terminal::start_in(&home, size, &[path], &[]);
    second.wait_for("met in Berlin");
    second.keys("gu").wait_for("No note is half written");
    second.keys("q");
    assert_eq!(second.exit_code(), 0);
    first.signal(Signal::Kill);
    assert!(matches!(first.exit(), Exit::Signal(_)));

    let mut third = Terminal::start_in(&home, size, &[path], &[]);
    third.wait_for("had not finished was kept");
    third
        .keys("gu")
        .wait_for("Unfinished note")
        .wait_for("half a thought");
    third.keys(" now done<esc>").wait_for("Saved");
    wait_for_files(0);
    third.keys("q");
    assert_eq!(third.exit_code(), 0);
    let mut fourth = Terminal::start_in(&home, size, &[path], &[]);
    fourth.wait_for("met in Berlin");
    fourth.keys("gu").wait_for("No note is half written");
}
