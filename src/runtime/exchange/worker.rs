//! Files of notes for the screen: read, and written, on a thread of their own, so that nobody waits for the disk.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::arriving::{self, Handles, Search, Sheaf, Unplaced};
use super::leaving::{self, Page};
use super::{FileTrouble, path};
use crate::annotation::{Anchoring, Annotation, LinkKind, RecordId, Signed, Uid};
use crate::app::citation;
use crate::app::effect::JobId;
use crate::app::msg::{Msg, Outcome};
use crate::document::{DocId, Document};
use crate::export::{Format, Sheet};
use crate::language::entities::Lists;
use crate::library::Listing;
use crate::runtime::source::Sources;
use crate::runtime::{clock, keeper};
use crate::store::{Placed, Store};
use crate::text::TextRange;

/// What was read and placed, for the store to receive.
#[derive(Debug)]
pub(in crate::runtime) struct Delivery {
    /// The name of the file.
    pub(in crate::runtime) label: String,
    /// Documents with what is put on them.
    pub(in crate::runtime) laid: Vec<(Arc<str>, Document, Vec<Signed>)>,
    /// Links between the annotations.
    pub(in crate::runtime) links: Vec<(Uid, LinkKind, Uid)>,
    /// What was left out, and why; a line each.
    pub(in crate::runtime) left: Vec<String>,
}

/// Reads a file of notes about the documents at `locators` and gives it to the keeper.
pub(in crate::runtime) fn bring_in(
    typed: &str,
    locators: &[String],
    keeper: &Sender<keeper::Request>,
    out: &Sender<Msg>,
) {
    match deliver(&path_of(typed), locators) {
        Ok(delivery) => drop(keeper.send(keeper::Request::Receive(Box::new(delivery)))),
        Err(trouble) => {
            let failed = Outcome::Imported(Err(trouble.to_string()));
            drop(out.send(Msg::Done(failed)));
        }
    }
}

fn deliver(path: &Path, locators: &[String]) -> Result<Delivery, FileTrouble> {
    let sheaves = [arriving::read(path, None)?];
    let sources = Sources::default();
    let mut search = Search::new(&sheaves, locators);
    if let Some(wanted) = search.wanted() {
        for locator in locators {
            if let Some(document) = document(&sources, locator) {
                search.take(wanted.look(locator, &document));
            }
        }
    }
    let (by_document, homeless) = search.end();
    let mut left = left_of(&sheaves);
    left.extend(homeless.iter().map(|bundle| {
        let n = bundle.notes.len();
        format!("{n} on `{}`: no document here is that", bundle.source)
    }));
    let mut handles = Handles::default();
    let mut laid = Vec::new();
    for (locator, notes) in by_document {
        let Some(document) = document(&sources, &locator) else {
            left.push(format!("{} on `{locator}`: it cannot be read", notes.len()));
            continue;
        };
        let (signed, unplaced) = arriving::place(&notes, &document, &mut handles, clock::now());
        left.extend(unplaced.iter().map(Unplaced::told));
        laid.push((locator.into(), document, signed));
    }
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(Delivery {
        label: name.to_string_lossy().into_owned(),
        laid,
        links: handles.links(&sheaves),
        left,
    })
}

fn left_of(sheaves: &[Sheaf]) -> Vec<String> {
    let mut left = Vec::new();
    for Sheaf { batch, .. } in sheaves {
        left.extend(
            batch.changed.iter().map(|line| {
                format!("the note that ends at line {line}: it was changed on the page")
            }),
        );
        if batch.n_unsaid > 0 {
            let n = batch.n_unsaid;
            left.push(format!("{n} links: nothing says of what kind they are"));
        }
        left.extend(batch.losses.iter().map(|(loss, n)| loss.told(*n)));
    }
    left
}

fn document(sources: &Sources, locator: &str) -> Option<Document> {
    let mut document = sources.document(locator).ok()?.document;
    document.id = DocId::of_locator(locator);
    Some(document)
}

/// A document and where its notes stand.
type Read = (Document, HashMap<RecordId, TextRange>);

/// Makes citations of notes, in the order they come; each document is read once.
pub(in crate::runtime) fn cite(
    notes: Vec<(Annotation, Option<Listing>)>,
    store: &Path,
    out: &Sender<Msg>,
) {
    let sources = Sources::default();
    let store = Store::open_reading(store).ok();
    let mut read: HashMap<DocId, Option<Read>> = HashMap::new();
    let mut cited = Vec::with_capacity(notes.len());
    for (note, listing) in notes {
        let known = read.entry(note.target.doc).or_insert_with(|| {
            let locator = &listing.as_ref()?.locator;
            let mut document = document(&sources, locator)?;
            let store = store.as_ref()?;
            if let Ok(set) = store.meta_of(locator, &document.revision) {
                set.apply(&mut document);
            }
            let found = store.place_annotations(locator, &document).ok()?;
            let places = found
                .into_iter()
                .filter_map(|(note, found)| Some((note.id, found.anchor.range()?)));
            Some((document, places.collect()))
        });
        let stands = known
            .as_ref()
            .and_then(|(document, places)| Some((document, *places.get(&note.id)?)));
        cited.push(citation::cite_note(&note, stands, listing.as_ref()));
    }
    drop(out.send(Msg::Done(Outcome::Cited(cited))));
}

/// What is to be written, and how the list of notes looks at them.
#[derive(Debug)]
pub(in crate::runtime) struct Order {
    /// As typed: the file or folder, before it the format, where the name does not tell.
    pub(in crate::runtime) typed: String,
    /// Only these notes, if any are named.
    pub(in crate::runtime) only: Option<Vec<RecordId>>,
    /// Where the open document lies: of several it is the one a single report is of.
    pub(in crate::runtime) open: Option<Arc<str>>,
    /// The store.
    pub(in crate::runtime) store: PathBuf,
    /// The reader's own names, for reports.
    pub(in crate::runtime) names: Arc<Lists>,
}

/// Writes notes to a file or a folder and says how it went.
pub(in crate::runtime) fn put_out(order: &Order, out: &Sender<Msg>) {
    let told = match write(order) {
        Ok(told) => Outcome::Notice(told),
        Err(why) => Outcome::Failed(why),
    };
    drop(out.send(Msg::Done(told)));
}

fn write(order: &Order) -> Result<String, String> {
    let (format, to) = destination(&order.typed)?;
    let fail = |error: crate::store::StoreError| error.to_string();
    let store = Store::open_reading(&order.store).map_err(fail)?;
    let sources = Sources::default();
    let mut pages: Vec<Page> = Vec::new();
    for (locator, notes) in by_document(store.all_annotations().map_err(fail)?) {
        let document = document(&sources, &locator);
        let placed = match &document {
            Some(document) => store.place_annotations(&locator, document).map_err(fail)?,
            None => notes
                .into_iter()
                .map(|note| (note, Anchoring::lost(0)))
                .collect(),
        };
        let wanted = |note: &Annotation| {
            let only = order.only.as_ref();
            only.is_none_or(|only| only.contains(&note.id))
        };
        let placed: Vec<(Annotation, Anchoring)> = placed
            .into_iter()
            .filter(|(note, _)| wanted(note))
            .collect();
        let ids: Vec<RecordId> = placed.iter().map(|(note, _)| note.id).collect();
        let signed = store.signed(&ids).map_err(fail)?;
        pages.extend(Page::new(&locator, document, placed, signed));
    }
    if format == Format::Html
        && pages.len() != 1
        && !leaving::is_folder(&to)
        && order.only.is_none()
    {
        pages.retain(|page| Some(page.locator()) == order.open.as_deref());
        if let (true, Some(locator)) = (pages.is_empty(), &order.open) {
            pages.extend(document(&sources, locator).map(|document| Page::bare(locator, document)));
        }
    }
    let n_behind = leaving::link(&mut pages, &store.all_links().map_err(fail)?);
    let sheets: Vec<Sheet<'_>> = pages.iter().map(Page::sheet).collect();
    let written = leaving::write(format, &sheets, &to, &order.names, clock::now())
        .map_err(|trouble| trouble.to_string())?;
    let n_notes: usize = pages.iter().map(Page::n_notes).sum();
    let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let what = match pages.as_slice() {
        [page] => format!("{} on {}", many(n_notes, "note"), page.title()),
        pages => format!(
            "{} on {}",
            many(n_notes, "note"),
            many(pages.len(), "document")
        ),
    };
    let mut told = format!("Wrote {what} to {}", to.display());
    let n_links = written.n_links_lost + n_behind;
    if n_links > 0 {
        write!(told, " · {} left out", many(n_links, "link")).ok();
    }
    if !written.gone.is_empty() {
        let n = written.gone.len();
        write!(told, " · {} left out, it is gone", many(n, "document")).ok();
    }
    Ok(told)
}

/// The format and the path of what was typed: `notes.csv`, or `brat folder/`.
fn destination(typed: &str) -> Result<(Format, PathBuf), String> {
    let typed = typed.trim();
    if let Some((word, path)) = typed.split_once(char::is_whitespace)
        && let Some(format) = Format::from_word(word)
    {
        return Ok((format, path_of(path.trim())));
    }
    let path = path_of(typed);
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let format = match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Some(Format::Html),
        Some("json") => Some(Format::Hypothesis),
        _ if leaving::is_folder(&path) => Some(Format::Markdown),
        _ => Format::guess(typed, "").filter(|format| *format != Format::Brat),
    };
    match format {
        Some(format) => Ok((format, path)),
        None => Err(FileTrouble::Untold { path }.to_string()),
    }
}

/// The path that was typed.
fn path_of(typed: &str) -> PathBuf {
    path::path_of(typed, home().as_deref())
}

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from)
}

/// Finds what completes a path that is being typed.
pub(in crate::runtime) fn complete(job: JobId, typed: &str, out: &Sender<Msg>) {
    let found = path::completions(typed, home().as_deref());
    drop(out.send(Msg::Done(Outcome::Paths(job, found))));
}

fn by_document(all: Vec<Placed<Annotation>>) -> Vec<(Arc<str>, Vec<Annotation>)> {
    let mut groups: Vec<(Arc<str>, Vec<Annotation>)> = Vec::new();
    for placed in all {
        match groups.last_mut() {
            Some((locator, notes)) if *locator == placed.locator => notes.push(placed.record),
            _ => groups.push((placed.locator, vec![placed.record])),
        }
    }
    groups
}
