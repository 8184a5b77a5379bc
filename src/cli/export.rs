//! `postil export`: notes in the formats of other programs.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::failure::{Failure, Outcome};
use super::kept::{Leaf, Reading, leaves};
use super::ledger::Ledger;
use super::named::{NamesIn, naming};
use super::note::list::Noted as Filtered;
use super::out::{Out, say};
use super::room::{self, Opened, Room};
use crate::annotation::{Annotation, Link, RecordId};
use crate::export::{self, Format, Sheet};
use crate::language::entities::Lists;
use crate::library::Analysis;
use crate::runtime::clock;
use crate::runtime::collection::Member;
use crate::runtime::exchange::{FileTrouble, leaving};
use crate::runtime::paths::Paths;
use crate::search::query::Filter;
use crate::store::Store;
use crate::text::sanitise;

/// What `export` takes.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Only notes on these files and folders; without any all notes of the store
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// web-annotation, hypothesis, brat, csv, markdown or html
    #[arg(long, value_name = "F")]
    format: String,
    /// A new file; of markdown, html and brat also a folder for a file per document, made if its name ends in `/`; without it standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Only notes that match, as in `note list`
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// Does it.
pub(super) fn run(args: &ExportArgs, places: &Paths) -> Result<Outcome, Failure> {
    let format = format(&args.format)?;
    let filter = args.filter.as_deref().map(Filter::parse).transpose()?;
    let reading = Reading {
        of: Ledger::notes_of,
        all: Store::all_annotations,
        made: |note| (note.id, note.target.revision),
    };
    let mut pages: Vec<leaving::Page> = Vec::new();
    let mut links: Option<Vec<Link>> = None;
    let analyse = naming(&places.config);
    let outcome = leaves(&args.paths, places, &reading, |leaf, ledger| {
        if links.is_none() {
            links = Some(ledger.links()?);
        }
        pages.extend(page(leaf, ledger, filter.as_ref(), &analyse)?);
        Ok(())
    })?;
    if format == Format::Html && pages.is_empty() && filter.is_none() && !args.paths.is_empty() {
        pages.extend(unwritten(args, places)?);
    }
    let n_behind = leaving::link(&mut pages, links.as_deref().unwrap_or_default());
    let sheets: Vec<Sheet<'_>> = pages.iter().map(leaving::Page::sheet).collect();
    let n_uncertain: usize = pages.iter().map(leaving::Page::n_uncertain).sum();
    if n_uncertain > 0 {
        say(&format!(
            "{} exported without a place in the text: ambiguous, probable or lost; see `postil note list`",
            many(n_uncertain, "note")
        ));
    }
    if n_behind > 0 {
        say(&format!(
            "{} to notes that are not exported left out",
            many(n_behind, "link")
        ));
    }
    let names = match format {
        Format::Html => room::names(&places.config),
        Format::WebAnnotation
        | Format::Hypothesis
        | Format::Brat
        | Format::Csv
        | Format::Markdown => Lists::default(),
    };
    match &args.out {
        None => print(format, &sheets, &names)?,
        Some(to) => {
            let written = leaving::write(format, &sheets, to, &names, clock::now())?;
            for locator in &written.gone {
                say(&format!("`{locator}` is no longer there and was left out"));
            }
            if written.n_links_lost > 0 {
                say(&format!(
                    "{} left out: `{}` has no place for them; web-annotation has",
                    many(written.n_links_lost, "link"),
                    format.as_str()
                ));
            }
            let n_notes: usize = pages.iter().map(leaving::Page::n_notes).sum();
            let mut out = Out::new();
            let (notes, documents) = (many(n_notes, "note"), many(sheets.len(), "document"));
            out.text(&format!("wrote {notes} on {documents} to {}", to.display()))?;
            out.flush()?;
        }
    }
    Ok(outcome.and(Outcome::of_count(n_uncertain)))
}

/// The page of the only document at the paths, on which nothing was written.
fn unwritten(args: &ExportArgs, places: &Paths) -> Result<Option<leaving::Page>, Failure> {
    let room = Arc::new(Room::new(&args.paths, places)?);
    let documents = room.collection.members().filter_map(|member| match member {
        Member::Document { locator, .. } => Some(locator),
        Member::Problem(_) => None,
    });
    let first: Vec<String> = documents.take(2).collect();
    let [only] = first.as_slice() else {
        return Ok(None);
    };
    let opened = room.open(only)?;
    Ok(Some(leaving::Page::bare(only, opened.document)))
}

/// The format that is called so.
pub(super) fn format(word: &str) -> Result<Format, FileTrouble> {
    Format::from_word(word).ok_or_else(|| FileTrouble::NoFormat {
        word: word.to_owned(),
    })
}

fn many(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The notes of a document that match; none if none does.
fn page(
    leaf: Leaf<Annotation>,
    ledger: &Ledger,
    filter: Option<&Filter>,
    analyse: &dyn Fn(&Opened) -> Analysis,
) -> Result<Option<leaving::Page>, Failure> {
    let mut placed = leaf.placed(ledger)?;
    let Leaf {
        locator, opened, ..
    } = leaf;
    let names = opened.as_ref().map(|opened| NamesIn::new(opened, analyse));
    placed.retain(|(note, anchoring)| {
        let status = anchoring.anchor.status();
        let subject = Filtered::new(opened.as_ref(), names.as_ref(), note, status);
        filter.is_none_or(|filter| filter.matches(&subject))
    });
    drop(names);
    let ids: Vec<RecordId> = placed.iter().map(|(note, _)| note.id).collect();
    let signed = ledger.signed(&ids)?;
    let document = opened.map(|opened| opened.document);
    Ok(leaving::Page::new(&locator, document, placed, signed))
}

/// Puts all notes to standard output, in a format that is one file.
fn print(format: Format, sheets: &[Sheet<'_>], names: &Lists) -> Result<(), Failure> {
    let needs_folder =
        matches!(format, Format::Brat) || matches!(format, Format::Html) && sheets.len() > 1;
    if format == Format::Html && sheets.is_empty() {
        return Err(FileTrouble::NoDocument.into());
    }
    if needs_folder {
        return Err(FileTrouble::NeedsFolder {
            format: format.as_str(),
            n_documents: sheets.len(),
        }
        .into());
    }
    let n_lost = leaving::n_links_lost(format, sheets);
    if n_lost > 0 {
        say(&format!(
            "{} left out: `{}` has no place for them; web-annotation has",
            many(n_lost, "link"),
            format.as_str()
        ));
    }
    let now = clock::now();
    let mut out = Out::new();
    match format {
        Format::WebAnnotation => out.json(&export::web::write(sheets, now))?,
        Format::Hypothesis => out.json(&export::hypothesis::write(sheets, now))?,
        Format::Csv | Format::Markdown | Format::Html | Format::Brat => {
            let text = leaving::text(format, sheets, names, now);
            // Line ends stay as the format has them.
            for line in text.split_inclusive('\n') {
                let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
                out.bytes(sanitise::line(line.trim_end_matches(['\r', '\n'])).as_bytes())?;
                out.bytes(ending.as_bytes())?;
            }
        }
    }
    out.flush()
}
