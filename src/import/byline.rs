//! Who wrote it and who published it, as bylines, source lines and datelines say.

/// The writers a byline names: `By Ann Bee and Carl Dee | 5 May 2024`.
pub(super) fn authors(line: &str) -> Vec<String> {
    let Some(names) = after_by(line) else {
        return Vec::new();
    };
    let end = names
        .find(|c: char| {
            matches!(c, '|' | '•' | '·' | '—' | '–' | '(' | '/' | ':') || c.is_ascii_digit()
        })
        .unwrap_or(names.len());
    let names = names.get(..end).unwrap_or_default();
    let names = names.split(" on ").next().unwrap_or_default();
    let list: Vec<_> = names
        .split([',', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|name| {
            name.trim()
                .trim_start_matches("and ")
                .trim_end_matches(['.', ',', ';'])
                .trim()
        })
        .filter(|name| is_name(name))
        .take(16)
        .map(str::to_owned)
        .collect();
    list
}

/// What follows `By`, `Written by` and the like at the start of a line.
pub(super) fn after_by(line: &str) -> Option<&str> {
    const LEADS: [&str; 6] = [
        "written by ",
        "posted by ",
        "published by ",
        "reported by ",
        "author: ",
        "by ",
    ];
    LEADS.into_iter().find_map(|lead| {
        let start = line.get(..lead.len())?;
        start
            .eq_ignore_ascii_case(lead)
            .then(|| line.get(lead.len()..))?
    })
}

/// Whether words look like a person's or a body's name: one to six, capitalised, and no month or weekday.
fn is_name(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "del" | "der" | "van" | "von" | "al" | "bin" | "da" | "of" | "the" | "la" | "le"
        )
    };
    (1..=6).contains(&words.len())
        && name.len() <= 80
        && words.iter().all(|word| {
            word.chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || !c.is_ascii())
                || particle(word)
        })
        && words
            .iter()
            .all(|word| super::day::month(word.trim_end_matches('.')).is_none() || words.len() > 1)
        && !words
            .iter()
            .any(|word| word.to_ascii_lowercase().ends_with("day") && words.len() == 1)
}

/// The source a last line names: `(From The Daily Bee, Jan. 16, 2024)`, `Source: The Daily Bee`.
pub(super) fn source_line(line: &str) -> Option<&str> {
    const LEADS: [(&str, bool); 5] = [
        ("from ", true),
        ("source: ", false),
        ("published in ", true),
        ("first published in ", true),
        ("via ", true),
    ];
    let inner = line.strip_prefix(['(', '[']).map_or(line, |inner| {
        inner.strip_suffix([')', ']']).unwrap_or(inner)
    });
    let bracketed = inner.len() < line.len();
    LEADS.into_iter().find_map(|(lead, in_brackets)| {
        let start = inner.get(..lead.len())?;
        (start.eq_ignore_ascii_case(lead) && (bracketed || !in_brackets))
            .then(|| inner.get(lead.len()..))?
    })
}

/// The publisher in a source line: the words before the date.
pub(super) fn publisher(source: &str) -> Option<String> {
    let end = super::day::find(source).map_or(source.len(), |(at, _)| at.start);
    let name = source
        .get(..end)?
        .trim()
        .trim_end_matches([',', ';', '|', '(', '–', '—', '-', '.'])
        .trim();
    let name = name
        .strip_suffix(" on")
        .unwrap_or(name)
        .trim_end_matches(',');
    (!name.is_empty()
        && name.len() <= 80
        && !name.contains("://")
        && name
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_ascii()))
    .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_their_writers() {
        assert_eq!(
            authors("written by Ann Bee | October 30, 2023"),
            ["Ann Bee"]
        );
        assert_eq!(
            authors("By Ann Bee, Carl van Dee and Eve, 5 May 2024"),
            ["Ann Bee", "Carl van Dee", "Eve"]
        );
        assert_eq!(
            authors("By the time they came it was late"),
            Vec::<String>::new()
        );
        assert_eq!(authors("By Monday"), Vec::<String>::new());
    }

    #[test]
    fn source_lines_name_the_publisher() {
        let publisher_of = |line| source_line(line).and_then(publisher);
        assert_eq!(
            publisher_of("(From The Daily Bee, Jan. 16, 2024)").as_deref(),
            Some("The Daily Bee")
        );
        assert_eq!(
            publisher_of("Source: Hive News").as_deref(),
            Some("Hive News")
        );
        assert_eq!(publisher_of("From the river to the hills"), None);
    }
}
