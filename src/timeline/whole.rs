//! The timeline over real libraries, analysed as the program does: the samples, and other people's documents where they are at hand.

use crate::document::{Document, Published, PublishedFrom};
use crate::import::{self, Import};
use crate::library::{analyse, samples};

use super::{Row, Zoom, row_label, rows};

fn document(locator: &str, bytes: &[u8], published: Option<&str>) -> Document {
    let mut document = match import::import(locator, bytes) {
        Import::Document(imported) => imported.document,
        Import::Skipped(skip) => panic!("{locator} is no document: {skip:?}"),
    };
    if let Some(day) = published {
        document.meta.published = Some(Published {
            date: day.parse().unwrap(),
            from: PublishedFrom::User,
            at: document
                .meta
                .published
                .as_ref()
                .and_then(|published| published.at),
        });
    }
    document
}

/// The rows of a library, each shown with its sources' labels where a test fails.
fn timeline(documents: &[Document]) -> Vec<Row> {
    let events = documents
        .iter()
        .flat_map(|document| analyse(document).events);
    let rows = rows(events.collect());
    for row in &rows {
        eprintln!("{}", line(row));
        for source in &row.sources {
            eprintln!("      {}", source.label);
        }
    }
    rows
}

fn line(row: &Row) -> String {
    let mark = if row.conflict { "!" } else { "" };
    format!(
        "{mark}{}: {}",
        row_label(row, Zoom::Year),
        row.sources.len()
    )
}

fn conflicts(rows: &[Row]) -> Vec<String> {
    rows.iter().filter(|row| row.conflict).map(line).collect()
}

#[test]
fn the_samples_have_one_conflict() {
    let documents: Vec<Document> = samples::SAMPLES
        .iter()
        .map(|sample| document(sample.name, sample.bytes, None))
        .collect();
    let rows = timeline(&documents);
    assert_eq!(conflicts(&rows), ["!25|26 Oct 2023: 3"]);
    // The visit: two briefs, the editorial's mid-October and the table of the background paper.
    let visit = rows
        .iter()
        .map(line)
        .find(|line| line.starts_with("18 Oct"));
    assert_eq!(visit.as_deref(), Some("18 Oct 2023: 4"));
}

#[test]
fn other_documents_have_one_conflict_too() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: {folder} is absent");
        return;
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let documents: Vec<Document> = paths
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let published = match name.get(..3) {
                Some("000") => Some("2023-11-05"),
                Some("001") => Some("2023-10-25"),
                Some("002") => Some("2024-06-25"),
                _ => None,
            };
            document(&name, &std::fs::read(path).unwrap(), published)
        })
        .collect();
    let rows = timeline(&documents);
    assert_eq!(conflicts(&rows), ["!25|26 Oct 2023: 3"]);
    // "mid-October" in one, "October 18" in another.
    assert!(rows.iter().any(|row| line(row) == "18 Oct 2023: 2"));
}
