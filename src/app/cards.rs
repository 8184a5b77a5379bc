//! Pages of text about what is open or under the cursor.

use std::collections::BTreeMap;

use super::model::Model;
use super::overlay::card::{Card, CardLine};
use crate::language::entities::EntityType;
use crate::text::width::shorten;

/// What an entity type is called.
pub const fn type_name(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

fn field(name: &str, value: impl Into<String>) -> CardLine {
    CardLine::Field(name.to_owned(), value.into())
}

/// Who or what the name under the cursor is: type, spellings and mentions here and in the library.
pub fn entity(model: &Model) -> Option<Card> {
    let reader = model.reader.as_ref()?;
    let (_, mention) = reader.under_cursor().mention?;
    let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for (range, other) in &reader.analysis.mentions {
        if other.entity == mention.entity {
            *spellings.entry(range.of_text(reader.text())).or_default() += 1;
            places.push(*range);
        }
    }
    let mut by_count: Vec<_> = spellings.into_iter().collect();
    by_count.sort_by_key(|(text, n)| (std::cmp::Reverse(*n), *text));
    let spelled: Vec<String> = by_count
        .iter()
        .map(|(text, n)| format!("{text} ({n})"))
        .collect();
    let mut lines = vec![
        field("type", type_name(mention.kind)),
        field("as", spelled.join(" · ")),
    ];
    lines.push(field("here", format!("{} mentions", places.len())));
    if let Some(total) = model.totals.get(&mention.entity) {
        lines.push(field(
            "in library",
            format!(
                "{} mentions in {} documents",
                total.mentions, total.documents
            ),
        ));
    }
    lines.push(CardLine::Blank);
    for range in places.iter().take(200) {
        let sentence = reader.sentence_at(range.start);
        let words: Vec<&str> = sentence.of_text(reader.text()).split_whitespace().collect();
        lines.push(CardLine::Text(format!(
            "· {}",
            shorten(&words.join(" "), 200)
        )));
    }
    Some(Card::new(mention.name.to_string(), lines))
}

/// What importing noticed, of this document and of files that could not be read.
pub fn warnings(model: &Model) -> Card {
    let mut lines = Vec::new();
    let warnings = model
        .reader
        .as_ref()
        .map(|reader| reader.warnings.as_slice())
        .unwrap_or_default();
    lines.push(CardLine::Heading("This document".to_owned()));
    if warnings.is_empty() {
        lines.push(CardLine::Text("Nothing was amiss.".to_owned()));
    }
    lines.extend(warnings.iter().cloned().map(CardLine::Text));
    if !model.list.problems.is_empty() {
        lines.extend([
            CardLine::Blank,
            CardLine::Heading("Files that were left out".to_owned()),
        ]);
        lines.extend(model.list.problems.iter().cloned().map(CardLine::Text));
    }
    Card::new("Warnings", lines)
}

/// All that stands under the cursor.
pub fn details(model: &Model) -> Option<Card> {
    let reader = model.reader.as_ref()?;
    let under = reader.under_cursor();
    let mut lines = Vec::new();
    if let Some((_, mention)) = under.mention {
        lines.push(field(
            type_name(mention.kind),
            format!("{} · {} here", mention.name, reader.mentions_here(mention)),
        ));
    }
    if let Some((range, timex)) = under.timex {
        lines.push(field("date", timex.describe(range.of_text(reader.text()))));
        lines.push(field(
            "",
            format!("TIMEX3 {} · rule {}", timex.value, timex.rule),
        ));
    }
    if let Some((_, quote)) = under.quote {
        let speaker = quote
            .speaker
            .as_ref()
            .map_or("speaker not found", |speaker| {
                speaker.range.of_text(reader.text())
            });
        lines.push(field(
            "quotation",
            speaker.split_whitespace().collect::<Vec<_>>().join(" "),
        ));
    }
    for (annotation, anchor) in &reader.annotations {
        if anchor
            .range()
            .is_some_and(|range| range.contains(reader.at))
        {
            let tags: String = annotation
                .body
                .tags
                .iter()
                .map(|tag| format!(" #{tag}"))
                .collect();
            lines.push(field(
                "note",
                format!(
                    "{}{tags} ({})",
                    annotation.body.note.replace('\n', " "),
                    anchor.status()
                ),
            ));
        }
    }
    if let Some(link) = under.link {
        lines.push(field("link", link));
    }
    let meta = &reader.document.meta;
    lines.extend([
        CardLine::Blank,
        CardLine::Heading("Document".to_owned()),
        field("title", reader.document.title()),
    ]);
    lines.push(match &meta.published {
        Some(published) => field(
            "published",
            format!("{} ({})", published.date, published.from),
        ),
        None => field("published", "not known · `:date 2023-10-25` sets it"),
    });
    if let Some(publisher) = &meta.publisher {
        lines.push(field("publisher", publisher));
    }
    if !meta.authors.is_empty() {
        lines.push(field("authors", meta.authors.join(", ")));
    }
    lines.push(field("kind", meta.kind.as_str()));
    lines.push(field(
        "language",
        meta.language.as_deref().unwrap_or("not known"),
    ));
    lines.push(field("words", meta.words.to_string()));
    if let Some(listing) = model.list.listing(reader.doc()) {
        lines.push(field("source", listing.locator.to_string()));
    }
    Some(Card::new("Here", lines))
}
