//! Notes on their way out: pages of what was written, and the files they become. A file is made anew or not at all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::FileTrouble;
use crate::annotation::{Anchoring, Annotation, Link, RecordId, Signed, Uid};
use crate::document::Document;
use crate::export::{self, Format, Noted, Sheet};
use crate::language::entities::Lists;
use crate::library::analyse_naming;

/// A document with what was written on it.
#[derive(Debug)]
pub struct Page {
    locator: String,
    title: String,
    document: Option<Document>,
    notes: Vec<Noted>,
}

impl Page {
    /// The page of a document; none if nothing was written. Of `signed` those are taken that `placed` has, in its order.
    pub fn new(
        locator: &str,
        document: Option<Document>,
        placed: Vec<(Annotation, Anchoring)>,
        signed: Vec<Signed>,
    ) -> Option<Self> {
        let mut signed: HashMap<RecordId, Signed> = signed
            .into_iter()
            .map(|signed| (signed.annotation.id, signed))
            .collect();
        let notes: Vec<Noted> = placed
            .into_iter()
            .filter_map(|(note, anchoring)| {
                Some(Noted {
                    signed: signed.remove(&note.id)?,
                    anchoring,
                    links: Vec::new(),
                })
            })
            .collect();
        (!notes.is_empty()).then(|| Self::with(locator, document, notes))
    }

    /// The page of a document nothing was written on; for reports.
    pub fn bare(locator: &str, document: Document) -> Self {
        Self::with(locator, Some(document), Vec::new())
    }

    fn with(locator: &str, document: Option<Document>, notes: Vec<Noted>) -> Self {
        let name = || {
            Path::new(locator)
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let title = document
            .as_ref()
            .map(|document| document.title().to_owned())
            .or_else(name)
            .unwrap_or_else(|| locator.to_owned());
        Self {
            locator: locator.to_owned(),
            title,
            document,
            notes,
        }
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where the document lies.
    pub fn locator(&self) -> &str {
        &self.locator
    }

    /// As the formats want it.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet {
            locator: &self.locator,
            title: &self.title,
            document: self.document.as_ref(),
            notes: self.notes.clone(),
        }
    }

    /// Notes whose place is for the reader to decide.
    pub fn n_uncertain(&self) -> usize {
        let uncertain = |noted: &&Noted| !noted.is_certain();
        self.notes.iter().filter(uncertain).count()
    }

    /// Notes on it.
    pub fn n_notes(&self) -> usize {
        self.notes.len()
    }
}

/// Puts each link to the note it starts at, where the note it leads to goes out as well. Gives how many links stay behind.
pub fn link(pages: &mut [Page], links: &[Link]) -> usize {
    let uids: HashMap<RecordId, Uid> = pages
        .iter()
        .flat_map(|page| &page.notes)
        .map(|noted| (noted.signed.annotation.id, noted.signed.uid))
        .collect();
    let mut starting: HashMap<RecordId, Vec<&Link>> = HashMap::new();
    for link in links {
        starting.entry(link.source).or_default().push(link);
    }
    let mut n_behind = 0;
    for noted in pages.iter_mut().flat_map(|page| &mut page.notes) {
        for link in starting
            .get(&noted.signed.annotation.id)
            .into_iter()
            .flatten()
        {
            match uids.get(&link.target) {
                Some(uid) => noted.links.push((link.kind, *uid)),
                None => n_behind += 1,
            }
        }
    }
    n_behind
}

/// What writing left out.
#[derive(Debug, Default)]
pub struct Written {
    /// Documents that are no longer there and without whose text the format says nothing.
    pub gone: Vec<String>,
    /// Links that the format has no place for.
    pub n_links_lost: usize,
}

/// Whether notes go to a folder: it is one, or is named as one, with a slash at its end.
pub fn is_folder(to: &Path) -> bool {
    to.is_dir() || to.to_string_lossy().ends_with(std::path::is_separator)
}

/// Writes all notes to a file that is not there yet, or where `to` is a folder one for each document of the formats that are so. A folder named with a slash at its end is made.
pub fn write(
    format: Format,
    sheets: &[Sheet<'_>],
    to: &Path,
    names: &Lists,
    now: Timestamp,
) -> Result<Written, FileTrouble> {
    let needs = FileTrouble::NeedsFolder {
        format: format.as_str(),
        n_documents: sheets.len(),
    };
    let folder = is_folder(to);
    let is_each = matches!(format, Format::Brat | Format::Html | Format::Markdown);
    if folder && is_each && !to.is_dir() {
        std::fs::create_dir(to).map_err(|source| FileTrouble::NotWritten {
            path: to.to_owned(),
            source,
        })?;
    }
    match format {
        Format::Brat if !folder => Err(needs),
        Format::Html if !folder && sheets.len() > 1 => Err(needs),
        Format::Html if sheets.is_empty() => Err(FileTrouble::NoDocument),
        Format::WebAnnotation | Format::Hypothesis | Format::Csv if folder => {
            Err(FileTrouble::NeedsFile {
                format: format.as_str(),
                path: to.to_owned(),
            })
        }
        Format::Brat | Format::Html | Format::Markdown if folder => {
            each_file(format, sheets, to, names, now)
        }
        Format::WebAnnotation
        | Format::Hypothesis
        | Format::Csv
        | Format::Markdown
        | Format::Brat
        | Format::Html => {
            write_new(to, text(format, sheets, names, now).as_bytes())?;
            Ok(Written {
                gone: Vec::new(),
                n_links_lost: n_links_lost(format, sheets),
            })
        }
    }
}

/// All notes as one text.
pub fn text(format: Format, sheets: &[Sheet<'_>], names: &Lists, now: Timestamp) -> String {
    let pretty = |value| serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
    match format {
        Format::WebAnnotation => pretty(export::web::write(sheets, now)),
        Format::Hypothesis => pretty(export::hypothesis::write(sheets, now)),
        Format::Csv => export::csv::write(sheets),
        Format::Markdown | Format::Brat => export::markdown::write(sheets, now),
        Format::Html => sheets
            .first()
            .map_or_else(String::new, |sheet| report(sheet, names)),
    }
}

/// Links that do not go out in this format.
pub fn n_links_lost(format: Format, sheets: &[Sheet<'_>]) -> usize {
    let notes = |sheet: &Sheet<'_>| -> usize { sheet.notes.iter().map(|n| n.links.len()).sum() };
    match format {
        Format::WebAnnotation => 0,
        Format::Brat | Format::Html => {
            let across = |sheet: &Sheet<'_>| {
                let here = |uid: &Uid| sheet.notes.iter().any(|noted| noted.signed.uid == *uid);
                let links = sheet.notes.iter().flat_map(|noted| &noted.links);
                links.filter(|(_, uid)| !here(uid)).count()
            };
            sheets.iter().map(across).sum()
        }
        Format::Hypothesis | Format::Csv | Format::Markdown => sheets.iter().map(notes).sum(),
    }
}

fn each_file(
    format: Format,
    sheets: &[Sheet<'_>],
    folder: &Path,
    names: &Lists,
    now: Timestamp,
) -> Result<Written, FileTrouble> {
    let mut taken: Vec<String> = Vec::new();
    let mut written = Written {
        gone: Vec::new(),
        n_links_lost: n_links_lost(format, sheets),
    };
    for sheet in sheets {
        let name = file_name(sheet, &mut taken);
        let path = |ending: &str| -> PathBuf { folder.join(format!("{name}.{ending}")) };
        match format {
            Format::Brat => match export::brat::write(sheet) {
                Some(standoff) => {
                    write_new(&path("txt"), standoff.text.as_bytes())?;
                    write_new(&path("ann"), standoff.annotations.as_bytes())?;
                }
                None => written.gone.push(sheet.locator.to_owned()),
            },
            Format::Html => write_new(&path("html"), report(sheet, names).as_bytes())?,
            Format::Markdown | Format::WebAnnotation | Format::Hypothesis | Format::Csv => {
                let page = export::markdown::write(std::slice::from_ref(sheet), now);
                write_new(&path("md"), page.as_bytes())?;
            }
        }
    }
    Ok(written)
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
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileTrouble> {
    use std::io::Write;
    let fail = |source| FileTrouble::NotWritten {
        path: path.to_owned(),
        source,
    };
    let mut file = std::fs::File::create_new(path).map_err(fail)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file, of a full disk, would pass for a whole one.
        drop(file);
        std::fs::remove_file(path).ok();
    }
    written.map_err(fail)
}
