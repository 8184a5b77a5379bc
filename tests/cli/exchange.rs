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
        .refused(&["`brat` is more than one file: name a folder"]);
    for (format, name) in [("csv", "brat"), ("hypothesis", "brat")] {
        home.run(&["export", "--format", format, "--out", name])
            .refused(&["is a folder", "name a new file in it"]);
    }
    home.run(&["export", "--format", "word"])
        .refused(&["not a format", "markdown"]);
}

#[test]
fn what_has_no_certain_place_is_named_and_waits_for_a_decision() {
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
    assert!(said.out.contains("2 added"), "{}", said.out);
    let listed = home.run(&["note", "list", "--json", "--where", "nowhere"]);
    let note: Value = serde_json::from_str(&listed.out).unwrap();
    assert!(
        ["lost", "probable"].contains(&note["status"].as_str().unwrap()),
        "{note}"
    );
    let table = home
        .run(&["export", "--format", "csv", "--where", "here"])
        .done();
    assert!(
        table.contains("ann@e.org") && table.contains("2024-01-01T00:00:00Z"),
        "{table}"
    );
    // Brought in again, or with another program's file beside it, it is there once; and it is taken back like the rest.
    let again = home.run(&["import-notes", &file, "--in", &path]);
    assert!(
        again.out.contains("0 added, 2 were here already"),
        "{}",
        again.out
    );
    assert!(
        home.run(&["import-notes", "--undo"])
            .done()
            .contains("2 records")
    );
    let empty = home.write("empty.json", "[]");
    let said = home.run(&["import-notes", &empty, "--in", &path]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("nothing to bring in"), "{}", said.err);
    home.run(&["import-notes", "absent.json"])
        .refused(&["absent.json cannot be read"]);
    let wrong = home.write("wrong.jsonld", "{\"a\": 1}");
    home.run(&["import-notes", &wrong])
        .refused(&["wrong.jsonld", "not a Web Annotation"]);
}

#[test]
fn an_ambiguous_passage_is_not_put_on_its_first_copy() {
    let home = Home::fresh();
    let path = home.write(
        "doc.txt",
        "Press release\n\nNobody spoke to the press. Nobody spoke to the press. All went home.\n",
    );
    let annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/a", "type": "Annotation", "bodyValue": "which?",
        "target": {"source": "doc.txt", "selector": {"type": "TextQuoteSelector", "exact": "Nobody spoke to the press."}},
    });
    let file = home.write("a.jsonld", annotation.to_string());
    let said = home.run(&["import-notes", &file, "--in", &path]);
    assert_eq!(said.code, 1);
    assert!(
        said.err
            .contains("more than once; the note is here and waits"),
        "{}",
        said.err
    );
    let listed = home.run(&["note", "list", "--json"]);
    let note: Value = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(note["status"], "ambiguous", "{note}");
    // What says a place in a way that is not understood is not put on the title.
    let unread = annotation
        .to_string()
        .replace("TextQuoteSelector", "XPathSelector");
    let file = home.write("b.jsonld", unread.replace("/a\"", "/b\""));
    let said = home.run(&["import-notes", &file, "--in", &path]);
    assert!(
        said.err
            .contains("left out: its place is given by a XPathSelector"),
        "{}",
        said.err
    );
    assert_eq!(home.run(&["note", "list", "--json"]).out.lines().count(), 1);
}

#[test]
fn what_a_note_was_made_on_goes_out_beside_the_words_that_stand_there_now() {
    let (home, path) = written();
    std::fs::write(&path, TEXT.replace("on 3 May", "on 4 May")).unwrap();
    for (format, says) in [
        ("web-annotation", "\"postil:madeOn\":\"東京 on 3 May\""),
        ("hypothesis", "\"made_on\":\"東京 on 3 May\""),
        ("csv", "東京 on 4 May,東京 on 3 May,"),
        ("markdown", "edited · made on “東京 on 3 May”"),
        (
            "html",
            "made on other words: 東京 on <del>3</del> <ins>4</ins> May",
        ),
    ] {
        let out = home.run(&["export", &path, "--format", format]).out;
        assert!(out.contains(says), "{format}: {out}");
    }
}

#[test]
fn a_report_is_of_one_document_and_several_go_to_a_folder() {
    let (home, path) = written();
    let other = home.write("other.txt", "Another one\n\nWith its own words.\n");
    home.run(&["note", "add", &other, "--at", "0:7"]).done();
    home.run(&["export", "--format", "html", "--out", "x.html"])
        .refused(&["a file for each document, and these notes are on 2: name a folder"]);
    assert!(!home.path().join("x.html").exists());
    let told = home
        .run(&["export", &path, "--format", "html", "--out", "x.html"])
        .done();
    assert!(
        told.contains("wrote 2 notes on 1 document to x.html"),
        "{told}"
    );
    let told = home
        .run(&["export", "--format", "html", "--out", "reports/"])
        .done();
    assert!(told.contains("on 2 documents"), "{told}");
    for name in ["talks.html", "other.html"] {
        let page = std::fs::read_to_string(home.path().join("reports").join(name)).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>"), "{name}");
    }
    // Of a document nobody wrote on the report has names and dates.
    let plain = home.write("plain.txt", "Third one\n\nThey met on 3 May 2024.\n");
    home.run(&["export", &plain, "--format", "html", "--out", "plain.html"])
        .done();
    let page = std::fs::read_to_string(home.path().join("plain.html")).unwrap();
    assert!(page.contains("They met on"), "{page}");
}

#[test]
fn a_note_on_a_document_with_a_copy_goes_out_once() {
    let (home, _) = written();
    let folder = home.path().join("both");
    std::fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.join(name), TEXT).unwrap();
    }
    let listed = home.run(&["note", "list", "both", "--json"]).values();
    assert_eq!(listed.len(), 2);
    // Now both places are known.
    let listed = home.run(&["note", "list", "both", "--json"]).values();
    assert_eq!(listed.len(), 2);
    let table = home.run(&["export", "both", "--format", "csv"]).done();
    assert_eq!(table.matches("\r\n").count(), 3, "{table}");
}

#[test]
fn notes_with_headings_and_tags_with_semicolons_come_back() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    home.run(&[
        "note",
        "add",
        &path,
        "--at",
        "0:5",
        "--text",
        "a\n\n# h\n  ## i",
        "--tag",
        "a;b",
        "--tag",
        "c\\d",
    ])
    .done();
    let own = home.store();
    let expected = notes(&home, own.to_str().unwrap());
    for (format, name) in [("markdown", "n.md"), ("csv", "n.csv"), ("brat", "n/")] {
        home.run(&["export", "--format", format, "--out", name])
            .done();
        let from = if format == "brat" {
            "n/talks.ann"
        } else {
            name
        };
        let other = home.path().join(format!("{format}.db"));
        let other = other.to_str().unwrap();
        home.run(&["import-notes", from, "--in", &path, "--library", other])
            .done();
        assert_eq!(notes(&home, other), expected, "{format}");
    }
}

#[test]
fn of_two_documents_of_a_name_the_path_tells_which() {
    let home = Home::fresh();
    for folder in ["w/a", "w/b"] {
        home.write(
            &format!("{folder}/doc.txt"),
            "Press release\n\nThey went home.\n",
        );
    }
    let annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://e.org/a", "type": "Annotation", "bodyValue": "b",
        "target": {"source": "http://e.org/w/b/doc.txt", "selector": {"type": "TextQuoteSelector", "exact": "went home"}},
    });
    let file = home.write("a.jsonld", annotation.to_string());
    let told = home.run(&["import-notes", &file, "--in", "w"]).done();
    assert!(told.contains("w/b/doc.txt: 1 added"), "{told}");
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
