//! Pages of text about what is open or under the cursor.

use std::collections::BTreeMap;

use super::model::Model;
use super::overlay::card::{Card, CardLine};
use super::overlay::kept::bookmark_name;
use super::reader::Reader;
use crate::annotation::{Anchor, Annotation, wording};
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::text::width::shorten;
use crate::time::Choice;

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

fn counted(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shorten(&words.join(" "), 200)
}

/// What the reader wrote, in a line: the note or what sort of highlight it is, its tags, whether it still stands.
fn written(annotation: &Annotation, anchor: &Anchor) -> String {
    let body = &annotation.body;
    let note = if body.note.is_empty() {
        format!("{} highlight", body.colour.as_str())
    } else {
        one_line(&body.note)
    };
    let tags: Vec<String> = body.tags.iter().map(|tag| format!(" #{tag}")).collect();
    let tags = tags.concat();
    let state = if annotation.id.0 < 0 {
        "not saved yet"
    } else {
        anchor.status()
    };
    format!("{note}{tags} ({state})")
}

fn how_often(model: &Model, reader: &Reader, mention: &Mention) -> String {
    let here = reader.mentions_here(mention);
    match model.totals.get(&mention.entity) {
        Some(total) => format!("{here} here, {} in library", total.mentions),
        None => format!("{here} here"),
    }
}

/// Who or what a name of the open document is, where the library knows no more: type, spellings and mentions here.
pub fn entity(model: &Model, entity: &EntityId) -> Option<Card> {
    let reader = model.reader.as_ref()?;
    let mut mentions = reader.analysis.mentions.iter();
    let (_, mention) = mentions.find(|(_, mention)| mention.entity == *entity)?;
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for (range, other) in &reader.analysis.mentions {
        if other.entity == mention.entity {
            // A name that runs over a line break is spelled like any other.
            let words: Vec<&str> = range.of_text(reader.text()).split_whitespace().collect();
            *spellings.entry(words.join(" ")).or_default() += 1;
            places.push(*range);
        }
    }
    let mut by_count: Vec<_> = spellings.into_iter().collect();
    by_count.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let spelled: Vec<String> = by_count
        .iter()
        .map(|(text, n)| format!("{text} ({n})"))
        .collect();
    let mut lines = vec![
        field("type", type_name(mention.kind)),
        field("as", spelled.join(" · ")),
    ];
    lines.push(field("here", counted(places.len(), "mention")));
    if let Some(total) = model.totals.get(&mention.entity) {
        lines.push(field(
            "in library",
            format!(
                "{} in {}",
                counted(total.mentions as usize, "mention"),
                counted(total.documents as usize, "document")
            ),
        ));
    }
    lines.push(CardLine::Blank);
    for range in places.iter().take(200) {
        let sentence = reader.sentence_at(range.start);
        let text = one_line(sentence.of_text(reader.text()));
        lines.push(CardLine::Text(format!("· {text}")));
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
    let n_unplaced = model
        .reader
        .as_ref()
        .map_or(0, |reader| reader.analysis.unplaced.len());
    if warnings.is_empty() && n_unplaced == 0 {
        lines.push(CardLine::Text("Nothing was amiss.".to_owned()));
    }
    lines.extend(warnings.iter().cloned().map(CardLine::Text));
    let unplaced = model
        .reader
        .as_ref()
        .map(|reader| reader.analysis.unplaced.as_slice())
        .unwrap_or_default();
    lines.extend(unplaced.iter().map(|decision| {
        let meant = match &decision.choice {
            Choice::Means(edtf) => format!("it means {edtf}"),
            Choice::NoDate => "it is no date".to_owned(),
        };
        CardLine::Text(format!(
            "You decided about “{}” that {meant}; these words do not stand here any more, so it has no effect.",
            one_line(&decision.exact)
        ))
    }));
    if !model.list.problems.is_empty() {
        lines.extend([
            CardLine::Blank,
            CardLine::Heading("Files that were left out".to_owned()),
        ]);
        lines.extend(model.list.problems.iter().cloned().map(CardLine::Text));
    }
    Card::new("Warnings", lines)
}

/// The notes under the cursor: what they say, what became of their words, what they are linked to.
fn notes_here(model: &Model, reader: &Reader, lines: &mut Vec<CardLine>) {
    for (range, index) in reader.annotation_places().at(reader.at) {
        if let Some((annotation, anchor)) = reader.annotations.get(*index) {
            lines.push(field("note", written(annotation, anchor)));
            if matches!(anchor, Anchor::Edited(_) | Anchor::Probable(_)) {
                let (then, now) = (&annotation.target.quote.exact, range.of_text(reader.text()));
                let changed = wording(then, now);
                lines.push(CardLine::Redline("then and now".to_owned(), changed));
            }
            for end in super::update::linked(model, annotation.id) {
                lines.push(field(
                    end.says,
                    format!("“{}” · gk goes there", one_line(&end.words)),
                ));
            }
        }
    }
}

/// All that stands under the cursor.
pub fn details(model: &Model) -> Option<Card> {
    let reader = model.reader.as_ref()?;
    let under = reader.under_cursor();
    let mut lines = Vec::new();
    if let Some((_, mention)) = under.mention {
        lines.push(field(
            type_name(mention.kind),
            format!("{} · {}", mention.name, how_often(model, reader, mention)),
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
        lines.push(field("quotation", one_line(speaker)));
    }
    notes_here(model, reader, &mut lines);
    let sentence = reader.sentence_at(reader.at);
    for (bookmark, anchor) in &reader.bookmarks {
        if anchor
            .range()
            .is_some_and(|range| sentence.contains(range.start))
        {
            lines.push(field("bookmark", bookmark_name(&bookmark.name)));
        }
    }
    if let Some(link) = under.link {
        lines.push(field("link", link));
    }
    let meta = &reader.document.meta;
    let n_blocks = reader.document.blocks.len();
    if n_blocks > 0 {
        let block = reader.document.block_at(reader.at) + 1;
        lines.push(field("place", format!("paragraph {block} of {n_blocks}")));
    }
    lines.extend([
        CardLine::Blank,
        CardLine::Heading("Document".to_owned()),
        field("title", reader.document.title()),
    ]);
    lines.push(match &meta.published {
        Some(published) => field(
            "published",
            format!(
                "{} ({}, {})",
                published.date,
                published.from,
                published.from.confidence()
            ),
        ),
        None => match &reader.suggested {
            Some(suggested) => field(
                "published",
                format!(
                    "perhaps {}: {} · `:date` takes it",
                    suggested.date, suggested.why
                ),
            ),
            None => field("published", "not known · `:date 2023-10-25` sets it"),
        },
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
