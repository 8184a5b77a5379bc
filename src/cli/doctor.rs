//! `postil doctor`: checks the store, repairs what can be made again, says what remains.

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
    findings: Vec<FindingRecord<'a>>,
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
            findings,
        })?,
        Form::People => {
            out.text(&path)?;
            out.text(&format!(
                "{} notes and highlights, {} bookmarks, {} documents",
                report.n_annotations, report.n_bookmarks, report.n_documents
            ))?;
            for finding in &findings {
                match finding.advice {
                    None => out.text(&format!("repaired: {}", finding.what))?,
                    Some(advice) => out.text(&format!("! {}; {advice}", finding.what))?,
                }
            }
            if findings.is_empty() {
                out.text("nothing is wrong")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::of_count(n_found))
}
