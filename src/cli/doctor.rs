//! `postil doctor`: checks the store, repairs what can be made again, says what remains.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out};
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::store::doctor;

/// What `doctor` takes.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ReportRecord<'a> {
    path: &'a str,
    annotations: u32,
    bookmarks: u32,
    documents: u32,
    salvaged: Option<SalvagedRecord<'a>>,
    findings: Vec<FindingRecord<'a>>,
}

#[derive(Serialize)]
struct SalvagedRecord<'a> {
    path: String,
    rows: BTreeMap<&'a str, u32>,
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    what: &'a str,
    repaired: bool,
    advice: Option<&'a str>,
}

/// Prints the report.
pub(super) fn run(args: &DoctorArgs, places: &Paths) -> Result<Outcome, Failure> {
    let report = doctor::doctor(&places.store, clock::now())?;
    let path = places.store.to_string_lossy();
    let findings: Vec<FindingRecord<'_>> = report
        .findings
        .iter()
        .map(|finding| FindingRecord {
            what: &finding.what,
            repaired: finding.outcome == doctor::Outcome::Repaired,
            advice: match &finding.outcome {
                doctor::Outcome::Repaired => None,
                doctor::Outcome::Remains { advice } => Some(advice),
            },
        })
        .collect();
    let n_found = findings.len();
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => out.json(&ReportRecord {
            path: &path,
            annotations: report.n_annotations,
            bookmarks: report.n_bookmarks,
            documents: report.n_documents,
            salvaged: report.salvaged.as_ref().map(|salvaged| SalvagedRecord {
                path: salvaged.path.to_string_lossy().into_owned(),
                rows: salvaged
                    .rows
                    .iter()
                    .map(|(table, n)| (table.as_str(), *n))
                    .collect(),
            }),
            findings,
        })?,
        Form::People => {
            out.text(&path)?;
            let (notes, bookmarks) = (report.n_annotations, report.n_bookmarks);
            out.text(&format!(
                "{}, {}, {}",
                counted(notes, "note or highlight", "notes and highlights"),
                counted(bookmarks, "bookmark", "bookmarks"),
                counted(report.n_documents, "document", "documents")
            ))?;
            for finding in &findings {
                match finding.advice {
                    None => out.text(&format!("repaired: {}", finding.what))?,
                    Some(advice) => out.text(&format!("! {}; {advice}", finding.what))?,
                }
            }
            if let Some(salvaged) = &report.salvaged {
                let rows = salvaged.rows.iter();
                let rows = rows.map(|(table, n)| format!("{n} in {table}"));
                out.text(&format!(
                    "what can be read was copied to {}: {}; the damaged file is as it was",
                    salvaged.path.display(),
                    rows.collect::<Vec<_>>().join(", ")
                ))?;
            }
            if findings.is_empty() {
                out.text("nothing is wrong")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::of_count(n_found))
}

fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
