use std::sync::Arc;

use super::*;
use crate::annotation::{Colour, RecordId};
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
    let found = uses_in(&statement, &story);
    let found = arranged(&statement, &sentences(&statement.document), found);
    let used: Vec<&str> = found
        .sentences
        .iter()
        .filter(|one| one.n_altered == 1)
        .map(|one| one.range.of_text(&statement.document.text))
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
    let found = compared(&new, &old, &[]);
    let changed = found.rows.iter().filter(|row| row.fate == Fate::Changed);
    let told: Vec<String> = changed
        .map(Pair::together)
        .map(|pieces| flat(&pieces))
        .collect();
    assert!(
        told.iter().any(|row| row.contains("[-will-]{+may+} stay")),
        "{told:?}"
    );
    assert_eq!(found.old.doc, old.document.id);
}

#[test]
fn notes_and_quotations_lie_on_the_words_of_a_redline() {
    let old = STATEMENT;
    let newer = "Statement on grain\n\n7 May 2024\n\nThe ministers agreed that the harbour may stay open to all ships until the end of the year. They said “they will meet again” in June.\n";
    let (old, new) = (ready("old", old), ready("new", newer));
    let note = |of: &Arc<Ready>, words: &str, id| NoteAt {
        id: RecordId(id),
        doc: of.document.id,
        at: {
            let at = of.document.text.find(words).unwrap();
            TextRange::of(at, at + words.len())
        },
        colour: Colour::default(),
    };
    let notes = [
        note(&old, "harbour will stay", 1),
        note(&new, "end of the year. They said", 2),
    ];
    let found = compared(&old, &new, &notes);
    let row = |at: usize| {
        let words = Pair::side(&found.rows[at].new).map(|piece| {
            let begins = "*".repeat(piece.over.n_begin);
            match (piece.over.note, piece.over.quoted) {
                _ if piece.text.is_empty() => String::new(),
                (Some(_), _) => format!("{begins}<{}>", piece.text),
                (None, true) => format!("[{}]", piece.text),
                (None, false) => piece.text.to_string(),
            }
        });
        words.collect::<String>()
    };
    let at = found
        .rows
        .iter()
        .position(|row| !row.notes.is_empty())
        .unwrap();
    assert!(row(at).ends_with("*<end of the year.>"), "{}", row(at));
    assert_eq!(
        row(at + 1),
        "<They ><said> “[they][ will meet again]” in June."
    );
    let ids: Vec<i64> = found.rows[at].notes.iter().map(|note| note.id.0).collect();
    assert_eq!(ids, [1, 2]);
    // In one column the note of the older side is seen as well.
    let together = found.rows[at].together();
    let words: Vec<&str> = together
        .iter()
        .filter(|piece| piece.over.note.is_some())
        .map(|piece| &*piece.text)
        .collect();
    assert_eq!(words, ["harbour", "will", " stay", "end of the year."]);
    // On words that both sides have stand the notes of both.
    let both = [note(&old, "year. They", 3), note(&new, "They said", 4)];
    let together = compared(&old, &new, &both).rows[at + 1].together();
    let words: Vec<(&str, usize)> = together
        .iter()
        .filter(|piece| piece.over.note.is_some())
        .map(|piece| (&*piece.text, piece.over.n_begin))
        .collect();
    assert_eq!(words, [("They", 1), (" ", 0), ("said", 0)]);
    let together = compared(&old, &new, &both).rows[at].together();
    let first = together.iter().find(|piece| piece.over.note.is_some());
    assert_eq!(first.map(|piece| &*piece.text), Some("year."));
    // The old side has the note's words marked, what was deleted among them.
    let old_side: Vec<(&str, bool)> = Pair::side(&found.rows[at].old)
        .map(|piece| (&*piece.text, piece.over.note.is_some()))
        .collect();
    assert!(old_side.contains(&("will", true)), "{old_side:?}");
}

#[test]
fn a_series_is_what_is_alike_and_comes_from_one_publisher_or_has_such_a_title() {
    let statement = |n: usize, last: &str| {
        let text = format!(
            "Statement {n} on grain\n\n5 May 202{n}\n\nThe ministers agreed that the harbour will stay open to all ships until the end of the year, as they said when they met in the capital. They thank the crews of all ships for their patience in these days. {last}\n"
        );
        ready(&format!("s{n}"), &text)
    };
    let (one, two) = (
        statement(1, "It rained."),
        statement(2, "It snowed a little."),
    );
    let three = statement(3, "The sun came out at last.");
    let other = ready(
        "other",
        "Statement 4 on grain\n\nNothing of what stands here was ever said by anybody before, in whatever words one looks for it.\n",
    );
    let candidates = [two.clone(), three.clone(), other];
    let found = alike(&one, &candidates, |_| true);
    let ids: Vec<_> = found.iter().map(|ready| ready.document.id).collect();
    assert_eq!(ids, [one.document.id, two.document.id, three.document.id]);
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

/// The story of another day and name.
fn story(name: &str, day: u8, said: &str) -> Arc<Ready> {
    let text = format!(
        "Harbour news by {name}\n\n{day} May 2024\n\nThe minister said: “The ministers agreed that the harbour {said} stay open to all ships until the end of the year.” Nobody else spoke.\n"
    );
    ready(name, &text)
}

#[test]
fn the_same_alteration_in_several_stories_is_a_chain_by_day() {
    let statement = ready("statement", STATEMENT);
    let (late, early) = (story("late", 9, "may"), story("early", 7, "may"));
    let (faithful, other) = (story("faithful", 8, "will"), story("other", 8, "should"));
    let others = [statement.clone(), early, faithful, other];
    let quotes = analyse(&late.document).quotes;
    let found = sources(&late, &quotes, &others);
    let told: Vec<(&str, Vec<&str>)> = found[0]
        .chains
        .iter()
        .map(|chain| {
            let links = chain.links.iter().map(|link| link.of.title.as_str());
            (chain.told.as_str(), links.collect())
        })
        .collect();
    let names = vec!["Harbour news by early", "Harbour news by late"];
    assert_eq!(told, [("“will” became “may”", names.clone())]);
    // Seen from the statement it is the same chain.
    let all = others[1..].iter().chain([&late]);
    let uses = all.flat_map(|other| uses_in(&statement, other)).collect();
    let uses = arranged(&statement, &sentences(&statement.document), uses);
    assert_eq!(uses.chains.len(), 1);
    let links = uses.chains[0]
        .links
        .iter()
        .map(|link| link.of.title.as_str());
    assert_eq!(links.collect::<Vec<_>>(), names);
    assert_eq!(uses.chains_of(&uses.uses[0]).count(), 1);
    // A faithful quotation is no link of it.
    let quotes = analyse(&others[2].document).quotes;
    assert!(sources(&others[2], &quotes, &others)[0].chains.is_empty());
}
