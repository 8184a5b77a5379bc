//! The vocabulary of tags, from the command line.

use serde_json::json;

use super::home::Home;

const TALKS: &str =
    "# River talks\n\nThe ministers met in 東京 on 3 May. They agreed on nothing.\n";

/// A home with two notes, tagged `arms` and `old`.
fn written() -> Home {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    for (at, tags) in [("0:5", ["arms", "old"]), ("13:17", ["old", "👩‍👧"])] {
        let [first, second] = tags;
        home.run(&[
            "note", "add", &path, "--at", at, "--tag", first, "--tag", second,
        ])
        .done();
    }
    home
}

#[test]
fn tags_are_described_controlled_and_listed() {
    let home = written();
    assert_eq!(
        home.run(&["tags"]).done(),
        "    2  old\n    1  arms\n    1  👩‍👧\n"
    );
    let told = home
        .run(&["tags", "describe", "arms", "shells & rockets"])
        .done();
    assert_eq!(told, "arms: shells & rockets\n");
    home.run(&["tags", "control", "arms", "talks"]).done();
    let listed = home.run(&["tags", "--json"]).values();
    let row = |name: &str| listed.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(
        *row("arms"),
        json!({"name": "arms", "description": "shells & rockets", "control": "controlled", "uses": 1})
    );
    assert_eq!(
        (&row("talks")["uses"], &row("old")["control"]),
        (&json!(0), &json!("free"))
    );
    home.run(&["tags", "free", "talks"]).done();
    assert_eq!(home.run(&["tags"]).done().lines().count(), 3);
}

#[test]
fn a_tag_that_is_not_there_is_not_described_by_mistake() {
    let home = written();
    home.run(&["tags", "describe", "armz", "Shells"]).refused(&[
        "there is no tag armz",
        "if arms is meant",
        "--new",
    ]);
    home.run(&["tags", "describe", "treaties", ""])
        .refused(&["there is no tag treaties", "look into `postil tags`"]);
    home.run(&["tags", "free", "treaties"])
        .refused(&["there is no tag treaties"]);
    let told = home
        .run(&["tags", "describe", "treaties", "What they signed", "--new"])
        .done();
    assert_eq!(told, "treaties: What they signed\n");
    home.run(&["tags", "describe", "treaties", "What they sign"])
        .done();
    // A vocabulary may come before the notes, and goes with a word.
    let told = home.run(&["tags", "control", "grain"]).done();
    assert_eq!(told, "grain is controlled now; no note has it yet\n");
    let told = home.run(&["tags", "free", "grain"]).done();
    assert_eq!(
        told,
        "grain is free now\nno tag is controlled any more: the screen takes any without a question\n"
    );
}

#[test]
fn a_vocabulary_goes_out_and_comes_in_as_a_text_file() {
    let home = written();
    home.run(&["tags", "describe", "old", "of; long\nago"])
        .done();
    home.run(&["tags", "control", "old"]).done();
    let told = home.run(&["tags", "--export", "tags.txt"]).done();
    assert_eq!(told, "3 tags written to tags.txt\n");
    home.run(&["tags", "--export", "tags.txt"])
        .refused(&["tags.txt cannot be used"]);
    let text = std::fs::read_to_string(home.path().join("tags.txt")).unwrap();
    assert!(text.contains("old; controlled; of; long\\nago\n"), "{text}");
    let other = home.path().join("other.db");
    let other = other.to_str().unwrap();
    let told = home
        .run(&["tags", "--import", "tags.txt", "--library", other])
        .done();
    assert!(
        told.starts_with("3 tags read, 1 of them other than before; `postil log --undo 1`"),
        "{told}"
    );
    let listed = home.run(&["tags", "--json", "--library", other]).values();
    assert_eq!(listed[0]["description"], "of; long\nago");
    home.run(&["log", "--undo", "1", "--library", other]).done();
    assert_eq!(home.run(&["tags", "--library", other]).done(), "");
    let wrong = home.write("wrong.txt", "a; sometimes; x\n");
    home.run(&["tags", "--import", &wrong]).refused(&[
        "wrong.txt: line 1",
        "`controlled` or `free`",
        "nothing was taken",
    ]);
}

#[test]
fn a_tag_is_renamed_or_merged_on_every_note() {
    let home = written();
    let told = home.run(&["tags", "rename", "old", "arms"]).done();
    assert!(
        told.starts_with("old is arms now on 2 notes; `postil log --undo "),
        "{told}"
    );
    assert_eq!(home.run(&["tags"]).done(), "    2  arms\n    1  👩‍👧\n");
    let number = told.split_whitespace().last().unwrap();
    let number = told
        .split("--undo ")
        .nth(1)
        .and_then(|rest| rest.split('`').next())
        .unwrap_or(number);
    home.run(&["log", "--undo", number]).done();
    assert_eq!(
        home.run(&["tags"]).done(),
        "    2  old\n    1  arms\n    1  👩‍👧\n"
    );
    home.run(&["tags", "rename", "nothing", "x"])
        .refused(&["no tag nothing"]);
}
