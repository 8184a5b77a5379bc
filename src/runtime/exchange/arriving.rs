//! Notes of other programs on their way in: which documents they are about, and where their words stand there.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::FileTrouble;
use crate::annotation::{LinkKind, Signed, Uid};
use crate::document::Document;
use crate::export::{self, Batch, ExportError, Format, Incoming, Unsettled, pieces, settle};
use crate::search::fold::fold;
use crate::text::sanitise;

/// Passages of a bundle that are looked for in documents of other names.
const PASSAGES_LOOKED_FOR: usize = 20;

/// A file that was read.
#[derive(Debug)]
pub struct Sheaf {
    /// Its path.
    pub file: PathBuf,
    /// What is in it.
    pub batch: Batch,
}

/// Reads a file of notes; without a format its name and its beginning tell.
pub fn read(path: &Path, format: Option<Format>) -> Result<Sheaf, FileTrouble> {
    let wrong = |source| FileTrouble::Wrong {
        path: path.to_owned(),
        source,
    };
    let bytes = std::fs::read(path).map_err(|source| FileTrouble::NotRead {
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(ExportError::NoText))?;
    let head: String = text.chars().take(4096).collect();
    let format = format
        .or_else(|| Format::guess(&path.to_string_lossy(), &head))
        .ok_or_else(|| FileTrouble::Untold {
            path: path.to_owned(),
        })?;
    Ok(Sheaf {
        file: path.to_owned(),
        batch: format.read(&text).map_err(wrong)?,
    })
}

/// Annotations, each with the number of its file.
pub type Numbered = Vec<(usize, Incoming)>;

/// Annotations that name the same document, in the order they came; each with the number of its file.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// What the files call the document.
    pub source: String,
    title: Option<String>,
    /// The annotations.
    pub notes: Numbered,
}

/// Finds the document of each bundle: by its place, its file name, the only document there is, its title, or the only one in which all passages stand.
#[derive(Debug)]
pub struct Search {
    bundles: Vec<Bundle>,
    found: Vec<Option<String>>,
    fitting: Vec<Fit>,
}

/// A document that may be the one of a bundle.
#[derive(Debug)]
pub struct Fit {
    bundle: usize,
    by_title: bool,
    locator: String,
}

/// What is looked for in documents of other names.
#[derive(Debug, Clone)]
pub struct Wanted(Vec<(usize, String, Vec<Incoming>)>);

impl Search {
    /// Begins with the names of the documents there are.
    pub fn new(sheaves: &[Sheaf], locators: &[String]) -> Self {
        let bundles = bundles(sheaves);
        let found = bundles
            .iter()
            .map(|bundle| by_name(bundle, locators))
            .collect();
        Self {
            bundles,
            found,
            fitting: Vec::new(),
        }
    }

    /// What no name told; every document there is must be looked at. None if the names told all.
    pub fn wanted(&self) -> Option<Wanted> {
        let open = |(index, (bundle, found)): (usize, (&Bundle, &Option<String>))| {
            let title = fold(bundle.title.as_deref().unwrap_or_default()).into_owned();
            let some = bundle.notes.iter().take(PASSAGES_LOOKED_FOR);
            let some = some.map(|(_, one)| one.clone()).collect();
            found.is_none().then_some((index, title, some))
        };
        let all = self.bundles.iter().zip(&self.found).enumerate();
        let wanted: Vec<_> = all.filter_map(open).collect();
        (!wanted.is_empty()).then_some(Wanted(wanted))
    }

    /// Takes what a document was found to be.
    pub fn take(&mut self, fits: Vec<Fit>) {
        self.fitting.extend(fits);
    }

    /// The annotations of each document, by its locator; and the bundles that belong to none.
    pub fn end(self) -> (BTreeMap<String, Numbered>, Vec<Bundle>) {
        let mut by_document: BTreeMap<String, Numbered> = BTreeMap::new();
        let mut homeless = Vec::new();
        for (index, (bundle, found)) in self.bundles.into_iter().zip(self.found).enumerate() {
            let only = |titled: bool| {
                let fits = |fit: &&Fit| fit.bundle == index && (fit.by_title || !titled);
                let mut those = self.fitting.iter().filter(fits);
                let first = those.next().map(|fit| fit.locator.clone());
                first.filter(|_| those.next().is_none())
            };
            match found.or_else(|| only(true)).or_else(|| only(false)) {
                Some(locator) => by_document.entry(locator).or_default().extend(bundle.notes),
                None => homeless.push(bundle),
            }
        }
        (by_document, homeless)
    }
}

impl Wanted {
    /// The bundles that may be about this document.
    pub fn look(&self, locator: &str, document: &Document) -> Vec<Fit> {
        let fits = |(bundle, title, some): &(usize, String, Vec<Incoming>)| {
            let by_title = !title.is_empty() && fold(document.title()) == *title;
            // What stands in every document tells nothing.
            let quoted = some.iter().any(|one| !one.quote.exact.trim().is_empty());
            let stands = quoted
                && some.iter().all(|one| {
                    pieces(one, document)
                        .iter()
                        .all(|piece| settle(piece, document).is_ok())
                });
            (by_title || stands).then(|| Fit {
                bundle: *bundle,
                by_title,
                locator: locator.to_owned(),
            })
        };
        self.0.iter().filter_map(fits).collect()
    }
}

/// Puts annotations to others about the same document; those that name none are about the one that is called as their file.
fn bundles(sheaves: &[Sheaf]) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (file, sheaf) in sheaves.iter().enumerate() {
        let own = sheaf.file.with_extension("");
        // Of standoff files one note may name the document for all.
        let named = sheaf.batch.notes.iter().find_map(|one| one.source.clone());
        let own = named.unwrap_or_else(|| own.to_string_lossy().into_owned());
        for one in &sheaf.batch.notes {
            let source = one.source.clone().unwrap_or_else(|| own.clone());
            let index = *known.entry(source.clone()).or_insert_with(|| {
                bundles.push(Bundle {
                    source,
                    title: one.title.clone(),
                    notes: Vec::new(),
                });
                bundles.len() - 1
            });
            if let Some(bundle) = bundles.get_mut(index) {
                bundle.notes.push((file, one.clone()));
            }
        }
    }
    bundles
}

fn by_name(bundle: &Bundle, locators: &[String]) -> Option<String> {
    let wanted = export::locator(&bundle.source);
    if let Some(same) = locators.iter().find(|locator| **locator == wanted) {
        return Some(same.clone());
    }
    let name = |locator: &str| {
        let last = locator.rsplit(['/', '\\', ':']).next().unwrap_or_default();
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        fold(stem).into_owned()
    };
    let ours = name(&wanted);
    let mut called: Vec<&String> = locators
        .iter()
        .filter(|locator| !ours.is_empty() && name(locator) == ours)
        .collect();
    if called.len() == 1 {
        return called.pop().cloned();
    }
    // Of several that are called so, the one with most of the path.
    let parts = |path: &str| -> Vec<String> {
        let parts = path.rsplit(['/', '\\', ':']);
        parts.skip(1).map(|part| fold(part).into_owned()).collect()
    };
    let ours = parts(&wanted);
    let common = |locator: &&String| {
        let theirs = parts(locator);
        ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count()
    };
    let most = called.iter().map(common).max().unwrap_or(0);
    called.retain(|locator| common(locator) == most);
    if let ([only], 1..) = (called.as_slice(), most) {
        return Some((*only).clone());
    }
    match locators {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// An annotation whose words have no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// What its file calls it.
    pub id: Option<String>,
    /// Its words.
    pub exact: String,
    /// Why.
    pub why: String,
    /// What became of it.
    pub fate: Fate,
}

/// What becomes of an annotation that has no certain place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there, to be decided about.
    Taken,
    /// It is not.
    LeftOut,
}

impl Unplaced {
    /// A line for the reader.
    pub fn told(&self) -> String {
        let (called, why) = (self.called(), &self.why);
        match self.fate {
            Fate::Taken => format!("{called}: {why}; the note is here and waits for your decision"),
            Fate::LeftOut => format!("{called} was left out: {why}"),
        }
    }

    /// As the reader may know it: by its words, else by its name.
    fn called(&self) -> String {
        match (self.exact.trim(), &self.id) {
            ("", Some(id)) => format!("`{}`", sanitise::line(id)),
            ("", None) => "an annotation without words".to_owned(),
            (words, _) => format!("“{words}”"),
        }
    }
}

/// What links call the annotations that were placed: their file and handle, and the number everywhere.
#[derive(Debug, Default)]
pub struct Handles(HashMap<(usize, String), Uid>);

/// Finds the words of annotations in their document. Those whose words do not stand there for certain come in as well, like notes whose document was edited: the reader decides about
/// them. What says no words is left out.
pub fn place(
    notes: &[(usize, Incoming)],
    document: &Document,
    handles: &mut Handles,
    now: Timestamp,
) -> (Vec<Signed>, Vec<Unplaced>) {
    let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
    let all = notes.iter().flat_map(|(file, one)| {
        pieces(one, document)
            .into_iter()
            .map(move |one| (file, one))
    });
    for (file, one) in all {
        match settle(&one, document) {
            Ok(range) => {
                let signed = one.signed(document, range, now);
                if let Some(handle) = one.handle.as_ref().or(one.id.as_ref()) {
                    handles.0.insert((*file, handle.clone()), signed.uid);
                }
                placed.push(signed);
            }
            Err(why) => {
                let adrift = match why {
                    Unsettled::Absent | Unsettled::Ambiguous => one.adrift(document, now),
                    Unsettled::Beyond | Unsettled::Unknown(_) => None,
                };
                unplaced.push(Unplaced {
                    id: one.id.clone(),
                    exact: one.quote.exact.clone(),
                    why: why.to_string(),
                    fate: match adrift {
                        Some(_) => Fate::Taken,
                        None => Fate::LeftOut,
                    },
                });
                if let Some(signed) = adrift {
                    if let Some(handle) = one.handle.as_ref().or(one.id.as_ref()) {
                        handles.0.insert((*file, handle.clone()), signed.uid);
                    }
                    placed.push(signed);
                }
            }
        }
    }
    (placed, unplaced)
}

impl Handles {
    /// The links of the files, by the numbers of their ends; an end that is in no file is looked for in the store by the number its name gives.
    pub fn links(&self, sheaves: &[Sheaf]) -> Vec<(Uid, LinkKind, Uid)> {
        let mut links = Vec::new();
        for (file, sheaf) in sheaves.iter().enumerate() {
            let uid = |name: &String| {
                let known = self.0.get(&(file, name.clone())).copied();
                known.unwrap_or_else(|| Uid::of_foreign(name))
            };
            let all = sheaf.batch.links.iter();
            links.extend(all.map(|link| (uid(&link.from), link.kind, uid(&link.to))));
        }
        links
    }
}
