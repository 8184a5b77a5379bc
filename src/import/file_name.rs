//! The date in a file's name, a guess for a document that does not date itself.
//!
//! Understood: `2023-10-25-title.txt`, `title_20231025.md`, `2023-10 title.txt`, `title-oct-25-2023.txt`, `25 October 2023.txt`. Digits inside other letters
//! are a number of something else, and folders are left alone: they say when a file was put away.

use super::day;
use crate::document::Edtf;

/// The day or month a locator's last part names.
pub fn file_date(locator: &str) -> Option<Edtf> {
    let name = locator.rsplit(['/', '\\']).next()?;
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let parts: Vec<_> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let plausible = |edtf: &Edtf| {
        edtf.as_str()
            .get(..4)
            .is_some_and(|year| ("1900".."2100").contains(&year))
    };
    for (index, part) in parts.iter().enumerate() {
        let next = |by: usize| parts.get(index + by).copied().unwrap_or_default();
        let text = if digits(part, 8) {
            format!("{}-{}-{}", part.get(..4)?, part.get(4..6)?, part.get(6..)?)
        } else if digits(part, 4) && digits(next(1), 2) && digits(next(2), 2) {
            format!("{part}-{}-{}", next(1), next(2))
        } else if index == 0 && digits(part, 4) && digits(next(1), 2) {
            format!("{part}-{}", next(1))
        } else if digits(next(2), 4)
            && let Some((month, day)) = month_and_day(part, next(1))
        {
            format!("{}-{month:02}-{day:02}", next(2))
        } else {
            continue;
        };
        if let Some(edtf) = text.parse::<Edtf>().ok().filter(plausible) {
            let season = digits(next(1), 2) && edtf.as_str().len() == 7 && next(1) > "12";
            return (!season).then_some(edtf);
        }
    }
    None
}

/// `oct`, `25` in either order.
fn month_and_day(first: &str, second: &str) -> Option<(i8, i8)> {
    let day = |part: &str| part.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    match (day::month(first), day::month(second)) {
        (Some(month), _) => Some((month, day(second)?)),
        (None, Some(month)) => Some((month, day(first)?)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_date_what_does_not_date_itself() {
        let date = |name| file_date(name).map(|date| date.to_string());
        assert_eq!(
            date("/a/2023-10-25-talks.txt").as_deref(),
            Some("2023-10-25")
        );
        assert_eq!(date("/a/talks_20231025.md").as_deref(), Some("2023-10-25"));
        assert_eq!(date("/a/2023-10 talks.md").as_deref(), Some("2023-10"));
        assert_eq!(date("/2024-01-01/000_1b8a10befd2c3da1.txt"), None);
        assert_eq!(date("/a/12345678.txt"), None);
        assert_eq!(
            date("/a/talks-oct-25-2023.txt").as_deref(),
            Some("2023-10-25")
        );
        assert_eq!(
            date("/a/Call, July 10, 2023.txt").as_deref(),
            Some("2023-07-10")
        );
        assert_eq!(date("/a/10_july_2023.txt").as_deref(), Some("2023-07-10"));
        assert_eq!(date("/a/may-2023.txt"), None);
        assert_eq!(date("/a/march 40 2023.txt"), None);
    }
}
