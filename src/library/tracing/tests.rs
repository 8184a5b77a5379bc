use std::sync::Arc;

use super::*;
use crate::import::{Import, import};
use crate::language::sentence::sentences;
use crate::library::analyse;
use crate::trace::passage::Class;
use crate::trace::redline::Fate;

fn ready(name: &str, text: &str) -> Arc<Ready> {
    match import(&format!("/papers/{name}.txt"), text.as_bytes()) {
        Import::Document(imported) => Arc::new(Ready::new(Arc::new(imported.document), None)),
        Import::Skipped(_) => panic!("{name} is text"),
    }
}

const STATEMENT: &str = "Statement on grain\n\n5 May 2024\n\nThe ministers agreed that the harbour will stay open to all ships until the end of the year. They will meet again in June.\n";
const STORY: &str = "Harbour to close?\n\n6 May 2024\n\nThe minister said: “The ministers agreed that the harbour may stay open to all ships until the end of the year.” Nobody else spoke.\n";

fn flat(pieces: &[Piece]) -> String {
    let mark = |piece: &Piece| match piece.look {
        _ if piece.text.is_empty() => String::new(),
        Look::Around | Look::Kept => piece.text.to_string(),
        Look::Deleted => format!("[-{}-]", piece.text),
        Look::Inserted => format!("{{+{}+}}", piece.text),
    };
    pieces.iter().map(mark).collect()
}

#[test]
fn a_quotation_stands_beside_its_source_with_the_change_marked() {
    let (statement, story) = (ready("statement", STATEMENT), ready("story", STORY));
    let quotes = analyse(&story.document).quotes;
    let found = sources(&story, &quotes, &[statement]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].verdict(), "altered: will → may");
    assert!(flat(&found[0].words).contains("harbour {+may+} stay"));
    let source = found[0].source.as_ref().unwrap();
    assert!(flat(&source.words).contains("harbour [-will-] stay"));
    assert_eq!(source.changes[0].1, "“will” became “may”");
}

#[test]
fn a_sentence_knows_who_quotes_it() {
    let (statement, story) = (ready("statement", STATEMENT), ready("story", STORY));
    let uses = uses_in(&statement, &story);
    let found = arranged(&statement, &sentences(&statement.document), uses);
    let used: Vec<&str> = found
        .sentences
        .iter()
        .filter(|(_, uses)| !uses.is_empty())
        .map(|(range, _)| range.of_text(&statement.document.text))
        .collect();
    assert_eq!(used.len(), 1, "{used:?}");
    assert!(used[0].starts_with("The ministers agreed"));
    assert_eq!(found.uses[0].class, Class::Altered);
}

#[test]
fn both_sides_of_a_changed_sentence_are_one_text() {
    let newer = STATEMENT
        .replace("5 May", "7 May")
        .replace("will stay", "may stay");
    let (old, new) = (ready("old", STATEMENT), ready("new", &newer));
    let found = compared(&new, &old);
    let changed = found.rows.iter().filter(|row| row.fate == Fate::Changed);
    let told: Vec<String> = changed
        .map(|row| row.together().into_iter().cloned().collect::<Vec<_>>())
        .map(|pieces| flat(&pieces))
        .collect();
    assert!(
        told.iter().any(|row| row.contains("[-will-]{+may+} stay")),
        "{told:?}"
    );
    assert_eq!(found.old.doc, old.document.id);
}

#[test]
fn a_phrase_is_followed_through_the_days() {
    let later = STATEMENT
        .replace("5 May", "7 May")
        .replace("will stay", "may stay");
    let last = "Statement on grain\n\n9 May 2024\n\nNothing was agreed.\n";
    let all = [ready("c", last), ready("b", &later), ready("a", STATEMENT)];
    let found = steps("the harbour will stay open to all ships", &all);
    let told: Vec<&str> = found.iter().map(|step| step.happened.as_str()).collect();
    assert_eq!(told, ["first seen", "changed to", "dropped"]);
}
