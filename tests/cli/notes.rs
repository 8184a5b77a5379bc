use crate::home::{Home, values};
use serde_json::json;

const TEXT: &str = "River talks\n\nThe 🙂 ministers met in 東京 on 3 May. They agreed on nothing but the date of the next meeting.\n\nThe rest is silence, as so often before.\n";

/// The code points at which `words` stand in the text of the document.
fn at(words: &str) -> String {
    let byte = TEXT.find(words).unwrap();
    let start = TEXT.get(..byte).unwrap().chars().count();
    format!("{start}:{}", start + words.chars().count())
}

#[test]
fn a_note_is_found_by_the_next_process() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    let added = home
        .run(&[
            "note",
            "add",
            &path,
            "--at",
            &at("東京"),
            "--text",
            "where?",
            "--tag",
            "place",
            "--tag",
            "#asia",
            "--colour",
            "green",
            "--json",
        ])
        .values();
    assert_eq!(added[0]["exact"], "東京");
    let listed = home.run(&["note", "list", "--json"]).values();
    assert_eq!(listed, added);
    let mut note = listed[0].clone();
    let fields = note.as_object_mut().unwrap();
    assert!(fields.remove("created").is_some() && fields.remove("modified").is_some());
    let (start, end) = (fields["start"].clone(), fields["end"].clone());
    assert_eq!(format!("{start}:{end}"), at("東京"));
    assert_eq!(
        note,
        json!({
            "id": 1, "document": home.run(&["list", &path, "--json"]).values()[0]["id"], "path": path, "status": "unchanged", "start": start,
            "end": end, "exact": "東京", "exact_then": "東京", "text": "where?", "tags": ["place", "asia"], "colour": "green",
            "method": "position", "score": null, "margin": null,
        })
    );
    let listed = home.run(&["list", &path]).done();
    assert!(listed.contains("1 note"), "{listed}");
    let people = home.run(&["note", "list", &path]).done();
    assert!(
        people.contains("“東京”") && people.contains("where?") && people.contains("#place #asia"),
        "{people}"
    );
}

#[test]
fn notes_are_changed_tagged_filtered_and_removed() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    for words in ["ministers", "nothing", "silence"] {
        home.run(&["note", "add", &path, "--at", &at(words), "--tag", "one"])
            .done();
    }
    let tagged = home
        .run(&["note", "tag", "--json", "2", "+two", "-one", "three"])
        .values();
    assert_eq!(tagged[0]["tags"], json!(["two", "three"]));
    home.pipe(
        b"from a\npipe\n",
        &["note", "edit", "3", "--text", "-", "--colour", "4"],
    )
    .done();
    let noted = |query: &str| {
        let listed = home
            .run(&["note", "list", "--json", "--where", query])
            .values();
        listed
            .iter()
            .map(|note| note["id"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(noted("tag:one"), [1, 3]);
    assert_eq!(noted("tag:two"), [2]);
    assert_eq!(noted("colour:pink pipe"), [3]);
    assert_eq!(noted("-tag:one"), [2]);
    assert_eq!(noted("ministers"), [1]);
    home.run(&["note", "rm", "1", "3"]).done();
    assert_eq!(noted(""), [2]);
    home.run(&["note", "rm", "1"]).refused(&["no annotation 1"]);
    home.run(&["note", "tag", "9", "+x"])
        .refused(&["no annotation 9"]);
    assert_eq!(
        home.run(&["list", "--json", "--where", "tag:two", &path])
            .values()
            .len(),
        1
    );
}

#[test]
fn a_note_follows_its_words_through_edits() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    home.run(&[
        "note",
        "add",
        &path,
        "--at",
        &at("They agreed on nothing but the date"),
    ])
    .done();
    home.write(
        "talks.txt",
        TEXT.replace("The 🙂", "A paragraph more.\n\nThe"),
    );
    let note = &home.run(&["note", "list", "--json"]).values()[0];
    assert_eq!(note["status"], "unchanged");
    assert_eq!(note["exact"], "They agreed on nothing but the date");
    home.write(
        "talks.txt",
        TEXT.replace("nothing but the date", "little but the date"),
    );
    let note = &home.run(&["note", "list", "--json"]).values()[0];
    assert_eq!(note["status"], "edited");
    assert_eq!(note["exact"], "They agreed on little but the date");
    assert_eq!(note["exact_then"], "They agreed on nothing but the date");
    home.write("talks.txt", "Quite another text.\n");
    let said = home.run(&["note", "list", "--json"]);
    assert_eq!(said.code, 1);
    let note = &values(&said.out)[0];
    assert_eq!(
        (&note["status"], &note["start"], &note["exact"]),
        (&json!("lost"), &json!(null), &json!(null))
    );
}

#[test]
fn a_note_follows_a_renamed_file() {
    let home = Home::fresh();
    let path = home.write("in/talks.txt", TEXT);
    home.run(&["note", "add", &path, "--at", &at("silence")])
        .done();
    let moved = home.path().join("in/later.txt");
    std::fs::rename(&path, &moved).unwrap();
    let said = home.run(&["note", "list", "--json"]);
    assert_eq!(
        (said.code, &values(&said.out)[0]["status"]),
        (1, &json!("lost"))
    );
    assert!(
        said.err.contains(&path) && said.err.contains("name the folder"),
        "{}",
        said.err
    );
    let notes = home.run(&["note", "list", "in", "--json"]).values();
    assert_eq!(
        (&notes[0]["path"], &notes[0]["status"]),
        (&json!(moved), &json!("unchanged"))
    );
    // The new place is known from now on.
    let notes = home.run(&["note", "list", "--json"]).values();
    assert_eq!(notes[0]["path"], json!(moved));
    assert_eq!(home.run(&["list", "in", "--json"]).values()[0]["notes"], 1);
}

#[test]
fn bookmarks_are_set_listed_and_removed() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    let start = |words: &str| at(words).split_once(':').unwrap().0.to_owned();
    let set = home
        .run(&[
            "bookmark",
            "add",
            &path,
            "the offer",
            "--at",
            &start("ministers"),
            "--json",
        ])
        .values();
    assert_eq!(set[0]["exact"], "ministers met in 東京 on 3 May.");
    home.run(&["bookmark", "add", &path, "q", "--at", &start("They")])
        .done();
    let moved = home
        .run(&["bookmark", "add", &path, "q", "--at", &start("The rest")])
        .done();
    assert!(moved.contains("moved here"), "{moved}");
    let listed = home.run(&["bookmark", "list", "--json"]).values();
    let names: Vec<_> = listed
        .iter()
        .map(|bookmark| bookmark["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["the offer", "q"]);
    assert!(
        home.run(&["bookmark", "list", &path])
            .done()
            .contains("the offer")
    );
    home.run(&["bookmark", "rm", "1"]).done();
    assert_eq!(home.run(&["bookmark", "list", "--json"]).values().len(), 1);
    home.run(&["bookmark", "rm", "1"])
        .refused(&["no bookmark 1"]);
}

#[test]
fn two_stores_never_mix() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    let other = home.path().join("other.db");
    home.run(&[
        "note",
        "add",
        &path,
        "--at",
        &at("silence"),
        "--library",
        other.to_str().unwrap(),
    ])
    .done();
    assert_eq!(home.run(&["note", "list"]).done(), "");
    assert!(!home.store().exists());
    let said = home
        .command(&["note", "list", "--json"])
        .env("POSTIL_LIBRARY", &other)
        .output()
        .unwrap();
    assert_eq!(values(&String::from_utf8(said.stdout).unwrap()).len(), 1);
}

#[test]
fn doctor_reports_on_a_sound_store() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    home.run(&["note", "add", &path, "--at", &at("silence")])
        .done();
    assert!(home.run(&["doctor"]).done().contains("nothing is wrong"));
    let report = &home.run(&["doctor", "--json"]).values()[0];
    assert_eq!(
        (
            &report["annotations"],
            &report["bookmarks"],
            &report["documents"]
        ),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(report["findings"], json!([]));
}

#[test]
fn a_document_is_never_written_to() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    home.run(&["note", "add", &path, "--at", &at("silence")])
        .done();
    home.run(&["bookmark", "add", &path, "x"]).done();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), TEXT);
}

#[test]
fn what_was_set_by_hand_goes_before_what_the_document_says() {
    let home = Home::fresh();
    let path = home.write("talks.txt", TEXT);
    let undated = &home.run(&["timeline", &path, "--json"]).values()[0];
    assert_eq!(
        (&undated["earliest"], &undated["edtf"]),
        (&json!(null), &json!(null))
    );
    let postil::import::Import::Document(read) = postil::import::import(&path, TEXT.as_bytes())
    else {
        panic!("the text is a document");
    };
    let set = postil::library::Corrections {
        title: Some("Talks by the river".to_owned()),
        published: Some("2024-05-07".parse().unwrap()),
        ..postil::library::Corrections::default()
    };
    let now = "2024-06-01T00:00:00Z".parse().unwrap();
    let mut store = postil::store::Store::open(&home.store(), now).unwrap();
    store.set_meta(&read.document, &path, &set, now).unwrap();
    drop(store);
    let listed = &home.run(&["list", &path, "--json"]).values()[0];
    assert_eq!(listed["title"], "Talks by the river");
    assert_eq!(
        (&listed["published"], &listed["published_from"]),
        (&json!("2024-05-07"), &json!("user"))
    );
    let dated = &home.run(&["timeline", &path, "--json"]).values()[0];
    assert_eq!(
        (&dated["earliest"], &dated["edtf"]),
        (&json!("2024-05-03"), &json!("2024-05-03"))
    );
    let range = postil::text::TextRange::of(
        TEXT.find("3 May").unwrap(),
        TEXT.find("3 May").unwrap() + "3 May".len(),
    );
    let decision = postil::time::Decision::about(
        &read.document.text,
        range,
        postil::time::Choice::Means("2023-05-04".parse().unwrap()),
    );
    let decided = postil::library::Corrections {
        dates: vec![decision],
        ..set
    };
    let mut store = postil::store::Store::open(&home.store(), now).unwrap();
    store
        .set_meta(&read.document, &path, &decided, now)
        .unwrap();
    drop(store);
    assert_eq!(
        home.run(&["timeline", &path, "--json"]).values()[0]["edtf"],
        json!("2023-05-04")
    );
    assert!(
        home.run(&["show", "by the river", "--in", &path])
            .done()
            .contains("set by you")
    );
    // The machine interface is pure: it knows nothing of the store.
    assert_eq!(
        home.run(&["analyze", &path]).values()[0]["published"],
        json!(null)
    );
}

/// A file of many paragraphs with a note in the first.
fn noted_paragraphs(home: &Home) -> String {
    let paragraphs = (1..=30).map(|n| format!("Paragraph {n} says what country {n} agreed on."));
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let path = home.write("w/a.txt", &text);
    home.run(&["note", "add", &path, "--at", "5:40", "--text", "N1"])
        .done();
    text
}

#[test]
fn a_note_follows_its_file_through_an_edit_and_a_rename() {
    let home = Home::fresh();
    let edited = noted_paragraphs(&home).replace("country 25", "region 25");
    let path = home.write("w/a.txt", &edited);
    let listed = home.run(&["note", "list", "w"]).done();
    assert!(listed.contains("N1"), "{listed}");
    std::fs::rename(&path, home.path().join("w/c.txt")).unwrap();
    let listed = home.run(&["note", "list", "w", "--json"]).values();
    assert_eq!(listed[0]["status"], "unchanged");
    assert!(listed[0]["path"].as_str().unwrap().ends_with("w/c.txt"));
}

#[test]
fn a_note_follows_a_file_edited_and_renamed_at_once() {
    let home = Home::fresh();
    let edited = noted_paragraphs(&home).replace("country 25", "region 25");
    std::fs::remove_file(home.path().join("w/a.txt")).unwrap();
    home.write("w/b.txt", "Quite another text.\n");
    home.write("w/c.txt", &edited);
    let listed = home.run(&["note", "list", "w", "--json"]).values();
    assert_eq!(listed[0]["status"], "unchanged");
    assert!(listed[0]["path"].as_str().unwrap().ends_with("w/c.txt"));
}

#[test]
fn a_note_whose_file_is_nowhere_is_listed_as_lost() {
    let home = Home::fresh();
    noted_paragraphs(&home);
    std::fs::remove_file(home.path().join("w/a.txt")).unwrap();
    home.write("w/b.txt", "Quite another text.\n");
    for arguments in [
        &["note", "list", "w", "--json"][..],
        &["note", "list", "--json"],
    ] {
        let said = home.run(arguments);
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(said.err.contains("no longer there"), "{}", said.err);
        let listed = values(&said.out);
        assert_eq!(
            (listed[0]["status"].as_str(), listed.len()),
            (Some("lost"), 1)
        );
    }
    std::fs::create_dir(home.path().join("x")).unwrap();
    assert_eq!(home.run(&["note", "list", "x"]).done(), "");
}
