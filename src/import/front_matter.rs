//! Front matter: YAML between `---` lines or TOML between `+++` lines at the very start of a file.
//!
//! Fields (any case): `title`; `date` or `published`; `publisher` or `source`; `author` or `authors`; `kind` or `type`; `lang` or `language`. Others
//! are ignored. A block that cannot be parsed gives a warning with its line and no fields.

use serde_json::{Map, Value};

use crate::document::{DocKind, Edtf};
use crate::text::sanitise;

use super::canonical::beginning;
use super::{Warning, day};

/// Longest front matter looked for, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest title or name taken from it, in bytes.
const LONGEST_FIELD: usize = 512;

/// What front matter says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) title: Option<String>,
    pub(super) published: Option<Edtf>,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) kind: Option<DocKind>,
    pub(super) language: Option<String>,
}

/// Reads the front matter of a cleaned text: its fields, and the byte at which the document begins.
pub(super) fn read(text: &str, warnings: &mut Vec<Warning>) -> (Fields, usize) {
    let Some((mark, first, rest)) = ["---", "+++"].into_iter().find_map(|mark| {
        let (first, rest) = text.split_once('\n')?;
        (first.trim_end() == mark).then_some((mark, first.len() + 1, rest))
    }) else {
        return (Fields::default(), 0);
    };
    let head = beginning(rest, LONGEST);
    if !begins_with_field(head, mark) {
        return (Fields::default(), 0);
    }
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        let words = line.trim_end();
        if words == mark || (mark == "---" && words == "...") {
            let inner = head.get(..at).unwrap_or_default();
            let fields = match parse(inner, mark) {
                Ok(map) => fields(&map, warnings),
                Err((line, reason)) => {
                    warnings.push(Warning::FrontMatter {
                        line: line + 1,
                        reason: one_line(&reason, 160),
                    });
                    Fields::default()
                }
            };
            return (fields, first + at + line.len());
        }
        at += line.len();
    }
    warnings.push(Warning::FrontMatter {
        line: 1,
        reason: format!("the `{mark}` that closes it is missing"),
    });
    (Fields::default(), 0)
}

/// A rule of dashes at the start of a text is no front matter: that begins with a field.
fn begins_with_field(head: &str, mark: &str) -> bool {
    let sign = if mark == "---" { ':' } else { '=' };
    head.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .and_then(|line| line.split_once(sign))
        .is_some_and(|(key, _)| {
            let key = key.trim().trim_matches('"');
            !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        })
}

fn parse(inner: &str, mark: &str) -> Result<Map<String, Value>, (u64, String)> {
    if mark == "---" {
        return serde_saphyr::from_str(inner).map_err(|error| {
            let line = error.location().map_or(1, |location| location.line());
            (line, first_line(&error.to_string()))
        });
    }
    let table: toml::Table = toml::from_str(inner).map_err(|error| {
        let before = error
            .span()
            .and_then(|span| inner.get(..span.start))
            .unwrap_or_default();
        let line = before.matches('\n').count() as u64 + 1;
        (line, error.message().to_owned())
    })?;
    Ok(table
        .into_iter()
        .map(|(key, value)| (key, of_toml(value)))
        .collect())
}

fn first_line(message: &str) -> String {
    let line = message
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(of_toml).collect()),
        toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Table(_) => Value::Null,
    }
}

fn fields(map: &Map<String, Value>, warnings: &mut Vec<Warning>) -> Fields {
    let field = |names: [&str; 2]| {
        names.into_iter().find_map(|name| {
            map.iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| words(value))
                .filter(|words| !words.is_empty())
        })
    };
    let first = |names| field(names).and_then(|words| words.into_iter().next());
    let mut fields = Fields {
        title: first(["title", "headline"]),
        publisher: first(["publisher", "source"]),
        authors: field(["authors", "author"]).unwrap_or_default(),
        ..Fields::default()
    };
    let mut unknown =
        |field: &'static str, value: String| warnings.push(Warning::Field { field, value });
    if let Some(date) = first(["date", "published"]) {
        fields.published = date_of(&date);
        if fields.published.is_none() {
            unknown("date", date);
        }
    }
    if let Some(kind) = first(["kind", "type"]) {
        fields.kind = DocKind::from_word(&kind);
        if fields.kind.is_none() {
            unknown("kind", kind);
        }
    }
    if let Some(language) = first(["lang", "language"]) {
        let code: String = language
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        if code.len() == 2 {
            fields.language = Some(code.to_ascii_lowercase());
        } else {
            unknown("language code", language);
        }
    }
    fields
}

/// EDTF, a time stamp, or a date in words.
pub(super) fn date_of(words: &str) -> Option<Edtf> {
    let stamp = words.get(..10).filter(|_| {
        words
            .get(10..11)
            .is_some_and(|next| matches!(next, "T" | "t" | " "))
    });
    words
        .parse()
        .ok()
        .or_else(|| stamp?.parse().ok())
        .or_else(|| day::find(words).map(|(_, date)| Edtf::day(date)))
}

/// The texts of a field: itself, or those of a list or of its `name`s.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => Some(one_line(text, LONGEST_FIELD))
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect(),
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values
            .iter()
            .take(64)
            .filter(|value| !value.is_array())
            .flat_map(words)
            .collect(),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => vec![one_line(name, LONGEST_FIELD)],
            _ => Vec::new(),
        },
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

fn one_line(text: &str, most: usize) -> String {
    let text = beginning(text, most);
    sanitise::line(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Fields, usize, Vec<String>) {
        let mut warnings = Vec::new();
        let (fields, at) = read(text, &mut warnings);
        (
            fields,
            at,
            warnings.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: \"Rivers: a plan\"\ndate: 2024-03-05\nsource: Ministry\nauthors: [A. Bee, C. Dee]\nkind: statement\nlang: en-GB\n---\nText\n";
        let toml = "+++\ntitle = \"Rivers: a plan\"\npublished = 2024-03-05\npublisher = \"Ministry\"\nauthors = [\"A. Bee\", \"C. Dee\"]\ntype = \"statement\"\nlanguage = \"en\"\n+++\nText\n";
        for text in [yaml, toml] {
            let (fields, at, warnings) = check(text);
            assert_eq!(fields.title.as_deref(), Some("Rivers: a plan"));
            assert_eq!(
                fields.published.as_ref().map(Edtf::as_str),
                Some("2024-03-05")
            );
            assert_eq!(fields.publisher.as_deref(), Some("Ministry"));
            assert_eq!(fields.authors, ["A. Bee", "C. Dee"]);
            assert_eq!(fields.kind, Some(DocKind::Statement));
            assert_eq!(fields.language.as_deref(), Some("en"));
            assert_eq!((text.get(at..), warnings.len()), (Some("Text\n"), 0));
        }
    }

    #[test]
    fn broken_front_matter_names_its_line() {
        let (fields, at, warnings) = check("---\ntitle: x\nauthors: [a, b\n---\nText");
        assert_eq!((fields, at), (Fields::default(), 32));
        assert!(
            warnings.iter().all(|warning| warning.starts_with("line ")),
            "{warnings:?}"
        );
        let (_, _, warnings) = check("+++\ntitle = \"x\"\ndate = = 3\n+++\nText");
        assert!(
            warnings
                .iter()
                .any(|warning| warning.starts_with("line 3:")),
            "{warnings:?}"
        );
        let (_, at, warnings) = check("---\ntitle: x\n\nText");
        assert_eq!((at, warnings.len()), (0, 1));
    }

    #[test]
    fn a_rule_at_the_start_is_no_front_matter() {
        assert_eq!(
            check("---\nOnce upon a time: a story\n---\n"),
            (Fields::default(), 0, Vec::new())
        );
    }
}
