//! `export`, `import-notes`, `log`, `backup`.

use serde_json::{Value, json};

use crate::home::Home;

const TEXT: &str = "River talks\n\nThe 🙂 ministers met in 東京 on 3 May. They agreed on nothing but the e\u{301}tat.\n\nThe rest is silence, as so often before.\n";

/// A home with a document and two notes on it.
fn written() -> (Home, String) {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    for (words, note) in [
        ("東京 on 3 May", "=1+1, \"where\"?"),
        ("e\u{301}tat", "🙂 漢字"),
    ] {
        let at = TEXT.find(words).unwrap();
        let start = TEXT.get(..at).unwrap().chars().count();
        let place = format!("{start}:{}", start + words.chars().count());
        home.run(&[
            "note",
            "add",
            &path,
            "--at",
            &place,
            "--text",
            note,
            "--tag",
            "two words",
            "--colour",
            "pink",
        ])
        .done();
    }
    (home, path)
}

/// What of the notes should be the same in every store.
fn notes(home: &Home, library: &str) -> Vec<Value> {
    let mut listed = home
        .run(&["note", "list", "--json", "--library", library])
        .values();
    for note in &mut listed {
        note.as_object_mut().unwrap().remove("id");
    }
    listed
}

#[test]
fn every_format_that_comes_in_brings_the_same_notes_to_another_store() {
    let (home, path) = written();
    let own = home.store();
    let expected = notes(&home, own.to_str().unwrap());
    assert_eq!(expected.len(), 2);
    std::fs::create_dir(home.path().join("brat")).unwrap();
    for (format, to, from) in [
        ("web-annotation", "notes.jsonld", "notes.jsonld"),
        ("hypothesis", "notes.json", "notes.json"),
        ("brat", "brat", "brat/talks.ann"),
        ("csv", "notes.csv", "notes.csv"),
        ("markdown", "notes.md", "notes.md"),
    ] {
        let told = home
            .run(&["export", "--format", format, "--out", to])
            .done();
        assert!(told.contains("wrote 2 notes"), "{told}");
        let other = home.path().join(format!("{format}.db"));
        let other = other.to_str().unwrap();
        let told = home
            .run(&["import-notes", from, "--in", &path, "--library", other])
            .done();
        assert!(told.contains("2 added"), "{format}: {told}");
        assert_eq!(notes(&home, other), expected, "{format}");
        let told = home
            .run(&[
                "import-notes",
                from,
                "--in",
                &path,
                "--library",
                other,
                "--json",
            ])
            .values();
        assert_eq!(
            (&told[0]["added"], &told[0]["known"]),
            (&json!([]), &json!(2)),
            "{format}"
        );
    }
    home.run(&["export", "--format", "csv", "--out", "notes.csv"])
        .refused(&["exists already", "never replaces"]);
    home.run(&["export", "--format", "brat"])
        .refused(&["existing folder"]);
    home.run(&["export", "--format", "word"])
        .refused(&["not a format", "markdown"]);
}

#[test]
fn what_has_no_place_is_named_and_left_out() {
    let (home, path) = written();
    let foreign = json!({"annotations": [
        {"id": "a", "uri": "https://e.org/talks", "text": "here", "tags": [], "user": "acct:ann@e.org", "created": "2024-01-01T00:00:00Z",
         "target": [{"source": "https://e.org/talks", "selector": [{"type": "TextQuoteSelector", "exact": "agreed on nothing"}]}]},
        {"id": "b", "uri": "https://e.org/talks", "text": "nowhere", "tags": [],
         "target": [{"source": "https://e.org/talks", "selector": [{"type": "TextQuoteSelector", "exact": "agreed on everything"}]}]},
    ]});
    let file = home.write("theirs.json", foreign.to_string());
    let said = home.run(&["import-notes", &file, "--in", &path]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("agreed on everything") && said.err.contains("not in the document"),
        "{}",
        said.err
    );
    assert!(said.out.contains("1 added"), "{}", said.out);
    let table = home
        .run(&["export", "--format", "csv", "--where", "here"])
        .done();
    assert!(
        table.contains("ann@e.org") && table.contains("2024-01-01T00:00:00Z"),
        "{table}"
    );
    home.run(&["import-notes", "absent.json"])
        .refused(&["absent.json cannot be read"]);
    let wrong = home.write("wrong.jsonld", "{\"a\": 1}");
    home.run(&["import-notes", &wrong])
        .refused(&["wrong.jsonld", "not a Web Annotation"]);
}

#[test]
fn a_query_stands_where_a_path_may() {
    let (home, path) = written();
    let ids = |arguments: &[&str]| {
        let listed = home
            .run(&[&["note", "list", "--json"], arguments].concat())
            .values();
        listed
            .iter()
            .map(|note| note["id"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["漢字"]), [2]);
    assert_eq!(ids(&["tag:\"two words\" -漢字"]), [1]);
    assert_eq!(ids(&["3 May"]), [1]);
    assert_eq!(ids(&["--", "-漢字", "where"]), [1]);
    assert_eq!(ids(&[&path, "status:unchanged"]), [1, 2]);
    assert_eq!(ids(&["status:lost"]), Vec::<i64>::new());
    assert_eq!(ids(&["entity:tokyo"]), Vec::<i64>::new());
    home.run(&["note", "list", "status:gone"])
        .refused(&["`gone`", "ambiguous, probable, lost"]);
    home.run(&["note", "list", "tga:x"])
        .refused(&["`tga:` is not a key"]);
}

#[test]
fn the_log_shows_each_change_with_before_and_after() {
    let (home, _) = written();
    home.run(&["note", "edit", "1", "--text", "changed"]).done();
    let out = home.run(&["log", "--last", "1"]).done();
    assert!(
        out.contains("update annotation 1")
            && out.contains("- body.note: =1+1")
            && out.contains("+ body.note: changed"),
        "{out}"
    );
    assert!(!out.contains("colour"), "only what differs: {out}");
    let changes = home.run(&["log", "--json", "1"]).values();
    assert_eq!(changes.len(), 2);
    assert_eq!(
        (&changes[0]["action"], &changes[0]["before"]),
        (&json!("add"), &json!(null))
    );
    assert_eq!(changes[1]["after"]["body"]["note"], "changed");
    assert_eq!(Home::fresh().run(&["log"]).done(), "");
}

#[test]
fn a_backup_is_a_store() {
    let (home, _) = written();
    let told = home.run(&["backup", "kept.db"]).done();
    assert!(told.contains("kept.db"), "{told}");
    assert_eq!(notes(&home, "kept.db").len(), 2);
    home.run(&["backup", "kept.db"])
        .refused(&["exists already"]);
    assert!(home.run(&["backup"]).done().contains(".backup"));
    Home::fresh().run(&["backup"]).refused(&["no store"]);
}

#[test]
fn one_language_narrows_documents_notes_and_exports() {
    let home = Home::fresh();
    let path = home.write(
        "in/talks.md",
        "---\ntitle: Talks\ndate: 2024-05-05\npublisher: Foreign Ministry\nauthor: Ann Bee\nkind: statement\n---\n\nThe DPRK sent shells. Japan said nothing at all.\n",
    );
    home.write(
        "in/news.md",
        "---\ntitle: Other\ndate: 2024-06-05\nkind: news\n---\n\nFrance spoke.\n",
    );
    home.run(&[
        "note", "add", &path, "--at", "0:21", "--text", "why", "--tag", "arms",
    ])
    .done();
    home.run(&["note", "add", &path, "--at", "22:47", "--tag", "done"])
        .done();
    let n = |command: &[&str], query: &str| {
        let all = [command, &["--where", query]].concat();
        home.run(&all).values().len()
    };
    for (query, n_documents, n_notes) in [
        ("in:statement by:bee after:2024-04", 1, 2),
        ("tag:arms", 1, 1),
        ("-tag:done in:statement", 0, 1),
        ("entity:\"north korea\"", 1, 1),
        ("entity:japan tag:done", 1, 1),
        ("entity:france", 1, 0),
        ("in:news", 1, 0),
    ] {
        assert_eq!(n(&["list", "in", "--json"], query), n_documents, "{query}");
        assert_eq!(n(&["note", "list", "--json"], query), n_notes, "{query}");
    }
    let table = home
        .run(&["export", "--format", "csv", "--where", "entity:dprk"])
        .done();
    assert_eq!(table.lines().count(), 2, "{table}");
}
