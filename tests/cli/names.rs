//! `postil entities`: one person under many spellings, all about one, decisions as a file.

use serde_json::json;

use crate::home::Home;

/// Two documents that name one minister in two spellings, and another who shares his surname.
fn home() -> Home {
    let home = Home::fresh();
    home.write(
        "in/a.txt",
        "# Talks\n\nBy Ann Bee | 3 May 2024\n\nRussian Foreign Minister Sergei Lavrov met President Emmanuel Macron in Paris. Lavrov left on Friday.\n",
    );
    home.write(
        "in/b.txt",
        "# More talks\n\nBy Ann Bee | 5 May 2024\n\nSergey Lavrov, the foreign minister of Russia, was in Paris. President Anna Lavrov was not.\n",
    );
    home
}

fn named(home: &Home, name: &str) -> serde_json::Value {
    let found = home.run(&["entities", "in", "--json"]).values();
    let is = |entity: &&serde_json::Value| entity["name"] == name;
    found
        .iter()
        .find(is)
        .cloned()
        .unwrap_or_else(|| panic!("{name} in {found:?}"))
}

#[test]
fn a_person_is_one_over_documents_and_spellings() {
    let lavrov = named(&home(), "Sergei Lavrov");
    assert_eq!(lavrov["documents"].as_array().unwrap().len(), 2, "{lavrov}");
    assert_eq!(lavrov["mentions"], 3);
    let spelled: Vec<&str> = lavrov["aliases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alias| alias["text"].as_str().unwrap())
        .collect();
    assert_eq!(spelled, ["Lavrov", "Sergei Lavrov", "Sergey Lavrov"]);
    assert_eq!(
        lavrov["roles"],
        json!([{"text": "Russian Foreign Minister", "count": 1}, {"text": "foreign minister of Russia", "count": 1}])
    );
    assert_eq!(
        (&lavrov["first"], &lavrov["last"]),
        (&json!("2024-05-03"), &json!("2024-05-05"))
    );
}

#[test]
fn all_about_one_is_told_by_name() {
    let home = home();
    let out = home.run(&["entities", "sergey lavrov", "in"]).done();
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("Sergei Lavrov"));
    assert!(out.contains("3 mentions in 2 documents"), "{out}");
    assert!(out.contains("Russian Foreign Minister (1)"), "{out}");
    assert!(out.contains("2024-05-05  More talks"), "{out}");
    assert!(out.contains("Foreign Minister Sergei Lavrov met"), "{out}");
    assert!(
        out.lines()
            .all(|line| line.chars().count() <= 80 || line.starts_with("  ")),
        "{out}"
    );
    let told = home.run(&["entities", "Paris", "in", "--json"]).values();
    let [paris] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(paris["contexts"].as_array().unwrap().len(), 2);
    assert_eq!(paris["contexts"][0]["text"], "Paris");
    assert!(
        paris["with"]
            .as_array()
            .unwrap()
            .iter()
            .any(|other| other["name"] == "Emmanuel Macron")
    );
}

#[test]
fn a_name_must_be_one_that_is_there() {
    let home = home();
    home.write(
        "two.txt",
        "# Two\n\nPresident Emma Bolt met President Carl Bolt in Oslo.\n",
    );
    home.run(&["entities", "two.txt", "bolt"]).refused(&[
        "`bolt` is 2 entities",
        "Emma Bolt",
        "Carl Bolt",
    ]);
    home.run(&["entities", "in", "Nobody"])
        .refused(&["no file, folder or entity `Nobody`"]);
    home.run(&["entities", "Paris", "Moscow", "--in", "in"])
        .refused(&["only one entity"]);
}

#[test]
fn decisions_are_imported_hold_and_are_exported() {
    let home = home();
    let (paris, macron) = (named(&home, "Paris"), named(&home, "Emmanuel Macron"));
    let (paris, macron) = (
        paris["entity"].as_str().unwrap(),
        macron["entity"].as_str().unwrap(),
    );
    let file = home.write(
        "decisions.txt",
        format!("# mine\nrename {paris} to City of Light\nretype {paris} to organisation\nhide {macron}\n"),
    );
    let out = home
        .run(&["entities", "--import", &file, "--in", "in"])
        .done();
    assert_eq!(
        out,
        "3 decisions read, 3 of them new\n`postil log --undo 1` takes them back\n"
    );
    assert_eq!(named(&home, "City of Light")["type"], "ORG");
    let all = home.run(&["entities", "in", "--json"]).values();
    assert!(all.iter().all(|entity| entity["name"] != "Emmanuel Macron"));
    let out = home.run(&["entities", "--export", "-"]).done();
    assert!(
        out.contains(&format!("rename {paris} to City of Light\n")),
        "{out}"
    );
    assert_eq!(
        home.pipe(out.as_bytes(), &["entities", "--import", "-", "--in", "in"])
            .done(),
        "3 decisions read, 0 of them new\n"
    );
    assert_eq!(
        home.run(&["entities", "--export", "out.txt"]).done(),
        "3 decisions written to out.txt\n"
    );
    home.run(&["entities", "--export", "out.txt"])
        .refused(&["out.txt", "not there yet"]);
}

#[test]
fn a_split_takes_apart_what_the_names_put_together() {
    let home = home();
    let lavrov = named(&home, "Sergei Lavrov");
    let members = lavrov["members"].as_array().unwrap();
    // The two spellings may be one by their names alone already; a merge of two others is undone as well.
    let anna = named(&home, "Anna Lavrov");
    let (one, other) = (
        lavrov["entity"].as_str().unwrap(),
        anna["entity"].as_str().unwrap(),
    );
    home.pipe(
        format!("merge {other} into {one}").as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
    let merged = named(&home, "Sergei Lavrov");
    assert_eq!(
        merged["members"].as_array().unwrap().len(),
        members.len() + 1
    );
    home.pipe(
        format!("split {other}").as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
    assert_eq!(
        named(&home, "Sergei Lavrov")["members"]
            .as_array()
            .unwrap()
            .len(),
        members.len()
    );
}

#[test]
fn a_spelling_is_taken_out_everywhere_or_in_one_document_and_the_decision_travels() {
    let home = home();
    let lavrov = named(&home, "Sergei Lavrov");
    let ids = lavrov["members"].as_array().unwrap();
    let ids: Vec<&str> = ids
        .iter()
        .map(|member| member["entity"].as_str().unwrap())
        .collect();
    let line = |id: &&str| format!("part {id} written Lavrov\n");
    let lines: String = ids.iter().map(line).collect();
    home.pipe(lines.as_bytes(), &["entities", "--import", "-"])
        .done();
    assert_eq!(named(&home, "Sergei Lavrov")["mentions"], 2);
    assert_eq!(named(&home, "Lavrov")["mentions"], 1);
    let told = home.run(&["entities", "--export", "-"]).done();
    assert!(told.contains(&lines), "{told}");
    let elsewhere = self::home();
    elsewhere
        .pipe(told.as_bytes(), &["entities", "--import", "-"])
        .done();
    assert_eq!(named(&elsewhere, "Lavrov")["mentions"], 1);
    let line = |id: &&str| format!("part {id} in 0000000000000001 written Sergey Lavrov\n");
    let lines: String = ids.iter().map(line).collect();
    home.pipe(lines.as_bytes(), &["entities", "--import", "-"])
        .done();
    assert_eq!(
        named(&home, "Sergei Lavrov")["mentions"],
        2,
        "no such document"
    );
}

#[test]
fn a_wrong_line_is_refused_with_its_number_and_nothing_is_taken() {
    let home = home();
    let file = home.write("decisions.txt", "hide a\nmerge b c\n");
    home.run(&["entities", "--import", &file]).refused(&[
        "decisions.txt: line 2",
        "merge ID into ID",
        "nothing was taken",
    ]);
    home.run(&["entities", "--import", "none.txt"])
        .refused(&["none.txt"]);
    let out = home.run(&["entities", "--export", "-"]).done();
    assert!(out.lines().all(|line| line.starts_with('#')), "{out}");
}

#[test]
fn an_id_that_nobody_has_is_told_with_its_line_and_the_others_hold() {
    let home = home();
    let macron = named(&home, "Emmanuel Macron");
    let macron = macron["entity"].as_str().unwrap();
    let file = home.write(
        "decisions.txt",
        format!("# mine\n\nhide {macron}\nmerge no-such-one into {macron}\nhide nor-this\n"),
    );
    let said = home.run(&["entities", "--import", &file, "--in", "in"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.out.starts_with("3 decisions read, 3 of them new\n"),
        "{}",
        said.out
    );
    let warned: Vec<&str> = said.err.lines().collect();
    assert_eq!(warned.len(), 2, "{}", said.err);
    assert!(
        warned[0].contains("line 4: no document names `no-such-one`")
            && warned[0].contains("is kept"),
        "{}",
        said.err
    );
    assert!(warned[1].contains("line 5: no document names `nor-this`"));
    let all = home.run(&["entities", "in", "--json"]).values();
    assert!(all.iter().all(|entity| entity["name"] != "Emmanuel Macron"));
    let kept = home.run(&["entities", "--export", "-"]).done();
    assert!(kept.contains("hide nor-this\n"), "{kept}");
    // Somebody who is hidden is still somebody.
    home.pipe(
        format!("retype {macron} to organisation").as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
}

#[test]
fn the_reader_s_own_names_are_found_by_every_command() {
    let home = home();
    home.write(
        "in/c.txt",
        "# Mills\n\nBy Ann Bee | 6 May 2024\n\nThe Mill Corridor Desk met on 7 May 2024. “It was short,” the GCD said.\n",
    );
    home.write(
        "config/postil/names.txt",
        "# our desk\nMill Corridor Desk; ORG; GCD\nNobody\n",
    );
    let said = home.run(&["entities", "Mill Corridor Desk", "in/c.txt", "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.contains("names.txt, line 3: `Nobody` has no type"),
        "{}",
        said.err
    );
    assert!(said.out.contains("\"mill-corridor-desk\""), "{}", said.out);
    let rows = home.run(&["timeline", "in/c.txt", "--json"]).out;
    assert!(rows.contains("mill-corridor-desk"), "{rows}");
}

#[test]
fn analyze_takes_the_names_it_is_given_and_no_others() {
    let home = home();
    let text = b"They wrote to the Nork Grain Circle.";
    let list = home.write("own.txt", "Nork; PLACE; ~Norkish\n");
    home.write("config/postil/names.txt", "Grain Circle; PERSON\n");
    let found = |arguments: &[&str]| {
        let out = home.pipe(text, arguments).out;
        (
            out.contains("\"nork\""),
            out.contains("grain-circle\",\"PERSON"),
        )
    };
    assert_eq!(found(&["analyze", "-"]), (false, false));
    home.pipe(b"Nork fell.", &["analyze", "--names", &list, "-"])
        .done()
        .find("\"nork\"")
        .unwrap();
    home.write("own.txt", "Nork; PLACE\nNork\n");
    home.run(&["analyze", "--names", &list, "in"])
        .refused(&["own.txt: line 2: `Nork` has no type"]);
    home.run(&["analyze", "--names", "none.txt", "in"])
        .refused(&["none.txt cannot be read"]);
}

#[test]
fn the_timeline_names_entities_as_they_are_linked() {
    let home = home();
    home.write(
        "in/c.txt",
        "# Later\n\nBy Ann Bee | 6 May 2024\n\nSergey Lavrov left Paris on 4 May 2024.\n",
    );
    let lavrov = named(&home, "Sergei Lavrov");
    let rows = home.run(&["timeline", "in", "--json"]).values();
    let row = rows
        .iter()
        .find(|row| row["earliest"] == "2024-05-04")
        .unwrap();
    let entities = row["entities"].as_array().unwrap();
    assert!(entities.contains(&lavrov["entity"]), "{row} {lavrov}");
    let id = lavrov["entity"].as_str().unwrap();
    home.pipe(
        format!("hide {id}").as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
    let rows = home.run(&["timeline", "in", "--json"]).out;
    assert!(!rows.contains(&format!("\"{id}\"")), "{rows}");
}

#[test]
fn two_people_of_one_name_in_two_documents_are_parted_and_brought_back() {
    let home = Home::fresh();
    home.write(
        "in/a.txt",
        "# Talks\n\nBy Ann Bee | 3 May 2024\n\nPresident Anna Lind spoke in Oslo on 3 May 2024.\n",
    );
    home.write("in/b.txt", "# A match\n\nBy Ann Bee | 5 May 2024\n\nThe goalkeeper Anna Lind was sold on 4 May 2024.\n");
    let linds = || -> Vec<serde_json::Value> {
        let all = home.run(&["entities", "in", "--json"]).values();
        all.into_iter()
            .filter(|entity| entity["name"] == "Anna Lind")
            .collect()
    };
    let [both] = linds().try_into().unwrap();
    let (id, second) = (
        both["entity"].as_str().unwrap().to_owned(),
        both["documents"][1].as_str().unwrap().to_owned(),
    );
    let line = format!("part {id} in {second}");
    home.pipe(
        line.as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
    let [one, other] = linds().try_into().unwrap();
    assert_ne!(one["entity"], other["entity"]);
    assert_eq!(one["documents"].as_array().unwrap().len(), 1);
    assert!(
        home.run(&["entities", "--export", "-"])
            .done()
            .contains(&line)
    );
    let apart = format!("{id}~{second}");
    assert!(home.run(&["timeline", "in", "--json"]).out.contains(&apart));
    let line = format!("merge {apart} into {id}");
    home.pipe(
        line.as_bytes(),
        &["entities", "--import", "-", "--in", "in"],
    )
    .done();
    assert_eq!(linds().len(), 1);
}
