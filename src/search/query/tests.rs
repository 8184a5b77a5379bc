use proptest::prelude::*;

use super::*;
use crate::document::Edtf;

struct Note {
    title: &'static str,
    publisher: &'static str,
    authors: Vec<String>,
    text: &'static str,
    tags: Vec<String>,
    date: &'static str,
}

impl Subject for Note {
    fn title(&self) -> &str {
        self.title
    }
    fn publisher(&self) -> Option<&str> {
        Some(self.publisher)
    }
    fn authors(&self) -> &[String] {
        &self.authors
    }
    fn text(&self) -> Option<&str> {
        Some(self.text)
    }
    fn tags(&self) -> &[String] {
        &self.tags
    }
    fn colour(&self) -> Option<&str> {
        Some("green")
    }
    fn kind(&self) -> Option<DocKind> {
        Some(DocKind::Statement)
    }
    fn date(&self) -> Option<Interval> {
        self.date.parse::<Edtf>().ok().map(|date| date.interval())
    }
}

fn note(date: &'static str) -> Note {
    Note {
        title: "Joint Statement on São Tomé",
        publisher: "Foreign Ministry",
        authors: vec!["Ana Łuczak".to_owned()],
        text: "The grain\ndeal lapsed; 日中国交 talks go on.",
        tags: vec!["Grain".to_owned(), "to do".to_owned()],
        date,
    }
}

fn passes(line: &str) -> bool {
    Filter::parse(line).unwrap().matches(&note("2023-10-25"))
}

#[test]
fn words_stand_in_title_publisher_authors_or_text() {
    for line in [
        "",
        "joint",
        "STATEMENT joint",
        "sao tome",
        "ministry grain",
        "luczak",
        "\"grain deal\"",
        "lap*",
        "日中",
        "-rate",
        "-",
        "- joint",
        "title:joint",
        "title:\"joint statement\"",
        "by:ministry",
        "by:ana",
        "-by:reuters",
        "-\"deal grain\"",
        "-https://a",
        "-12:30",
    ] {
        assert!(passes(line), "{line}");
    }
    for line in [
        "join",
        "rate",
        "joint rate",
        "-joint",
        "\"deal grain\"",
        "title:grain",
        "by:joint",
        "ministr",
        "https://a",
        "12:30",
    ] {
        assert!(!passes(line), "{line}");
    }
}

#[test]
fn tags_kinds_and_colours() {
    for (line, expected) in [
        ("tag:grain", true),
        ("tag:#GRAIN", true),
        ("tag:gra", false),
        ("tag:gra*", true),
        ("tag:\"to do\"", true),
        ("-tag:done", true),
        ("-tag:grain", false),
        ("in:statement", true),
        ("in:news", false),
        ("colour:green", true),
        ("color:2", true),
        ("colour:blue", false),
    ] {
        assert_eq!(passes(line), expected, "{line}");
    }
}

#[test]
fn dates_count_from_the_end_that_the_word_means() {
    for (line, date, expected) in [
        ("on:2023-10", "2023-10-25", true),
        ("on:2023-10", "2023", true),
        ("on:2023-10", "2023-11-01", false),
        ("after:2023-10", "2023-10-25", false),
        ("after:2023-10", "2023-11-01", true),
        ("since:2023-10", "2023-10-01", true),
        ("since:2023-10", "2023-09-30", false),
        ("before:2024", "2023-12-31", true),
        ("before:2024", "2024-01-01", false),
        ("until:2024", "2024-12-31", true),
        ("until:2024", "2025-01-01", false),
        ("after:2023-10 before:2024", "2023-12", true),
        ("on:2023", "", false),
        ("-on:2023", "", true),
        ("on:2023-10-20/2023-10-25", "2023-10-25", true),
    ] {
        let filter = Filter::parse(line).unwrap();
        assert_eq!(filter.matches(&note(date)), expected, "{line} on {date}");
    }
}

#[test]
fn errors_name_the_thing_the_rule_and_the_next_step() {
    for (line, message) in [
        (
            "tga:done",
            "`tga:` is not a key; use one of tag: in: by: title: colour: status: entity: on: since: until: after: before:, or put quotation marks around words with a colon",
        ),
        (
            "tag:",
            "`tag:` has no value; write one right after the colon",
        ),
        (
            "tag:#",
            "`tag:` has no value; write one right after the colon",
        ),
        ("\"grain", "a quotation mark is open; close it with `\"`"),
        (
            "in:poem",
            "`poem` is not a kind of document; use one of statement, transcript, news, editorial, blog, other",
        ),
        (
            "colour:mauve",
            "`mauve` is not a colour; use one of yellow, green, blue, pink, purple",
        ),
        (
            "after:soon",
            "`after:` needs a date; `soon` is not a date: write 2023-10-25, 2023-10, 2023, a season 2023-21 to 2023-24, or two with a slash",
        ),
        (
            "after:2023/..",
            "`after:2023/..` has no day to count from: that end of it is open; write a date with both ends",
        ),
    ] {
        assert_eq!(
            Filter::parse(line).unwrap_err().to_string(),
            message,
            "{line}"
        );
    }
    assert_eq!(Filter::parse(&"a ".repeat(65)), Err(FilterError::TooMany));
}

#[test]
fn what_is_still_being_typed_filters_by_what_is_there() {
    let typed = |line: &str| Filter::typed(line).unwrap().matches(&note("2023-10-25"));
    for line in [
        "joi",
        "joint sta",
        "tag:",
        "tag:gra",
        "in:st",
        "after:20",
        "\"grain de",
        "-",
    ] {
        assert!(typed(line), "{line}");
    }
    assert!(!typed("joi "));
    assert!(Filter::typed("tga:x").is_err());
}

proptest! {
    #[test]
    fn any_line_is_understood_or_refused(line in "[a-cé\"“:* -]{0,16}|(tag|in|by|on|after):[a-z0-9\"*/-]{0,8}") {
        let subject = note("2023");
        for filter in [Filter::parse(&line), Filter::typed(&line)] {
            match filter {
                Ok(filter) => {
                    let inverse = Filter::Not(Box::new(filter.clone()));
                    prop_assert_ne!(filter.matches(&subject), inverse.matches(&subject));
                }
                Err(error) => prop_assert!(error.to_string().contains("; ")),
            }
        }
    }
}
