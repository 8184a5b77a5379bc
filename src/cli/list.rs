//! `postil list`: the documents, one a line.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::described::{Described, Filtered};
use super::failure::{Failure, Outcome};
use super::named::NamesIn;
use super::out::{Form, Out, columns};
use super::room::{Opened, Room};
use crate::runtime::paths::Paths;
use crate::search::fold::fold;
use crate::search::query::Filter;
use crate::text::sanitise;
use crate::text::width::{shorten, text_cells};

/// What `list` takes.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// The order
    #[arg(long, value_enum, default_value_t)]
    sort: Order,
    /// Only documents that match: words, "a phrase", in:statement, by:NAME, title:WORD, tag:NAME, entity:NAME, since:2023-10, until:2024, -WORD
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// Orders of the list, ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Order {
    /// By publication date, undated documents last
    #[default]
    Date,
    /// By title, whatever its case and accents
    Title,
    /// By path
    Name,
}

/// Prints the list.
pub(super) fn run(args: &ListArgs, places: &Paths) -> Result<Outcome, Failure> {
    let filter = args.filter.as_deref().map(Filter::parse).transpose()?;
    let room = Arc::new(Room::new(&args.paths, places)?);
    let mut documents: Vec<Described> = Vec::new();
    let outcome = room.each(
        move |room, opened| {
            let written = room
                .ledger
                .written(&opened.locator, &opened.document.revision)?;
            let analyse = |opened: &Opened| room.analyse(opened);
            let subject = Filtered {
                opened: &opened,
                tags: &written.tags,
                names: &NamesIn::new(&opened, &analyse),
            };
            let passes = filter
                .as_ref()
                .is_none_or(|filter| filter.matches(&subject));
            Ok(passes.then(|| Described::new(&opened, &written)))
        },
        |described| {
            documents.extend(described);
            Ok(())
        },
    )?;
    sort(&mut documents, args.sort);
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => {
            for document in &documents {
                out.json(document)?;
            }
        }
        Form::People => people(&documents, &mut out)?,
    }
    out.flush()?;
    Ok(outcome)
}

fn sort(documents: &mut [Described], order: Order) {
    match order {
        Order::Date => documents.sort_by_cached_key(|document| {
            let first = document
                .published
                .as_ref()
                .and_then(|date| date.interval().earliest.or(date.interval().latest));
            (
                first.is_none(),
                first,
                fold(document.shown_title()).into_owned(),
            )
        }),
        Order::Title => {
            documents.sort_by_cached_key(|document| fold(document.shown_title()).into_owned());
        }
        Order::Name => documents.sort_by(|a, b| a.path.cmp(&b.path)),
    }
}

/// Date, title, publisher, notes and warnings in columns.
fn people(documents: &[Described], out: &mut Out) -> Result<(), Failure> {
    let dates = documents
        .iter()
        .map(|document| text_cells(document.shown_date()));
    let date_cells = dates.max().unwrap_or(0);
    let marks: Vec<String> = documents.iter().map(marks).collect();
    let mark_cells = marks.iter().map(|mark| text_cells(mark)).max().unwrap_or(0);
    let left = columns().saturating_sub(date_cells + 2 + mark_cells + usize::from(mark_cells > 0));
    let publisher_cells = (left / 4).min(24);
    let title_cells = left.saturating_sub(publisher_cells + 2).max(10);
    for (document, marks) in documents.iter().zip(marks) {
        let title = column(document.shown_title(), title_cells);
        let publisher = column(
            document.publisher.as_deref().unwrap_or_default(),
            publisher_cells,
        );
        let date = column(document.shown_date(), date_cells);
        out.text(format!("{date}  {title}  {publisher} {marks}").trim_end())?;
    }
    Ok(())
}

/// "3 notes", "!" for warnings.
fn marks(document: &Described) -> String {
    let notes = match document.notes {
        0 => String::new(),
        1 => "1 note".to_owned(),
        n => format!("{n} notes"),
    };
    let warning = if document.warnings.is_empty() {
        ""
    } else {
        "!"
    };
    format!("{notes} {warning}").trim().to_owned()
}

/// One line of text in exactly so many cells.
pub(super) fn column(text: &str, cells: usize) -> String {
    let mut text = shorten(&sanitise::line(text), cells);
    let used = text_cells(&text);
    text.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    text
}
