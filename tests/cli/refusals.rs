use crate::home::Home;

#[test]
fn without_a_terminal_there_is_no_screen() {
    let home = Home::fresh();
    home.run(&[]).refused(&["needs a terminal", "postil list"]);
    home.pipe(b"text", &["-"]).refused(&["needs a terminal"]);
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let home = Home::fresh();
    for command in ["list", "entities", "timeline", "analyze"] {
        home.run(&[command, "no/such"])
            .refused(&["`no/such`", "check the path"]);
    }
    home.run(&["lisst"]).refused(&["`lisst`", "postil --help"]);
    home.run(&["bad\u{1b}[31mname"]).refused(&["`badname`"]);
}

#[test]
fn wrong_use_says_what_is_wanted() {
    let home = Home::fresh();
    home.run(&["list", "--sort", "size"])
        .refused(&["size", "date, title, name"]);
    home.run(&["list", "--where", "tga:x"])
        .refused(&["--where", "`tga:`"]);
    home.run(&["timeline", "--range", "soon"]).refused(&[
        "--range",
        "`soon` is not a range of days",
        "2023-10",
    ]);
    home.run(&["analyze", "-", "--published", "30/10/2023"])
        .refused(&["--published", "is not a date"]);
    home.run(&["analyze"]).refused(&["<PATH>"]);
    home.run(&["analyze", "-", "--jobs", "0"])
        .refused(&["--jobs"]);
    home.run(&["note", "rm", "one"]).refused(&["one"]);
    home.run(&["man", "nothing"])
        .refused(&["`nothing` is not a command", "analyze"]);
}

#[test]
fn a_document_must_be_one() {
    let home = Home::fresh();
    home.write("in/a.txt", "The river talks\n\nText.\n");
    home.write("in/b.txt", "The river talks, again\n\nText.\n");
    home.write("in/sub/a.txt", "Something else\n\nText.\n");
    home.run(&["show", "river", "--in", "in"]).refused(&[
        "`river` is 2 documents",
        "b.txt",
        "by its path",
    ]);
    home.run(&["show", "a.txt", "--in", "in"])
        .refused(&["`a.txt` is 2 documents", "sub/a.txt"]);
    home.run(&["show", "nothing of it", "--in", "in"])
        .refused(&["no document `nothing of it`", "postil list"]);
    home.run(&["show", "in"]).refused(&["`in` is a folder"]);
    assert!(
        home.run(&["show", "the river talks", "--in", "in"])
            .done()
            .contains("Text.")
    );
}

#[test]
fn a_passage_must_be_in_the_text() {
    let home = Home::fresh();
    let path = home.write("a.txt", "Title\n\nShort.\n");
    for (at, rule) in [
        ("0:99", "only 13 characters"),
        ("5:5", "must end after"),
        ("x", "START:END"),
        ("-1:3", "START:END"),
    ] {
        home.run(&["note", "add", &path, "--at", at])
            .refused(&[&format!("--at {at}"), rule]);
    }
    assert!(!home.store().exists());
    home.run(&["note", "add", &path, "--at", "0:3", "--colour", "mauve"])
        .refused(&["`mauve` is not a colour", "yellow"]);
    home.pipe(b"text here", &["note", "add", "-", "--at", "0:3"])
        .refused(&["standard input", "save it to a file"]);
}

#[test]
fn a_store_that_is_none_costs_the_notes_and_is_said() {
    let home = Home::fresh();
    let path = home.write("a.txt", "Title\n\nShort.\n");
    let store = home.write(
        "broken.db",
        "this is no store at all, and long enough to be looked at as one ".repeat(20),
    );
    let said = home.run(&["list", &path, "--library", &store]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("Title"), "{}", said.out);
    assert!(
        said.err.contains(&store) && said.err.contains("not a store of postil"),
        "{}",
        said.err
    );
    for command in [
        &["list"][..],
        &["note", "list"],
        &["note", "rm", "1"],
        &["doctor"],
        &["bookmark", "list"],
    ] {
        let all = [command, &["--library", &store]].concat();
        home.run(&all).refused(&[&store, "not a store of postil"]);
    }
    home.run(&["note", "add", &path, "--at", "0:5", "--library", &store])
        .refused(&[&store]);
}

#[test]
fn a_store_that_cannot_be_made_is_said() {
    let home = Home::fresh();
    let path = home.write("a.txt", "Title\n\nShort.\n");
    let inside_a_file = format!("{path}/postil.db");
    home.run(&[
        "note",
        "add",
        &path,
        "--at",
        "0:5",
        "--library",
        &inside_a_file,
    ])
    .refused(&["cannot make the folder", &path]);
    home.run(&["doctor"]).refused(&["there is no store at"]);
}

#[cfg(unix)]
#[test]
fn a_store_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::fresh();
    let path = home.write("a.txt", "Title\n\nShort.\n");
    let store = home.path().join("box/notes.db");
    let name = store.to_str().unwrap();
    home.run(&[
        "note",
        "add",
        &path,
        "--at",
        "0:5",
        "--text",
        "kept",
        "--library",
        name,
    ])
    .done();
    let folder = store.parent().unwrap();
    let allow = |mode, folder_mode| {
        std::fs::set_permissions(&store, std::fs::Permissions::from_mode(mode)).unwrap();
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(folder_mode)).unwrap();
    };
    allow(0o400, 0o500);
    // Whoever may do anything is not kept out, and sees no error.
    let kept_out = std::fs::write(folder.join("probe"), "").is_err();
    let listed = home.run(&["note", "list", "--library", name]).done();
    assert!(listed.contains("kept"), "{listed}");
    if kept_out {
        home.run(&["note", "rm", "1", "--library", name])
            .refused(&[name, "cannot be written to"]);
    }
    allow(0o600, 0o700);
}

#[test]
fn a_backup_that_cannot_be_made_says_what_is_in_the_way() {
    let home = Home::fresh();
    let path = home.write("talks.txt", "The river talks\n\nText.\n");
    home.run(&["note", "add", &path, "--at", "0:3"]).done();
    home.run(&["backup", "no/such/folder.db"]).refused(&[
        "the backup no/such/folder.db cannot be made",
        "No such file or directory",
        "a folder that is there",
    ]);
    std::fs::create_dir(home.path().join("folder")).unwrap();
    home.run(&["backup", "folder"]).refused(&["exists already"]);
}

#[test]
fn a_collection_takes_text_alone() {
    let home = Home::fresh();
    home.write(
        "program.txt",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0".as_slice(),
    );
    home.run(&["collection", "add", "x", "program.txt"])
        .refused(&[
            "program.txt` cannot be in a collection",
            "no collection was made",
        ]);
    home.run(&["collection", "add", "x", "-"])
        .refused(&["standard input"]);
    assert_eq!(home.run(&["collection", "list"]).done(), "");
    std::fs::create_dir(home.path().join("empty")).unwrap();
    let said = home.run(&["collection", "add", "x", "empty"]);
    assert_eq!((said.code, said.out.as_str()), (1, "made collection x\n"));
    assert!(said.err.contains("no document in"), "{}", said.err);
}
