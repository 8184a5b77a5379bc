//! Quotations, their sources, shared passages and redlines, as somebody asks for them.

use super::home::{Home, Said, values};

const STATEMENT: &str = "# Joint Statement on Grain\n\nMinister Ann Bee | 3 May 2024\n\nThe ministers will not accept the transfer of 40 trucks to the old port. They thank all crews.\n";
const REPORT: &str = "# Port in Doubt\n\nBy Cy Dee | 5 May 2024\n\n“The ministers may not accept the transfer of 40 trucks to the old port,” said Ann Bee.\n";

fn home() -> Home {
    let home = Home::fresh();
    home.write("in/statement.md", STATEMENT);
    home.write("in/report.md", REPORT);
    home
}

/// What was said with exit code 1: something was found.
fn found(said: Said) -> String {
    assert_eq!((said.code, said.err.as_str()), (1, ""), "{}", said.out);
    said.out
}

#[test]
fn quotes_are_listed_with_their_speaker() {
    let home = home();
    let found = home.run(&["quotes", "in", "--json"]).values();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["speaker"]["text"], "Ann Bee");
    assert_eq!(found[0]["kind"], "marks");
    let none = home.run(&["quotes", "in", "--speaker", "nobody"]);
    assert_eq!((none.code, &*none.out), (1, ""));
    assert!(none.err.contains("`nobody`"), "{}", none.err);
}

#[test]
fn an_altered_quotation_is_traced_and_told_by_the_exit_code() {
    let home = home();
    let found = values(&found(home.run(&[
        "trace",
        "in/report.md",
        "--in",
        "in",
        "--json",
    ])));
    assert_eq!(found[0]["class"], "altered", "{found:?}");
    let change = &found[0]["source"]["changes"][0];
    assert_eq!(
        (
            &change["quote"]["text"],
            &change["source"]["text"],
            &change["kind"]
        ),
        (&"may".into(), &"will".into(), &"modal".into())
    );
}

#[test]
fn a_file_outside_the_collection_is_traced_among_its_neighbours() {
    let home = home();
    let told = found(home.run(&["trace", "in/report.md"]));
    assert!(
        told.contains("will, may, must: “will” became “may”"),
        "{told}"
    );
}

#[test]
fn an_alteration_that_others_share_is_a_chain_the_earliest_first() {
    let home = home();
    home.write(
        "in/wire.md",
        REPORT
            .replace("Port in Doubt", "From the Wire")
            .replace("5 May", "4 May"),
    );
    let command = ["trace", "in/report.md", "--in", "in"];
    let rows = values(&found(home.run(&[&command[..], &["--json"]].concat())));
    let chain = &rows[0]["chains"][0];
    assert_eq!(chain["source"]["text"], "will", "{rows:?}");
    let links = chain["links"].as_array().unwrap();
    let days: Vec<_> = links.iter().map(|link| &link["published"]).collect();
    assert_eq!(days, ["2024-05-04", "2024-05-05"]);
    let told = found(home.run(&command));
    assert!(
        told.contains("the same change elsewhere: “will” became “may”"),
        "{told}"
    );
}

#[test]
fn shared_passages_name_copy_and_source() {
    let found = home().run(&["reuse", "in", "--json"]).values();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0]["copy"]["path"]
            .as_str()
            .unwrap()
            .ends_with("report.md"),
        "{found:?}"
    );
    assert_eq!(found[0]["class"], "altered");
    assert_eq!(found[0]["direction"], "date");
    let told = home().run(&["reuse", "in"]).done();
    assert!(
        told.starts_with("altered · ") && told.contains("\n  from Joint Statement on Grain\n"),
        "{told}"
    );
    assert!(told.contains("“will” became “may”"), "{told}");
}

#[test]
fn of_two_stories_of_a_day_neither_is_the_source() {
    let home = Home::fresh();
    for (name, n_dead) in [("one", "three"), ("two", "five")] {
        home.write(
            &format!("in/{name}.md"),
            format!(
                "# Ferry {name}\n\nBy Di Fox | 6 May 2024\n\nAt least {n_dead} people died when a ferry caught fire on the river in the night, officials of the province said.\n"
            ),
        );
    }
    let found = home.run(&["reuse", "in", "--json"]).values();
    assert_eq!(found[0]["direction"], "unknown", "{found:?}");
    let told = home.run(&["reuse", "in"]).done();
    assert!(
        told.starts_with("reworded · ") && told.contains("\n  and Ferry "),
        "{told}"
    );
    assert!(told.contains("number: "), "{told}");
}

#[test]
fn a_redline_is_printed_for_people_programs_and_browsers() {
    let home = home();
    home.write(
        "in/later.md",
        STATEMENT.replace("40 trucks", "50 new & old trucks"),
    );
    let both = ["compare", "in/statement.md", "in/later.md"];
    let rows = home.run(&[&both[..], &["--json"]].concat()).values();
    let summary = &rows.last().unwrap()["summary"];
    assert_eq!(
        (&summary["changed"], &summary["dropped"]),
        (&1.into(), &0.into()),
        "{rows:?}"
    );
    let page = home.run(&[&both[..], &["--html"]].concat()).done();
    assert!(
        page.starts_with("<!doctype html>") && page.contains("new &amp; old"),
        "{page}"
    );
    let text = home.run(&both).done();
    assert!(
        text.contains("[-40-] {+50 new & old+}") && !text.contains('\u{1b}'),
        "{text}"
    );
    home.run(&["compare", "in/statement.md", "in/statement.md"])
        .done();
}

#[test]
fn a_phrase_is_followed_over_a_series() {
    let home = Home::fresh();
    for (day, risks) in [
        ("03", "are balanced"),
        ("04", "are balanced"),
        ("05", "are not balanced"),
    ] {
        home.write(
            &format!("series/{day}.md"),
            format!("---\ntitle: Rates\ndate: 2024-{day}-01\n---\n\nThe board sees that risks to prices {risks}.\n"),
        );
    }
    home.write(
        "series/06.md",
        "---\ntitle: Rates\ndate: 2024-06-01\n---\n\nNothing to say today.\n",
    );
    let rows = home
        .run(&[
            "history",
            "risks to prices are balanced",
            "series",
            "--json",
        ])
        .values();
    let events: Vec<&str> = rows
        .iter()
        .map(|row| row["event"].as_str().unwrap())
        .collect();
    assert_eq!(events, ["first-seen", "kept", "changed", "dropped"]);
    assert_eq!(rows[2]["changes"][0]["now"], "not");
    let out = home
        .run(&["history", "risks to prices are balanced", "series"])
        .done();
    assert!(
        out.contains(
            "2024-05-01  changed to, last seen  Rates\n            not: “not” was put in\n"
        ),
        "{out}"
    );
    let none = home.run(&["history", "cranes and herons", "series"]);
    assert_eq!((none.code, &*none.out), (1, ""));
    assert!(none.err.contains("none of 4 documents"), "{}", none.err);
}

#[test]
fn a_series_is_suggested_by_publisher_titles_and_likeness() {
    let home = Home::fresh();
    for month in 1..4 {
        home.write(
            &format!("all/{month}.md"),
            format!("---\ntitle: Rates {month}/2024\npublisher: Bank\ndate: 2024-0{month}-01\n---\n\nThe board sees that risks to prices are balanced and will act as it must in the months to come.\n"),
        );
    }
    home.write(
        "all/other.md",
        "---\ntitle: Canteen\npublisher: Bank\ndate: 2024-02-02\n---\n\nSoup is served from noon on, and risks to prices are balanced by the cook alone.\n",
    );
    let all = home
        .run(&["history", "risks to prices", "all", "--json"])
        .values();
    assert_eq!(all.len(), 4);
    let like = [
        "history",
        "risks to prices",
        "all",
        "--like",
        "all/2.md",
        "--json",
    ];
    let rows = home.run(&like).values();
    let days: Vec<&str> = rows
        .iter()
        .map(|row| row["published"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2024-01-01", "2024-02-01", "2024-03-01"]);
}

#[test]
fn a_redline_tells_notes_and_quotations_of_both() {
    let home = home();
    home.write("in/later.md", REPORT.replace("40 trucks", "50 trucks"));
    home.run(&[
        "note",
        "add",
        "in/report.md",
        "--at",
        "0:4",
        "--text",
        "look here",
        "--tag",
        "port",
    ])
    .done();
    let both = ["compare", "in/report.md", "in/later.md"];
    let out = home.run(&both).done();
    assert!(out.contains("look here #port"), "{out}");
    assert!(
        out.contains("quoted, Ann Bee: “The ministers may not accept"),
        "{out}"
    );
    let rows = home.run(&[&both[..], &["--json"]].concat()).values();
    let notes: Vec<_> = rows.iter().filter_map(|row| row["notes"].get(0)).collect();
    assert_eq!(
        (&notes[0]["side"], &notes[0]["note"]),
        (&"old".into(), &"look here".into())
    );
    let quotes: Vec<_> = rows
        .iter()
        .flat_map(|row| row["quotes"].as_array().cloned().unwrap_or_default())
        .collect();
    assert_eq!(quotes.len(), 2, "{quotes:?}");
    assert_eq!(quotes[1]["speaker"], "Ann Bee");
    assert!(
        home.run(&[&both[..], &["--html"]].concat())
            .done()
            .contains("<aside>note (old)")
    );
}

#[test]
fn the_timeline_keeps_apart_when_it_was_when_it_was_said_and_when_it_was_published() {
    let home = Home::fresh();
    home.write(
        "in/report.md",
        "---\ntitle: Port in Doubt\ndate: 2024-05-05\n---\n\nMinister Sergey Lavrov spoke in Moscow. “The ships sailed on 12 April 2024,” Lavrov said on 3 May 2024. They meet again soon.\n",
    );
    let rows = home.run(&["timeline", "in", "--json"]).values();
    let sailed = rows.iter().find(|row| row["edtf"] == "2024-04-12").unwrap();
    let source = &sailed["sources"][0];
    assert_eq!(sailed["kind"], "told");
    assert_eq!(source["speaker"], "Sergei Lavrov");
    assert_eq!(source["stated"]["earliest"], "2024-05-03");
    assert_eq!(source["published"], "2024-05-05");
    let said = rows.iter().find(|row| row["edtf"] == "2024-05-03").unwrap();
    assert_eq!(said["kind"], "said");
    let people = home.run(&["timeline", "in"]).done();
    assert!(
        people.contains("Sergei Lavrov: “The ships sailed on 12 April 2024”"),
        "{people}"
    );
}

#[test]
fn reuse_follows_the_collection_run_by_run() {
    let home = home();
    let first = home.run(&["reuse", "in", "--json"]).values();
    assert_eq!(home.run(&["reuse", "in", "--json"]).values(), first);
    home.write(
        "in/second.md",
        "# Trucks\n\nBy Di Fox | 6 May 2024\n\nThe ministers will not accept the transfer of 40 trucks to the old port, it is said.\n",
    );
    let second = home.run(&["reuse", "in", "--json"]).values();
    assert!(second.len() > first.len(), "{second:?}");
    assert!(
        second.iter().any(|passage| passage["copy"]["path"]
            .as_str()
            .unwrap()
            .ends_with("second.md")),
        "{second:?}"
    );
    home.write("in/second.md", "# Trucks\n\nNothing of it is left.\n");
    assert_eq!(home.run(&["reuse", "in", "--json"]).values(), first);
}

#[test]
fn nearly_equal_documents_are_one_group() {
    let home = home();
    home.write("in/copy.md", STATEMENT.replace("all crews", "the crews"));
    let groups = home
        .run(&["reuse", "in", "--duplicates", "--json"])
        .values();
    assert_eq!(groups.len(), 1, "{groups:?}");
    let members = groups[0]["documents"].as_array().unwrap();
    assert_eq!(members.len(), 2, "{members:?}");
    assert!(
        members
            .iter()
            .all(|one| one["title"] == "Joint Statement on Grain")
    );
}

#[test]
fn a_line_without_a_date_is_of_the_day_it_is_called_by() {
    let home = home();
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let later = line("minutes_20240611", "The board met. Prices have eased.");
    let earlier = line("minutes_20240319", "The board met. Prices have risen.");
    home.write("series.jsonl", later + &earlier);
    let told = home
        .run(&[
            "history",
            "Prices have risen",
            "--input",
            "jsonl",
            "series.jsonl",
        ])
        .out;
    let days: Vec<&str> = (told.lines())
        .filter_map(|line| line.get(..10).filter(|day| day.starts_with("2024")))
        .collect();
    assert_eq!(days, ["2024-03-19", "2024-06-11"], "{told}");
}
