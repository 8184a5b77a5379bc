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
    let none = home.run(&["quotes", "in", "--speaker", "nobody"]).done();
    assert_eq!(none, "");
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
        text.contains("[-40-]{+50 new & old+}") && !text.contains('\u{1b}'),
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
        out.contains("2024-05-01  changed  Rates\n  negation: [--] {+not+}"),
        "{out}"
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
