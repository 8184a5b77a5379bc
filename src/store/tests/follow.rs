//! Documents that were edited, renamed, or both.

use std::collections::HashMap;

use super::*;

/// Files by their locators.
pub(super) struct Shelf(HashMap<&'static str, String>);

impl Files for Shelf {
    fn is_there(&self, locator: &str) -> bool {
        self.0.contains_key(locator)
    }

    fn document(&self, locator: &str) -> Option<Document> {
        self.0.get(locator).map(|text| document(locator, text))
    }
}

impl Shelf {
    pub(super) fn of(files: &[(&'static str, &str)]) -> Self {
        let files = files.iter().map(|(name, text)| (*name, (*text).to_owned()));
        Self(files.collect())
    }

    pub(super) fn seen(&self) -> Vec<(String, Revision)> {
        let seen = self.0.iter();
        seen.map(|(name, text)| ((*name).to_owned(), Revision::of_text(text)))
            .collect()
    }
}

const OLD: &str = "We strongly condemn it. The talks in the capital went on for three days and ended without a result.";
const EDITED: &str = "We strongly condemn it. The talks in the capital went on for four days and ended with a result.";

#[test]
fn an_edited_text_that_was_seen_is_followed_through_a_rename() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", OLD, "condemn");
    let edited = document("/a.txt", EDITED);
    assert!(store.saw(&edited, "/a.txt", minute(2)).unwrap());
    assert!(!store.saw(&edited, "/a.txt", minute(3)).unwrap(), "known");
    assert_eq!(notes(&store, "/c.txt", EDITED), ["condemn"]);
    assert_eq!(notes(&store, "/c.txt", OLD), ["condemn"]);
}

#[test]
fn a_text_nobody_wrote_on_is_not_made_known_nor_kept() {
    let mut store = Store::in_memory().unwrap();
    assert!(
        !store
            .saw(&document("/a.txt", OLD), "/a.txt", minute(1))
            .unwrap()
    );
    assert!(store.places().unwrap().is_empty());
}

#[test]
fn of_the_texts_in_between_only_the_last_is_kept() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", OLD, "condemn");
    for (n, text) in ["one", "two", "three"].iter().enumerate() {
        let edited = document("/a.txt", &format!("{OLD} {text}"));
        assert!(store.saw(&edited, "/a.txt", minute(n as i64 + 2)).unwrap());
    }
    let kept = |text: &str| {
        let revision = Revision::of_text(text);
        store.annotated_text(&revision).unwrap().is_some()
    };
    assert!(kept(OLD) && kept(&format!("{OLD} three")));
    assert!(!kept(&format!("{OLD} one")) && !kept(&format!("{OLD} two")));
}

#[test]
fn a_scan_learns_the_new_text_of_a_known_place() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", OLD, "condemn");
    let seen = [("/a.txt", Revision::of_text(EDITED))];
    assert_eq!(store.recognise(seen, minute(2)).unwrap(), 0);
    let seen = [("/c.txt", Revision::of_text(EDITED))];
    assert_eq!(store.recognise(seen, minute(3)).unwrap(), 1);
    assert_eq!(&*store.all_annotations().unwrap()[0].locator, "/c.txt");
    // The text is kept whole although only its hash was known before.
    annotate(&mut store, "/c.txt", EDITED, "four days");
    let kept = store.annotated_text(&Revision::of_text(EDITED)).unwrap();
    assert_eq!(kept.as_deref(), Some(EDITED));
}

#[test]
fn a_file_edited_and_renamed_at_once_is_known_by_its_words() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/w/a.txt", OLD, "condemn");
    let other = "Quite another text about the harvest in the south.";
    let shelf = Shelf::of(&[("/w/b.txt", other), ("/w/c.txt", EDITED)]);
    assert_eq!(store.follow(&shelf.seen(), &shelf, minute(2)).unwrap(), 1);
    assert_eq!(notes(&store, "/w/c.txt", EDITED), ["condemn"]);
    assert_eq!(notes(&store, "/w/b.txt", other), [""; 0]);
    let log = store.changes_since(1).unwrap();
    assert_eq!((log[0].kind.as_str(), log.len()), ("place", 1));
    assert_eq!(log[0].after.as_deref(), Some(r#"{"locator":"/w/c.txt"}"#));
    assert_eq!(store.follow(&shelf.seen(), &shelf, minute(3)).unwrap(), 0);
}

#[test]
fn a_like_file_takes_nothing_while_the_first_is_there() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/w/a.txt", OLD, "condemn");
    let shelf = Shelf::of(&[("/w/a.txt", OLD), ("/w/c.txt", EDITED)]);
    assert_eq!(store.follow(&shelf.seen(), &shelf, minute(2)).unwrap(), 0);
    assert_eq!(notes(&store, "/w/c.txt", EDITED), [""; 0]);
}
