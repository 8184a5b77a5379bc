use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::{Finder, Index, Work};
use crate::document::DocId;
use crate::trace::reuse::extend::Region;
use crate::trace::reuse::{Options, shared};
use crate::trace::words::Words;

type Library = BTreeMap<String, String>;
type Passages = Vec<(String, String, Region)>;

/// The passages as they are found in memory, from nothing.
fn from_scratch(library: &Library) -> Passages {
    let words: Vec<Words> = library.values().map(|text| Words::of(text)).collect();
    let all: Vec<&Words> = words.iter().collect();
    let keys: Vec<&String> = library.keys().collect();
    let options = Options::for_words(all.iter().map(|words| words.len()).sum());
    shared(&all, &options)
        .into_iter()
        .map(|one| (keys[one.a].clone(), keys[one.b].clone(), one.region))
        .collect()
}

/// Brings the index in `folder` up to date with `library`.
fn bring(folder: &Path, library: &Library) -> std::io::Result<(Passages, Work)> {
    let mut index = Index::open(folder)?;
    for (key, text) in library {
        if index.card(key, text).is_none() {
            index.add((key, text), "card".to_owned(), (text, &Words::of(text)))?;
        }
    }
    let keys: HashSet<String> = library.keys().cloned().collect();
    let work = index.commit(&keys)?;
    let mut passages = Vec::new();
    for pair in index.pairs() {
        let key = |number| index.key(number).unwrap().to_owned();
        assert_eq!(*index.reader().page(pair.a)?.text, *library[&key(pair.a)]);
        for region in &pair.regions {
            passages.push((key(pair.a), key(pair.b), region.clone()));
        }
    }
    Ok((passages, work))
}

/// Takes the words of what is new in `library` into the index, without finding passages.
fn settle(folder: &Path, library: &Library) {
    let mut index = Index::open(folder).unwrap().holding(0);
    for (key, text) in library {
        if index.card(key, text).is_none() {
            index
                .add((key, text), "card".to_owned(), (text, &Words::of(text)))
                .unwrap();
        }
    }
    let keys: HashSet<String> = library.keys().cloned().collect();
    index.settle(&keys, 0).unwrap();
}

/// The keys of the documents that are found for one of the library.
fn found(folder: &Path, library: &Library, key: &str) -> Vec<String> {
    let mut finder = Finder::open(folder).unwrap();
    let own = DocId::of_locator(key);
    let ids = Words::of(&library[key]).ids().to_vec();
    let found = finder.sharing(&ids, own).unwrap();
    let key_of = |doc: DocId| library.keys().find(|key| DocId::of_locator(key) == doc);
    found
        .into_iter()
        .map(|one| key_of(one.doc).expect("a document that is here").clone())
        .collect()
}

/// A text of sentences, of which there are few.
fn text(sentences: &[u8]) -> String {
    let one = |n: &u8| {
        let words = (0..14_u32).map(|at| format!("w{}", u32::from(*n) * 31 % 97 + at * at % 11));
        words.collect::<Vec<_>>().join(" ")
    };
    sentences.iter().map(one).collect::<Vec<_>>().join(". ")
}

fn library(size: u8) -> Library {
    (0..size)
        .map(|n| {
            (
                format!("doc{n:03}"),
                text(&[n, n.wrapping_add(1), 100 + n % 7]),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn step_by_step_gives_what_a_new_index_gives(
        first in prop::collection::vec(prop::collection::vec(0_u8..12, 1..5), 4..12),
        steps in prop::collection::vec((0_u8..14, prop::option::weighted(0.75, prop::collection::vec(0_u8..12, 1..5)), any::<bool>()), 1..8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut library: Library = first.iter().enumerate().map(|(n, sentences)| (format!("d{n:02}"), text(sentences))).collect();
        prop_assert_eq!(bring(folder.path(), &library).unwrap().0, from_scratch(&library));
        for (number, change, settles) in steps {
            let key = format!("d{number:02}");
            match change {
                Some(sentences) => { library.insert(key, text(&sentences)); }
                None => { library.remove(&key); }
            }
            if settles {
                settle(folder.path(), &library);
                continue;
            }
            prop_assert_eq!(bring(folder.path(), &library).unwrap().0, from_scratch(&library));
        }
        prop_assert_eq!(bring(folder.path(), &library).unwrap().0, from_scratch(&library));
    }
}

#[test]
fn who_shares_words_with_a_text_is_found_without_any_pair_being_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = library(30);
    settle(folder.path(), &library);
    assert!(Index::open(folder.path()).unwrap().pairs().is_empty());
    let near = found(folder.path(), &library, "doc010");
    for key in ["doc009", "doc011"] {
        assert!(near.iter().any(|one| one == key), "{near:?}");
    }
    assert!(!near.iter().any(|one| one == "doc010"), "not itself");
    library.remove("doc009");
    library.insert("doc025".to_owned(), text(&[10, 60, 61]));
    settle(folder.path(), &library);
    let near = found(folder.path(), &library, "doc010");
    assert!(!near.iter().any(|one| one == "doc009"), "it is gone");
    assert!(
        near.iter().any(|one| one == "doc025"),
        "it is another text now"
    );
    let (passages, _) = bring(folder.path(), &library).unwrap();
    assert_eq!(passages, from_scratch(&library));
    assert_eq!(found(folder.path(), &library, "doc010"), near);
}

#[test]
fn a_finder_of_another_state_is_none() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Finder::open(folder.path()).is_none());
    let mut library = library(12);
    bring(folder.path(), &library).unwrap();
    let finder = Finder::open(folder.path()).unwrap();
    assert!(finder.is_current(folder.path()));
    let old = fs::read(folder.path().join("numbers")).unwrap();
    library.insert("new".to_owned(), text(&[3, 4]));
    bring(folder.path(), &library).unwrap();
    assert!(!finder.is_current(folder.path()));
    fs::write(folder.path().join("numbers"), old).unwrap();
    assert!(Finder::open(folder.path()).is_none());
    settle(folder.path(), &library);
    assert!(Finder::open(folder.path()).is_some(), "it is written again");
}

#[test]
fn an_unchanged_library_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(40);
    let (first, work) = bring(folder.path(), &library).unwrap();
    assert!(!first.is_empty() && work.n_read > 0);
    let (again, work) = bring(folder.path(), &library).unwrap();
    assert_eq!((again, work), (first, Work::default()));
}

#[test]
fn a_new_document_costs_its_own_length() {
    let cost = |size| {
        let folder = tempfile::tempdir().unwrap();
        let mut library = library(size);
        bring(folder.path(), &library).unwrap();
        library.insert("new".to_owned(), text(&[3, 200, 201, 202]));
        let (found, work) = bring(folder.path(), &library).unwrap();
        assert!(
            found.iter().any(|(_, b, _)| b == "new"),
            "its third sentence is known"
        );
        work
    };
    let (small, large) = (cost(30), cost(90));
    assert_eq!((small.n_read, large.n_read), (0, 0));
    assert!(
        large.n_looked_up <= small.n_looked_up * 2 + 60,
        "{small:?} {large:?}"
    );
}

#[test]
fn many_changes_leave_few_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = library(20);
    for n in 0..80 {
        library.insert(format!("doc{:03}", n % 25), text(&[n, n + 1, 99]));
        bring(folder.path(), &library).unwrap();
    }
    assert_eq!(
        bring(folder.path(), &library).unwrap().0,
        from_scratch(&library)
    );
    let n_files = fs::read_dir(folder.path()).unwrap().count();
    assert!(n_files < 50, "{n_files} files");
}

#[test]
fn whatever_is_damaged_is_told_or_taken_as_empty_and_made_again() {
    let library = library(30);
    let whole = from_scratch(&library);
    let made = tempfile::tempdir().unwrap();
    bring(made.path(), &library).unwrap();
    let names: Vec<_> = fs::read_dir(made.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    let mut n_told = 0;
    for name in &names {
        for damage in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            for name in &names {
                fs::copy(made.path().join(name), folder.path().join(name)).unwrap();
            }
            let path = folder.path().join(name);
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 3;
            match damage {
                0 => bytes.truncate(middle),
                1 => bytes[middle] ^= 0x20,
                2 => bytes.clear(),
                _ => bytes.extend_from_slice(b"more"),
            }
            fs::write(&path, bytes).unwrap();
            let mut larger = library.clone();
            larger.insert("new".to_owned(), text(&[3, 4, 100]));
            let found = bring(folder.path(), &larger).or_else(|error| {
                assert_eq!(error.kind(), std::io::ErrorKind::InvalidData, "{error}");
                n_told += 1;
                Index::discard(folder.path())?;
                bring(folder.path(), &larger)
            });
            assert_eq!(found.unwrap().0, from_scratch(&larger), "{name:?} {damage}");
        }
    }
    assert!(n_told > 0);
    assert_eq!(bring(made.path(), &library).unwrap().0, whole);
}

/// Tells of every pair; gives what was told, and how much of it had to be made.
fn tell(folder: &Path, library: &Library) -> (Vec<String>, usize) {
    bring(folder, library).unwrap();
    let index = Index::open(folder).unwrap();
    let (mut told, mut lines, mut n_made) = (index.told(), Vec::new(), 0);
    for pair in index.pairs() {
        let line = told.of(&pair).unwrap_or_else(|| {
            n_made += 1;
            let keys = [pair.a, pair.b].map(|number| index.key(number).unwrap());
            format!("{keys:?} {:?}", pair.regions).into_bytes()
        });
        told.keep(&pair, &line);
        lines.push(String::from_utf8(line).unwrap());
    }
    told.finish();
    (lines, n_made)
}

#[test]
fn what_is_told_of_a_pair_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = library(20);
    let (first, n_made) = tell(folder.path(), &library);
    assert!(n_made > 0 && n_made == first.len());
    assert_eq!(tell(folder.path(), &library), (first.clone(), 0));
    library.insert("doc005b".to_owned(), text(&[3, 4, 120]));
    library.remove("doc009");
    let (second, n_made) = tell(folder.path(), &library);
    assert!(0 < n_made && n_made < second.len(), "{n_made}");
    assert_eq!(tell(folder.path(), &library), (second.clone(), 0));
    let path = folder.path().join("told");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x20;
    fs::write(&path, bytes).unwrap();
    let (third, n_made) = tell(folder.path(), &library);
    assert!(n_made > 0 && third == second);
    tell(folder.path(), &library);
    assert_eq!(tell(folder.path(), &library), (second, 0));
    let names = fs::read_dir(folder.path()).unwrap();
    assert!(
        names
            .map(|entry| entry.unwrap().file_name())
            .all(|name| !name.to_string_lossy().ends_with(".new"))
    );
}

#[test]
fn words_are_read_from_the_middle_of_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let long = text(&(0..60).collect::<Vec<u8>>());
    let library = Library::from([("long".to_owned(), long.clone())]);
    bring(folder.path(), &library).unwrap();
    let index = Index::open(folder.path()).unwrap();
    let whole = Words::of(&long);
    for span in [(0, 3), (1, 2), (63, 65), (64, 130), (200, 700), (833, 840)] {
        let (words, first) = index.reader().page(0).unwrap().words(span);
        assert!(
            first <= span.0 && first + words.len() >= span.1.min(whole.len()),
            "{span:?}"
        );
        assert_eq!(words.range(span.0 - first), whole.range(span.0));
        assert_eq!(words.ids()[span.0 - first], whole.ids()[span.0]);
    }
}
