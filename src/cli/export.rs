//! `postil export`: notes in the formats of other programs.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::failure::{Failure, Outcome};
use super::kept::{Leaf, Reading, leaves};
use super::ledger::Ledger;
use super::note::list::Noted as Filtered;
use super::out::{Out, say};
use super::room;
use crate::annotation::{Anchoring, Annotation, Link, RecordId};
use crate::document::Document;
use crate::export::{self, Format, Noted, Sheet};
use crate::language::entities::Lists;
use crate::library::analyse_naming;
use crate::runtime::clock;
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
    /// A new file, or an existing folder for a file per document; without it standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Only notes that match, as in `note list`
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// A sheet that owns its document.
struct Page {
    locator: String,
    title: String,
    document: Option<Document>,
    notes: Vec<Noted>,
}

impl Page {
    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            locator: &self.locator,
            title: &self.title,
            document: self.document.as_ref(),
            notes: self.notes.clone(),
        }
    }
}

/// Does it.
pub(super) fn run(args: &ExportArgs, places: &Paths) -> Result<Outcome, Failure> {
    let format = Format::from_word(&args.format).ok_or_else(|| Failure::Word {
        what: "format",
        word: args.format.clone(),
        choices: Format::ALL.map(Format::as_str).join(", "),
    })?;
    let filter = args.filter.as_deref().map(Filter::parse).transpose()?;
    let reading = Reading {
        of: Ledger::notes_of,
        all: Store::all_annotations,
    };
    let mut pages: Vec<Page> = Vec::new();
    let mut links: Option<Vec<Link>> = None;
    let outcome = leaves(&args.paths, places, &reading, |leaf, ledger| {
        if links.is_none() {
            links = Some(ledger.links()?);
        }
        pages.extend(page(leaf, ledger, filter.as_ref())?);
        Ok(())
    })?;
    link(&mut pages, links.as_deref().unwrap_or_default());
    let sheets: Vec<Sheet<'_>> = pages.iter().map(Page::sheet).collect();
    let n_uncertain = pages
        .iter()
        .flat_map(|page| &page.notes)
        .filter(|noted| !noted.is_certain())
        .count();
    if n_uncertain > 0 {
        say(&format!(
            "of the notes exported {n_uncertain} are ambiguous, probable or lost and have no place in the text; see `postil note list`"
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
    let folder = args.out.as_deref().filter(|out| out.is_dir());
    match (format, folder) {
        (Format::Brat, None) => {
            return Err(Failure::NeedsFolder {
                format: format.as_str(),
            });
        }
        (Format::Html, None) if sheets.len() > 1 => {
            return Err(Failure::NeedsFolder {
                format: format.as_str(),
            });
        }
        (Format::Brat | Format::Html | Format::Markdown, Some(folder)) => {
            each_file(format, &sheets, folder, &names)?;
        }
        _ => one_file(format, &sheets, args.out.as_deref(), &names)?,
    }
    if let Some(to) = &args.out {
        let n_notes: usize = sheets.iter().map(|sheet| sheet.notes.len()).sum();
        let mut out = Out::new();
        let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let (notes, documents) = (many(n_notes, "note"), many(sheets.len(), "document"));
        out.text(&format!("wrote {notes} on {documents} to {}", to.display()))?;
        out.flush()?;
    }
    Ok(outcome.and(Outcome::of_count(n_uncertain)))
}

/// The notes of a document that match; none if none does.
fn page(
    leaf: Leaf<Annotation>,
    ledger: &Ledger,
    filter: Option<&Filter>,
) -> Result<Option<Page>, Failure> {
    let Leaf {
        locator,
        opened,
        records,
    } = leaf;
    let placed: Vec<(Annotation, Anchoring)> = match &opened {
        Some(opened) => ledger.placed(&locator, &opened.document)?,
        None => records
            .into_iter()
            .map(|note| (note, Anchoring::lost(0)))
            .collect(),
    };
    let mut kept: Vec<(RecordId, Anchoring)> = Vec::new();
    for (note, anchoring) in placed {
        let subject = Filtered::new(opened.as_ref(), &note, anchoring.anchor.status());
        if filter.is_none_or(|filter| filter.matches(&subject)) {
            kept.push((note.id, anchoring));
        }
    }
    let ids: Vec<RecordId> = kept.iter().map(|(id, _)| *id).collect();
    let notes: Vec<Noted> = ledger
        .signed(&ids)?
        .into_iter()
        .zip(kept)
        .map(|(signed, (_, anchoring))| Noted {
            signed,
            anchoring,
            links: Vec::new(),
        })
        .collect();
    if notes.is_empty() {
        return Ok(None);
    }
    let document = opened.map(|opened| opened.document);
    let name = || {
        Path::new(&locator)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let title = document
        .as_ref()
        .map(|document| document.title().to_owned())
        .or_else(name)
        .unwrap_or_else(|| locator.clone());
    Ok(Some(Page {
        locator,
        title,
        document,
        notes,
    }))
}

/// Puts each link to the note it starts at.
fn link(pages: &mut [Page], links: &[Link]) {
    let uids: Vec<_> = pages
        .iter()
        .flat_map(|page| &page.notes)
        .map(|noted| (noted.signed.annotation.id, noted.signed.uid))
        .collect();
    for noted in pages.iter_mut().flat_map(|page| &mut page.notes) {
        let id = noted.signed.annotation.id;
        noted.links = links
            .iter()
            .filter(|link| link.source == id)
            .filter_map(|link| {
                let (_, uid) = uids.iter().find(|(id, _)| *id == link.target)?;
                Some((link.kind, *uid))
            })
            .collect();
    }
}

fn one_file(
    format: Format,
    sheets: &[Sheet<'_>],
    out: Option<&Path>,
    names: &Lists,
) -> Result<(), Failure> {
    let now = clock::now();
    let json = |value: &Value| -> Result<(), Failure> {
        match out {
            None => {
                let mut out = Out::new();
                out.json(value)?;
                out.flush()
            }
            Some(path) => {
                let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
                write_new(path, text.as_bytes())
            }
        }
    };
    let text = match format {
        Format::WebAnnotation => return json(&export::web::write(sheets, now)),
        Format::Hypothesis => return json(&export::hypothesis::write(sheets, now)),
        Format::Csv => export::csv::write(sheets),
        Format::Markdown | Format::Brat => export::markdown::write(sheets, now),
        Format::Html => sheets
            .first()
            .map_or_else(String::new, |sheet| report(sheet, names)),
    };
    if let Some(path) = out {
        return write_new(path, text.as_bytes());
    }
    let mut out = Out::new();
    // Line ends stay as the format has them.
    for line in text.split_inclusive('\n') {
        let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        out.bytes(sanitise::line(line.trim_end_matches(['\r', '\n'])).as_bytes())?;
        out.bytes(ending.as_bytes())?;
    }
    out.flush()
}

fn each_file(
    format: Format,
    sheets: &[Sheet<'_>],
    folder: &Path,
    names: &Lists,
) -> Result<(), Failure> {
    let mut taken: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = file_name(sheet, &mut taken);
        let path = |ending: &str| folder.join(format!("{name}.{ending}"));
        match format {
            Format::Brat => match export::brat::write(sheet) {
                Some(standoff) => {
                    write_new(&path("txt"), standoff.text.as_bytes())?;
                    write_new(&path("ann"), standoff.annotations.as_bytes())?;
                }
                None => say(&format!(
                    "`{}` is no longer there and was left out",
                    sheet.locator
                )),
            },
            Format::Html => write_new(&path("html"), report(sheet, names).as_bytes())?,
            Format::Markdown | Format::WebAnnotation | Format::Hypothesis | Format::Csv => {
                let page = export::markdown::write(std::slice::from_ref(sheet), clock::now());
                write_new(&path("md"), page.as_bytes())?;
            }
        }
    }
    Ok(())
}

fn report(sheet: &Sheet<'_>, names: &Lists) -> String {
    let analysis = sheet
        .document
        .map(|document| analyse_naming(document, &[], names));
    export::html::write(sheet, analysis.as_ref())
}

/// The document's file name without its ending, with a number where it is taken.
fn file_name(sheet: &Sheet<'_>, taken: &mut Vec<String>) -> String {
    let last = sheet
        .locator
        .rsplit(['/', '\\', ':'])
        .next()
        .unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let stem = if plain.trim_matches(['.', ' ']).is_empty() {
        "document".to_owned()
    } else {
        plain
    };
    let mut name = stem.clone();
    for n in 2.. {
        if !taken.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            break;
        }
        name = format!("{stem}-{n}");
    }
    taken.push(name.clone());
    name
}

/// Writes a file that is not there yet: an export replaces nothing, least of all a document.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let fail = |source| Failure::NotWritten {
        path: path.to_owned(),
        source,
    };
    let mut file = std::fs::File::create_new(path).map_err(fail)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(fail)
}
