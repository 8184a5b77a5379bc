//! `postil import-notes`: annotations of other programs, put on the documents they are about.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use super::room::Room;
use crate::annotation::Signed;
use crate::document::Document;
use crate::export::{self, ExportError, Format, Incoming, settle};
use crate::runtime::clock;
use crate::runtime::collection::Member;
use crate::runtime::paths::Paths;
use crate::search::fold::fold;
use crate::store::{Received, Store};

/// What `import-notes` takes.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Files with annotations; of brat the `.ann` files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The documents they are about: files and folders; without any the current collection, else the samples
    #[arg(long = "in", value_name = "PATH")]
    around: Vec<PathBuf>,
    /// web-annotation, hypothesis, brat, csv or markdown; without it the file tells
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Says what would be done and does nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON object for each document
    #[arg(long)]
    json: bool,
}

/// What became of the annotations on one document.
#[derive(Serialize)]
struct ImportRecord<'a> {
    path: &'a str,
    added: Vec<i64>,
    known: u32,
    deleted: u32,
    unsettled: Vec<UnsettledRecord>,
}

#[derive(Serialize)]
struct UnsettledRecord {
    id: Option<String>,
    exact: String,
    why: String,
}

/// Annotations that name the same document, in the order they came.
struct Bundle {
    source: String,
    title: Option<String>,
    incoming: Vec<Incoming>,
}

/// Does it.
pub(super) fn run(args: &ImportArgs, places: &Paths) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    let mut bundles: Vec<Bundle> = Vec::new();
    for file in &args.files {
        let (incoming, changed) = read(file, args.format.as_deref())?;
        for line in changed {
            outcome = Outcome::Found;
            say(&format!(
                "{}: the note that ends at line {line} was changed on the page and was left out; change it in postil instead",
                file.display()
            ));
        }
        bundle(file, incoming, &mut bundles);
    }
    let room = Arc::new(Room::new(&args.around, places)?);
    let found = documents(&room, &bundles)?;
    let mut store = if args.dry_run {
        None
    } else {
        Some(Store::open(&places.store, clock::now())?)
    };
    let mut out = Out::new();
    let mut by_document: BTreeMap<String, Vec<&Incoming>> = BTreeMap::new();
    for (bundle, locator) in bundles.iter().zip(found) {
        let Some(locator) = locator else {
            outcome = Outcome::Found;
            say(&format!(
                "no document here is `{}`, so {} annotations were left out; name its file with `--in`",
                bundle.source,
                bundle.incoming.len()
            ));
            continue;
        };
        by_document
            .entry(locator)
            .or_default()
            .extend(&bundle.incoming);
    }
    for (locator, incoming) in by_document {
        let opened = room.open(&locator)?;
        let (signed, unsettled) = place(&incoming, &opened.document);
        for left in &unsettled {
            outcome = Outcome::Found;
            say(&format!(
                "`{}`: “{}” was left out: {}",
                locator, left.exact, left.why
            ));
        }
        let received = match &mut store {
            Some(store) => store.receive(&opened.document, &locator, &signed, clock::now())?,
            None => Received::default(),
        };
        let record = ImportRecord {
            path: &locator,
            added: received.added.iter().map(|id| id.0).collect(),
            known: received.known,
            deleted: received.deleted,
            unsettled,
        };
        match Form::of_flag(args.json) {
            Form::Json => out.json(&record)?,
            Form::People if args.dry_run => out.text(&format!(
                "{locator}: {} of {} annotations have a place",
                signed.len(),
                incoming.len()
            ))?,
            Form::People => out.text(&format!(
                "{locator}: {} added, {} were here already, {} had been deleted here",
                record.added.len(),
                record.known,
                record.deleted
            ))?,
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The annotations of a file, and the lines of a page at which notes end that were changed.
fn read(path: &Path, format: Option<&str>) -> Result<(Vec<Incoming>, Vec<usize>), Failure> {
    let wrong = |source| Failure::NoAnnotations {
        path: path.to_owned(),
        source,
    };
    let bytes = std::fs::read(path).map_err(|source| Failure::NotRead {
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(ExportError::NoText))?;
    let name = path.to_string_lossy();
    let head: String = text.chars().take(4096).collect();
    let choices = || Format::ALL.map(Format::as_str).join(", ");
    let format = match format {
        Some(word) => Format::from_word(word).ok_or_else(|| Failure::Word {
            what: "format",
            word: word.to_owned(),
            choices: choices(),
        })?,
        None => Format::guess(&name, &head).ok_or_else(|| Failure::Word {
            what: "file whose format can be told",
            word: name.to_string(),
            choices: format!("`--format` and one of {}", choices()),
        })?,
    };
    let incoming = match format {
        Format::WebAnnotation => export::web::read(&text),
        Format::Hypothesis => export::hypothesis::read(&text),
        Format::Brat => export::brat::read(&text),
        Format::Csv => export::csv::read(&text),
        Format::Markdown => {
            let page = export::markdown::read(&text).map_err(wrong)?;
            return Ok((page.notes, page.changed));
        }
        Format::Html => Err(ExportError::OnlyOut {
            format: format.as_str(),
        }),
    };
    Ok((incoming.map_err(wrong)?, Vec::new()))
}

/// Puts annotations to others about the same document; those that name none are about the one that is called as their file.
fn bundle(file: &Path, incoming: Vec<Incoming>, bundles: &mut Vec<Bundle>) {
    let own = file.with_extension("");
    for one in incoming {
        let source = one
            .source
            .clone()
            .unwrap_or_else(|| own.to_string_lossy().into_owned());
        match bundles.iter_mut().find(|bundle| bundle.source == source) {
            Some(bundle) => bundle.incoming.push(one),
            None => bundles.push(Bundle {
                source,
                title: one.title.clone(),
                incoming: vec![one],
            }),
        }
    }
}

/// The document of each bundle: by its place, its file name, the only document there is, its title, or the only one in which all passages stand.
fn documents(room: &Arc<Room>, bundles: &[Bundle]) -> Result<Vec<Option<String>>, Failure> {
    let locators: Vec<String> = room
        .collection
        .members()
        .filter_map(|member| match member {
            Member::Document { locator, .. } => Some(locator),
            Member::Problem(_) => None,
        })
        .collect();
    let mut found: Vec<Option<String>> = bundles
        .iter()
        .map(|bundle| by_name(bundle, &locators))
        .collect();
    if found.iter().all(Option::is_some) {
        return Ok(found);
    }
    let open: Vec<(usize, String, Vec<Incoming>)> = bundles
        .iter()
        .zip(&found)
        .enumerate()
        .filter(|(_, (_, found))| found.is_none())
        .map(|(index, (bundle, _))| {
            let title = fold(bundle.title.as_deref().unwrap_or_default()).into_owned();
            (
                index,
                title,
                bundle
                    .incoming
                    .iter()
                    .take(PASSAGES_LOOKED_FOR)
                    .cloned()
                    .collect(),
            )
        })
        .collect();
    let mut fitting: Vec<(usize, bool, String)> = Vec::new();
    room.each(
        move |_, opened| {
            let fits = |(index, title, incoming): &(usize, String, Vec<Incoming>)| {
                let titled = !title.is_empty() && fold(opened.document.title()) == *title;
                let quoted = incoming
                    .iter()
                    .any(|one| !one.quote.exact.trim().is_empty());
                let stands = quoted
                    && incoming
                        .iter()
                        .all(|one| settle(one, &opened.document).is_ok());
                (titled || stands).then(|| (*index, titled, opened.locator.clone()))
            };
            Ok(open.iter().filter_map(fits).collect::<Vec<_>>())
        },
        |fits| {
            fitting.extend(fits);
            Ok(())
        },
    )?;
    for (index, slot) in found.iter_mut().enumerate() {
        let only = |titled: bool| {
            let mut those = fitting
                .iter()
                .filter(|(of, by_title, _)| *of == index && (*by_title || !titled));
            let first = those.next().map(|(.., locator)| locator.clone());
            first.filter(|_| those.next().is_none())
        };
        if slot.is_none() {
            *slot = only(true).or_else(|| only(false));
        }
    }
    Ok(found)
}

/// Passages of a bundle that are looked for in documents of other names.
const PASSAGES_LOOKED_FOR: usize = 20;

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
    match locators {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn place(incoming: &[&Incoming], document: &Document) -> (Vec<Signed>, Vec<UnsettledRecord>) {
    let (mut signed, mut unsettled) = (Vec::new(), Vec::new());
    for one in incoming {
        match settle(one, document) {
            Ok(range) => signed.push(one.signed(document, range, clock::now())),
            Err(why) => unsettled.push(UnsettledRecord {
                id: one.id.clone(),
                exact: one.quote.exact.clone(),
                why: why.to_string(),
            }),
        }
    }
    (signed, unsettled)
}
