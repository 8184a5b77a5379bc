//! `postil show`: one document as text.

use clap::Args;
use serde::Serialize;

use super::described::Described;
use super::failure::{Failure, Outcome};
use super::ledger::Ledger;
use super::out::{Form, Out, columns};
use super::pick::DocArgs;
use super::room::Opened;
use crate::app::reflow::{Blanks, Hyphen, Lead, Line, Measure, lay_out};
use crate::document::{BlockKind, Document};
use crate::runtime::paths::Paths;

/// What `show` takes.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    doc: DocArgs,
    /// One JSON object: what `list --json` gives, and the text that all offsets count in
    #[arg(long)]
    json: bool,
    /// Width of the lines, in cells; the terminal's, at most 76, if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(10..))]
    width: Option<u16>,
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    described: Described,
    text: &'a str,
}

/// Prints the document.
pub(super) fn run(args: &ShowArgs, places: &Paths) -> Result<Outcome, Failure> {
    let opened = args.doc.open(places)?;
    let ledger = Ledger::read(&places.store);
    let written = ledger.written(&opened.locator, &opened.document.revision)?;
    let described = Described::new(&opened, &written);
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => out.json(&Shown {
            described,
            text: &opened.document.text,
        })?,
        Form::People => {
            let width = args.width.unwrap_or_else(|| columns().min(76) as u16);
            people(&opened, &described, width, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::of_count(usize::from(ledger.trouble.is_some())))
}

fn people(
    opened: &Opened,
    described: &Described,
    width: u16,
    out: &mut Out,
) -> Result<(), Failure> {
    let document = &opened.document;
    if document.meta.title_at.is_none() {
        out.text(described.shown_title())?;
    }
    let from = document.meta.published.as_ref();
    let from = from.map(|published| format!(" ({})", published.from));
    let mut facts = vec![format!(
        "{}{}",
        described.shown_date(),
        from.unwrap_or_default()
    )];
    facts.extend(described.publisher.clone());
    facts.extend((!described.authors.is_empty()).then(|| described.authors.join(", ")));
    facts.push(format!("{} words", described.words));
    facts.push(described.path.clone());
    out.text(&facts.join(" · "))?;
    for warning in &described.warnings {
        out.text(&format!("! {warning}"))?;
    }
    let measure = Measure {
        width_cells: width,
        ..Measure::default()
    };
    for (index, block) in document.blocks.iter().enumerate() {
        let tight = match block.kind {
            BlockKind::Continuation | BlockKind::TableRow { head: false } => true,
            BlockKind::Paragraph
            | BlockKind::Heading { .. }
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { head: true }
            | BlockKind::Code
            | BlockKind::Rule => false,
        };
        if !tight {
            out.text("")?;
        }
        for line in lay_out(document, index, &measure) {
            out.text(&line_text(document, &line, width))?;
        }
    }
    Ok(())
}

fn line_text(document: &Document, line: &Line, width: u16) -> String {
    let indent = usize::from(line.indent_cells);
    let lead = match line.lead {
        Lead::None => String::new(),
        Lead::Bullet => format!("{:>indent$}", "• "),
        Lead::Number(number) => format!("{:>indent$}", format!("{number}. ")),
        Lead::Bar { depth } => "│ ".repeat(usize::from(depth)),
        Lead::Rule => return "─".repeat(usize::from(width)),
    };
    let text = line.range.of_text(&document.text);
    let text = match line.blanks {
        Blanks::Kept => text.to_owned(),
        Blanks::Collapsed => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let hyphen = match line.hyphen {
        Hyphen::Yes => "-",
        Hyphen::No => "",
    };
    format!("{lead:<indent$}{text}{hyphen}")
}
