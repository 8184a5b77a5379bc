//! Imports, links and changes, taken back from the command line.

use serde_json::{Value, json};

use super::home::Home;

const TALKS: &str = "# River talks 👩‍👧\n\nThe ministers met in 東京 on 3 May. They agreed on nothing.\n\nA coup d'e\u{301}tat was denied.\n";

/// A file of three annotations, the first linked with the second.
fn theirs(home: &Home) -> String {
    let note = |id: &str, words: &str| {
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": format!("http://e.org/{id}"), "type": "Annotation",
            "motivation": "commenting", "body": {"type": "TextualBody", "value": format!("note {id}")},
            "target": {"source": "talks.md", "selector": {"type": "TextQuoteSelector", "exact": words}},
        })
    };
    let link = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/l", "type": "Annotation", "motivation": "linking",
        "postil:kind": "confirms", "postil:from": "http://e.org/a", "postil:to": "http://e.org/b",
        "target": "http://e.org/x", "body": "http://e.org/y",
    });
    let all = json!([
        note("a", "met in 東京"),
        note("b", "e\u{301}tat"),
        note("c", "talks 👩‍👧"),
        link
    ]);
    home.write("theirs.jsonld", all.to_string())
}

/// How many notes and links there are.
fn counts(home: &Home, library: &str) -> (usize, usize) {
    let out = home
        .run(&["export", "--format", "web-annotation", "--library", library])
        .done();
    let value: Value = serde_json::from_str(out.trim()).unwrap();
    let items = value["first"]["items"].as_array().unwrap().clone();
    let links = items.iter().filter(|item| item["motivation"] == "linking");
    let n_links = links.count();
    (items.len() - n_links, n_links)
}

#[test]
fn an_import_says_how_to_take_it_back_and_is() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    let file = theirs(&home);
    let store = home.store();
    let store = store.to_str().unwrap();
    let told = home.run(&["import-notes", &file, "--in", &path]).done();
    assert!(
        told.contains("3 added") && told.contains("1 link added"),
        "{told}"
    );
    assert!(
        told.contains("`postil import-notes --undo` takes this back"),
        "{told}"
    );
    assert_eq!(counts(&home, store), (3, 1));
    let shown = home.run(&["log"]).done();
    assert!(
        shown.starts_with(
            "import: theirs.jsonld · 4 changes · `postil log --undo 1` takes back all\n"
        ),
        "{shown}"
    );

    let told = home.run(&["import-notes", "--undo"]).done();
    assert!(
        told.starts_with("took back import theirs.jsonld: 4 records are as they were"),
        "{told}"
    );
    assert_eq!(home.run(&["note", "list"]).done(), "");
    let none = home.run(&["import-notes", "--undo"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    assert!(none.err.contains("no import to take back"), "{}", none.err);

    // The same file brings them again, and so does taking back the taking back.
    let told = home.run(&["import-notes", &file, "--in", &path]).done();
    assert!(
        told.contains("3 added") && told.contains("1 link added"),
        "{told}"
    );
    assert_eq!(counts(&home, store), (3, 1));
}

#[test]
fn what_was_changed_since_stays_and_is_named() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    let file = theirs(&home);
    home.run(&["import-notes", &file, "--in", &path]).done();
    home.run(&["note", "edit", "2", "--text", "mine now"])
        .done();
    home.run(&["note", "rm", "3"]).done();
    let said = home.run(&["import-notes", "--undo"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.out.contains("2 records are as they were"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("note 2 stays: it was changed since"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("note 3 stays: it was changed since"),
        "{}",
        said.out
    );
    let left = home.run(&["note", "list", "--json"]).values();
    assert_eq!((left.len(), &left[0]["text"]), (1, &json!("mine now")));
    let json = home.run(&["log", "--undo", "1", "--json"]);
    let told: Value = serde_json::from_str(json.out.trim()).unwrap();
    assert_eq!(
        (&told["done"], &told["taken_back"]),
        (&json!(0), &json!("import"))
    );
    assert_eq!(told["left"].as_array().unwrap().len(), 4);
}

#[test]
fn a_change_is_taken_back_by_its_number() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    home.run(&["note", "add", &path, "--at", "0:5", "--text", "first"])
        .done();
    home.run(&["note", "edit", "1", "--text", "second"]).done();
    let told = home.run(&["log", "--undo", "2"]).done();
    assert!(told.contains("took back change 2"), "{told}");
    let notes = home.run(&["note", "list", "--json"]).values();
    assert_eq!(notes[0]["text"], "first");
    home.run(&["log", "--undo", "99"])
        .refused(&["no change 99"]);
    Home::fresh()
        .run(&["log", "--undo", "1"])
        .refused(&["no store"]);
}

#[test]
fn links_go_out_and_come_back_in_both_formats_that_have_them() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    let file = theirs(&home);
    home.run(&["import-notes", &file, "--in", &path]).done();
    std::fs::create_dir(home.path().join("brat")).unwrap();
    for (format, to, from) in [
        ("web-annotation", "out.jsonld", "out.jsonld"),
        ("brat", "brat", "brat/talks.ann"),
    ] {
        home.run(&["export", "--format", format, "--out", to])
            .done();
        let other = home.path().join(format!("{format}.db"));
        let other = other.to_str().unwrap();
        let told = home
            .run(&["import-notes", from, "--in", &path, "--library", other])
            .done();
        assert!(told.contains("1 link added"), "{format}: {told}");
        assert_eq!(counts(&home, other), (3, 1), "{format}");
        let again = home
            .run(&["import-notes", from, "--in", &path, "--library", other])
            .done();
        assert!(!again.contains("link"), "{format}: {again}");
    }
    // The others say what they leave behind.
    let said = home.run(&["export", "--format", "csv"]);
    assert!(said.err.contains("1 link left out: `csv`"), "{}", said.err);
    let said = home.run(&["export", "--format", "web-annotation", "--where", "note a"]);
    assert!(
        said.err
            .contains("1 link to notes that are not exported left out"),
        "{}",
        said.err
    );
}

#[test]
fn a_link_without_a_kind_or_an_end_is_named() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    let ann = home.write(
        "talks.ann",
        "T1\tPlace 41 43\t東京\nT2\tEvent 80 88\twas deni\nR1\tNear Arg1:T1 Arg2:T2\nR2\tQuotes Arg1:T1 Arg2:T9\n",
    );
    let said = home.run(&["import-notes", &ann, "--in", &path]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("1 link left out: nothing says"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("1 link left out: a note at an end of it"),
        "{}",
        said.err
    );
}

#[test]
fn decisions_about_names_bookmarks_and_collections_are_taken_back() {
    let home = Home::fresh();
    let path = home.write("in/talks.md", TALKS);
    let last = || {
        let log = home.run(&["log", "--json", "--last", "1"]).values();
        log[0]["id"].to_string()
    };
    // A file of decisions is one step.
    let file = home.write("names.txt", "merge a into b\nrename b to Bee\nhide c\n");
    let told = home.run(&["entities", "--import", &file, "--in", "in"]);
    assert!(
        told.out.contains("`postil log --undo 1` takes them back"),
        "{}",
        told.out
    );
    let shown = home.run(&["log"]).done();
    assert!(
        shown.starts_with("import: decisions about names from names.txt · 3 changes"),
        "{shown}"
    );
    let none = home.run(&["import-notes", "--undo"]);
    assert!(none.err.contains("no import to take back"), "{}", none.err);
    let decisions = || home.run(&["entities", "--export", "-"]).done();
    assert_eq!(
        decisions()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count(),
        3
    );
    let told = home.run(&["log", "--undo", "2"]).done();
    assert!(told.contains("3 records are as they were"), "{told}");
    assert_eq!(
        decisions()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count(),
        0
    );
    home.run(&["log", "--undo", "4"]).done();
    assert_eq!(
        decisions()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count(),
        3
    );

    home.run(&["bookmark", "add", &path, "a", "--at", "2"])
        .done();
    home.run(&["bookmark", "add", &path, "a", "--at", "9"])
        .done();
    let marks = || home.run(&["bookmark", "list", "--json"]).values();
    let first = marks();
    home.run(&["log", "--undo", &last()]).done();
    assert_ne!(marks(), first, "the mark is where it was before");
    assert_eq!(marks().len(), 1);
    home.run(&["bookmark", "rm", "1"]).done();
    home.run(&["log", "--undo", &last()]).done();
    assert_eq!(marks().len(), 1);

    home.run(&["collection", "add", "talks", "in"]).done();
    home.run(&["collection", "remove", "talks"]).done();
    let removed = last();
    home.run(&["log", "--undo", &removed]).done();
    let listed = home.run(&["collection", "list", "--json"]).values();
    assert!(
        listed.iter().any(|one| one["name"] == "talks"),
        "{listed:?}"
    );
    let again = home.run(&["log", "--undo", &removed]);
    assert_eq!(again.code, 1);
    assert!(
        again
            .out
            .contains("collection talks stays: it was changed since (change "),
        "{}",
        again.out
    );
    home.run(&["log", "--kind", "foo"])
        .refused(&["invalid value 'foo'", "entity"]);
}

#[test]
fn the_log_has_the_units_of_the_other_commands() {
    let home = Home::fresh();
    let path = home.write("talks.md", TALKS);
    let added = home
        .run(&["note", "add", &path, "--at", "12:17", "--json"])
        .values();
    let logged = home.run(&["log", "--json"]).values();
    let after = &logged[0]["after"]["target"];
    assert_eq!(after["position"], json!({"start": 12, "end": 17}));
    assert_eq!(after["revision"].as_str().map(str::len), Some(64));
    assert_eq!(after["doc"], added[0]["document"], "{after} {}", added[0]);
}
