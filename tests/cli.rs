//! The commands without a screen, as somebody types them: the real binary, a home of its own, both forms of output, every exit code.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used)]

#[path = "cli/exchange.rs"]
mod exchange;
#[path = "cli/home.rs"]
mod home;
#[path = "cli/names.rs"]
mod names;
#[path = "cli/notes.rs"]
mod notes;
#[path = "cli/refusals.rs"]
mod refusals;
#[path = "cli/report.rs"]
mod report;
#[path = "cli/tags.rs"]
mod tags;
#[path = "cli/takeback.rs"]
mod takeback;
#[path = "cli/tracing.rs"]
mod tracing;

use std::path::Path;

use home::{Home, chars, seeds, values};
use serde_json::json;

const TALKS: &str = "River Talks Resume\n\nBy Ann Bee | 5 May 2024\n\nThe ministers of Japan and Russia met again on 3 May. “We 🙂 agree on 水,” Ann Bee said.\n";

#[test]
fn list_shows_the_samples_where_nothing_was_opened() {
    let out = Home::fresh().run(&["list"]).done();
    assert_eq!(out.lines().count(), 13, "{out}");
    assert!(
        out.lines()
            .next()
            .unwrap()
            .starts_with("2023-10-25  Joint Statement")
    );
    assert!(out.lines().last().unwrap().starts_with("undated "));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn list_as_json_has_every_field() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TALKS);
    let listed = home.run(&["list", &path, "--json"]).values();
    let [document] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    let fixed = json!({
        "id": document["id"], "path": path, "title": "River Talks Resume", "published": "2024-05-05", "published_from": "byline",
        "publisher": null, "authors": ["Ann Bee"], "kind": document["kind"], "language": "en", "words": document["words"], "notes": 0,
        "warnings": [],
    });
    assert_eq!(*document, fixed);
    assert_eq!(document["id"].as_str().unwrap().len(), 16);
}

#[test]
fn list_is_sorted_and_filtered() {
    let home = Home::fresh();
    home.write(
        "in/b.txt",
        "# Beta deal\n\nBy A Writer | 3 May 2024\n\nWords.\n",
    );
    home.write(
        "in/a.txt",
        "# Zeta deal\n\nBy A Writer | 5 May 2024\n\nWords.\n",
    );
    home.write("in/c.txt", "# alpha talks\n\nNo date here.\n");
    let titles = |arguments: &[&str]| {
        let all = [&["list", "in", "--json"], arguments].concat();
        let listed = home.run(&all).values();
        let titles = listed
            .iter()
            .map(|document| document["title"].as_str().unwrap().to_owned());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(titles(&[]), ["Beta deal", "Zeta deal", "alpha talks"]);
    assert_eq!(
        titles(&["--sort", "title"]),
        ["alpha talks", "Beta deal", "Zeta deal"]
    );
    assert_eq!(
        titles(&["--sort", "name"]),
        ["Zeta deal", "Beta deal", "alpha talks"]
    );
    assert_eq!(titles(&["--where", "deal since:2024-05-04"]), ["Zeta deal"]);
    assert_eq!(titles(&["--where", "-deal"]), ["alpha talks"]);
}

#[test]
fn show_finds_a_document_by_path_id_name_and_title() {
    let home = Home::fresh();
    let path = home.write("in/talks.txt", TALKS);
    home.write("in/other.txt", "Another text\n\nAbout nothing.\n");
    let id = home.run(&["list", &path, "--json"]).values()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for wanted in [
        path.as_str(),
        "in/talks.txt",
        &id,
        "talks.txt",
        "river talks",
    ] {
        let shown = home.run(&["show", wanted, "--in", "in", "--json"]).values();
        assert_eq!(shown[0]["path"], path, "{wanted}");
        assert_eq!(shown[0]["title"], "River Talks Resume");
        assert!(shown[0]["text"].as_str().unwrap().contains("水"));
    }
}

#[test]
fn show_wraps_to_the_width_asked_for() {
    let out = Home::fresh()
        .run(&["show", "sample:08-undated.txt", "--width", "40"])
        .done();
    assert!(
        out.lines().skip(1).all(|line| line.chars().count() <= 40),
        "{out}"
    );
    assert!(out.contains("A missile came down near Kharkiv on"), "{out}");
}

#[test]
fn entities_are_counted_over_all_documents() {
    let home = Home::fresh();
    let out = home.run(&["entities", &seeds()]).done();
    assert!(
        out.lines()
            .next()
            .unwrap()
            .contains("place         North Korea"),
        "{out}"
    );
    let found = home.run(&["entities", &seeds(), "--json"]).values();
    let korea = found
        .iter()
        .find(|entity| entity["entity"] == "north-korea")
        .unwrap();
    let spelled = korea["aliases"].as_array().unwrap();
    assert!(
        spelled.iter().any(|alias| alias["text"] == "DPRK"),
        "{korea}"
    );
    let counts: u64 = spelled
        .iter()
        .map(|alias| alias["count"].as_u64().unwrap())
        .sum();
    assert_eq!(korea["mentions"].as_u64().unwrap(), counts);
    assert!(korea["documents"].as_array().unwrap().len() >= 8);
    assert_eq!(korea["type"], "PLACE");
    assert!(korea["first"].as_str().unwrap() <= korea["last"].as_str().unwrap());
}

#[test]
fn the_timeline_has_the_conflict_and_only_it() {
    let home = Home::fresh();
    let rows = home.run(&["timeline", &seeds(), "--json"]).values();
    let conflicts: Vec<_> = rows.iter().filter(|row| row["conflict"] == true).collect();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    let mut days: Vec<&str> = conflicts[0]["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["earliest"].as_str().unwrap())
        .collect();
    days.sort_unstable();
    assert_eq!(
        (days.first(), days.last()),
        (Some(&"2023-10-25"), Some(&"2023-10-26"))
    );
    let dated: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["earliest"].as_str())
        .collect();
    assert!(dated.is_sorted());
    let out = home.run(&["timeline", &seeds()]).done();
    assert_eq!(
        out.lines().filter(|line| line.contains(" ! ")).count(),
        1,
        "{out}"
    );
    assert!(out.contains("25|26 Oct 2023"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn sources_of_the_timeline_point_into_the_text() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TALKS);
    let text = home.run(&["show", &path, "--json"]).values()[0]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut rows = home.run(&["timeline", &path, "--json"]).values();
    // What Ann Bee said enters on the day of the publication.
    let said = rows.pop().unwrap();
    assert_eq!(
        (&said["kind"], &said["sources"][0]["speaker"]),
        (&json!("said"), &json!("Ann Bee"))
    );
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["edtf"], "2024-05-03");
    assert_eq!(rows[0]["entities"], json!(["japan", "russia"]));
    let source = &rows[0]["sources"][0];
    assert_eq!(chars(&text, source), source["text"].as_str().unwrap());
}

#[test]
fn a_range_leaves_out_what_lies_outside() {
    let home = Home::fresh();
    let rows = home
        .run(&[
            "timeline",
            &seeds(),
            "--json",
            "--range",
            "2024-01..2024-02",
        ])
        .values();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row["latest"].as_str().unwrap() >= "2024-01-01", "{row}");
        assert!(row["earliest"].as_str().unwrap() <= "2024-02-29", "{row}");
    }
}

#[test]
fn standard_input_is_a_document() {
    let home = Home::fresh();
    let listed = home
        .pipe(TALKS.as_bytes(), &["list", "-", "--json"])
        .values();
    assert_eq!(listed[0]["title"], "River Talks Resume");
    assert_eq!(listed[0]["path"], "stdin:");
    let out = home.pipe(TALKS.as_bytes(), &["show", "-"]).done();
    assert!(out.contains("Ann Bee"), "{out}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let home = Home::fresh();
    home.write("in/talks.txt", TALKS);
    let broken = home.write("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    let said = home.run(&["list", "in", "--json"]);
    assert_eq!(said.code, 1);
    assert_eq!(values(&said.out).len(), 1);
    assert!(
        said.err.contains(&broken) && said.err.contains("not text"),
        "{}",
        said.err
    );
}

#[test]
fn hostile_documents_drive_no_terminal() {
    let home = Home::fresh();
    let bytes = b"# Title \x1b]0;owned\x07\xc2\x9b31m\n\nOn 5 May 2024 \xe2\x80\xaeJapan\x1b[2J and \xc2\x90q\xc2\x9c Russia met.\n";
    let path = home.write("evil\u{1b}[31m.txt", bytes);
    for command in ["list", "entities", "timeline", "show"] {
        for form in [&[][..], &["--json"]] {
            let out = home.run(&[&[command, path.as_str()], form].concat()).out;
            assert!(!out.is_empty());
            let raw = out
                .chars()
                .find(|c| *c != '\n' && postil::text::sanitise::is_unsafe(*c));
            assert_eq!(raw, None, "{command} {form:?}: {out:?}");
        }
    }
}

#[test]
fn collections_are_made_used_renamed_and_forgotten() {
    let home = Home::fresh();
    home.write("in/talks.txt", TALKS);
    home.run(&["collection", "add", "rivers", "in"]).done();
    home.run(&["collection", "use", "rivers"]).done();
    assert!(home.run(&["list"]).done().contains("River Talks Resume"));
    assert_eq!(home.run(&["list"]).done().lines().count(), 1);
    home.run(&["collection", "rename", "rivers", "water"])
        .done();
    let listed = home.run(&["collection", "list", "--json"]).values();
    assert_eq!(listed[0]["name"], "water");
    assert_eq!(listed[0]["current"], true);
    home.run(&["collection", "add", "water", "in"])
        .refused(&["water", "choose another"]);
    home.run(&["collection", "remove", "water"]).done();
    assert_eq!(home.run(&["collection", "list"]).done(), "");
    assert_eq!(home.run(&["list"]).done().lines().count(), 13);
}

#[test]
fn help_completions_and_manual_are_there() {
    let home = Home::fresh();
    let help = home.run(&["--help"]).done();
    for part in [
        "Exit codes",
        "POSTIL_LIBRARY",
        "NO_COLOR",
        "EDITOR",
        "Files:",
        "Examples:",
        "analyze",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(home.run(&["--version"]).done().starts_with("postil "));
    for command in [
        "list", "show", "entities", "timeline", "analyze", "note", "bookmark", "doctor",
    ] {
        let help = home.run(&[command, "--help"]).done();
        assert!(help.contains("Exit codes: 0"), "{command}: {help}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.run(&["completions", shell]).done();
        assert!(script.contains("timeline"), "{shell}");
    }
    assert!(home.run(&["man"]).done().contains(".TH postil 1"));
    assert!(home.run(&["man", "analyze"]).done().contains("published"));
}

#[test]
fn the_real_sample_files_have_their_titles_and_dates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    }
    let listed = Home::fresh()
        .run(&["list", folder.to_str().unwrap(), "--json"])
        .values();
    assert_eq!(listed.len(), 5);
    let dates: Vec<&str> = listed
        .iter()
        .filter_map(|document| document["published"].as_str())
        .collect();
    assert_eq!(dates, ["2023-10-30", "2024-01-16"]);
    for document in &listed {
        assert!(!document["title"].as_str().unwrap().trim().is_empty());
    }
}
