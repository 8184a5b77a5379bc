//! `postil note list`: notes, each with where its words stand now.

use std::path::PathBuf;

use clap::Args;

use super::super::failure::{Failure, Outcome};
use super::super::kept::{Leaf, Reading, leaves};
use super::super::ledger::Ledger;
use super::super::out::{Form, Out};
use super::super::room::Opened;
use super::NoteRecord;
use crate::annotation::Annotation;
use crate::document::{DocKind, Interval};
use crate::runtime::paths::Paths;
use crate::search::query::{Filter, Subject};
use crate::store::Store;

/// What `note list` takes.
#[derive(Debug, Args)]
pub(in super::super) struct ListArgs {
    /// Only notes on these files and folders; without any all notes of the store
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Only notes that match: words of the note, its passage or title, tag:NAME, colour:green, by:NAME, since:2023-10, -WORD
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
}

/// A note as `--where` looks at it.
struct Noted<'a> {
    opened: Option<&'a Opened>,
    note: &'a Annotation,
    /// The note and the passage.
    words: String,
}

impl Subject for Noted<'_> {
    fn title(&self) -> &str {
        self.opened.map_or("", |opened| opened.document.title())
    }

    fn publisher(&self) -> Option<&str> {
        self.opened?.document.meta.publisher.as_deref()
    }

    fn authors(&self) -> &[String] {
        self.opened
            .map_or(&[], |opened| &opened.document.meta.authors)
    }

    fn text(&self) -> Option<&str> {
        Some(&self.words)
    }

    fn tags(&self) -> &[String] {
        &self.note.body.tags
    }

    fn colour(&self) -> Option<&str> {
        Some(self.note.body.colour.as_str())
    }

    fn kind(&self) -> Option<DocKind> {
        self.opened.map(|opened| opened.document.meta.kind)
    }

    fn date(&self) -> Option<Interval> {
        let published = self.opened?.document.meta.published.as_ref()?;
        Some(published.date.interval())
    }
}

/// Prints the notes, by document and in text order.
pub(super) fn run(args: &ListArgs, places: &Paths) -> Result<Outcome, Failure> {
    let filter = args.filter.as_deref().map(Filter::parse).transpose()?;
    let form = Form::of_flag(args.json);
    let mut out = Out::new();
    let reading = Reading {
        of: Ledger::notes_of,
        all: Store::all_annotations,
    };
    let mut n_uncertain = 0;
    let outcome = leaves(&args.paths, places, &reading, |leaf, ledger| {
        let Leaf {
            locator,
            opened,
            records,
        } = leaf;
        let mut n_shown = 0;
        for note in records {
            let subject = Noted {
                opened: opened.as_ref(),
                words: format!("{}\n{}", note.body.note, note.target.quote.exact),
                note: &note,
            };
            if filter
                .as_ref()
                .is_some_and(|filter| !filter.matches(&subject))
            {
                continue;
            }
            let document = opened.as_ref().map(|opened| &opened.document);
            let record = NoteRecord::new(note, &locator, document, ledger)?;
            n_uncertain += usize::from(!record.standing.is_certain());
            match form {
                Form::Json => out.json(&record)?,
                Form::People => {
                    if n_shown == 0 {
                        let title = document.map_or("(not there)", |document| document.title());
                        out.text(&format!("{title}\n{locator}"))?;
                    }
                    record.people(&mut out)?;
                }
            }
            n_shown += 1;
        }
        if n_shown > 0 && form == Form::People {
            out.text("")?;
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome.and(Outcome::of_count(n_uncertain)))
}
