//! Where an annotation of the model says that it stands: selectors, refined or not, and fragments.

use serde_json::Value;

use super::super::{About, Incoming, Position, Spot};
use super::read::{MOST_DEPTH, has_type, many, position};
use crate::annotation::TextQuote;
use crate::text::sanitise;

/// A selector that is understood.
enum Selector {
    Words(TextQuote),
    At(Position),
    Between(TextQuote, TextQuote),
    /// The second refines the first.
    Refined(Spot, Spot),
}

/// Takes the selectors of a target, which all select the same; whether there are any. Where none is understood, the annotation says so.
pub(super) fn take_selectors<'a>(
    selectors: impl Iterator<Item = &'a Value>,
    incoming: &mut Incoming,
) -> bool {
    let mut unknown: Vec<String> = Vec::new();
    let mut known = 0;
    let mut all = Vec::new();
    for selector in selectors {
        flatten(selector, 0, &mut all);
    }
    for selector in &all {
        let Some(selector) = understand(selector, 0) else {
            unknown.push(class(selector));
            continue;
        };
        known += 1;
        match selector {
            Selector::Words(quote) => incoming.quote = quote,
            Selector::At(position) => incoming.position = Some(position),
            Selector::Between(first, second) if incoming.quote.exact.is_empty() => {
                incoming.about = About::Between(first, second);
            }
            Selector::Between(..) => {}
            Selector::Refined(outer, inner) => {
                incoming.about = About::Within(outer);
                match inner {
                    Spot::Words(quote) => incoming.quote = quote,
                    Spot::At(position) => incoming.position = Some(position),
                }
            }
        }
    }
    unknown.dedup();
    unknown.truncate(4);
    if known == 0 && !unknown.is_empty() {
        incoming.about = About::Unknown(format!("a {}", unknown.join(" and a ")));
    }
    !all.is_empty()
}

/// Sets of selectors as their members.
fn flatten<'a>(value: &'a Value, depth: u32, into: &mut Vec<&'a Value>) {
    match value.get("items").filter(|_| depth < MOST_DEPTH) {
        Some(items) => many(Some(items)).for_each(|item| flatten(item, depth + 1, into)),
        None => into.push(value),
    }
}

/// The class of a selector, as a reader may know it.
fn class(value: &Value) -> String {
    let class = many(value.get("type").or_else(|| value.get("@type"))).find_map(Value::as_str);
    let class = class.and_then(|class| class.rsplit([':', '#', '/']).next());
    let class: String = class
        .unwrap_or("selector without a type")
        .chars()
        .take(60)
        .collect();
    sanitise::line(&class).into_owned()
}

fn understand(value: &Value, depth: u32) -> Option<Selector> {
    let plain = simple(value);
    let inner = match value.get("refinedBy") {
        Some(inner) if depth < MOST_DEPTH => inner,
        _ => return plain,
    };
    match (plain, understand(inner, depth + 1)) {
        // What refines a place nobody understands may still be found by its words.
        (None, Some(Selector::Words(quote))) => Some(Selector::Words(quote)),
        (Some(outer), Some(inner)) => Some(Selector::Refined(spot(outer)?, spot(inner)?)),
        _ => None,
    }
}

fn spot(selector: Selector) -> Option<Spot> {
    match selector {
        Selector::Words(quote) => Some(Spot::Words(quote)),
        Selector::At(position) => Some(Spot::At(position)),
        Selector::Between(..) | Selector::Refined(..) => None,
    }
}

fn simple(value: &Value) -> Option<Selector> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    if has_type(value, "TextQuoteSelector") {
        let quote = quote(value);
        return (!quote.exact.trim().is_empty()).then_some(Selector::Words(quote));
    }
    if has_type(value, "TextPositionSelector") || has_type(value, "DataPositionSelector") {
        // Bytes of the source are not characters of the text.
        return position(value)
            .filter(|_| !has_type(value, "DataPositionSelector"))
            .map(Selector::At);
    }
    if has_type(value, "FragmentSelector") {
        let fits = text("conformsTo").is_none_or(|rule| rule.ends_with("rfc5147"));
        return characters(text("value")?)
            .filter(|_| fits)
            .map(Selector::At);
    }
    if has_type(value, "RangeSelector") {
        let end = |key: &str| {
            let end = value.get(key)?;
            has_type(end, "TextQuoteSelector").then(|| quote(end))
        };
        return Some(Selector::Between(
            end("startSelector")?,
            end("endSelector")?,
        ));
    }
    None
}

fn quote(value: &Value) -> TextQuote {
    let text = |key: &str| {
        let value = value.get(key).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    TextQuote {
        exact: text("exact"),
        prefix: text("prefix"),
        suffix: text("suffix"),
    }
}

/// The characters of a fragment of plain text (RFC 5147): `char=54,69`, whatever checks follow.
fn characters(fragment: &str) -> Option<Position> {
    let range = fragment.trim_start_matches('#').strip_prefix("char=")?;
    let range = range.split(';').next()?;
    let (start, end) = range.split_once(',')?;
    let start = if start.is_empty() {
        0
    } else {
        start.parse().ok()?
    };
    let end = end.parse().ok()?;
    (start <= end).then_some(Position { start, end })
}

/// An address without its fragment, and the characters the fragment names; none if it has no fragment.
pub(super) fn fragment(source: &str) -> Option<(String, Option<Position>)> {
    let (source, fragment) = source.split_once('#')?;
    Some((source.to_owned(), characters(fragment)))
}
