//! `postil compare`: the redline of two documents, for the terminal, as HTML, as JSON.

mod marked;
mod page;
mod record;
mod side;

use std::path::PathBuf;

use clap::Args;

use self::side::{Side, one_line};
use super::failure::{Failure, Outcome};
use super::ledger::Ledger;
use super::out::{Form, Out};
use super::pick::DocArgs;
use crate::language::sentence::sentences;
use crate::runtime::paths::Paths;
use crate::text::TextRange;
use crate::trace::redline::{Joining, Redline, Row, Version, redline};

/// What `compare` takes.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// The older document: a path, an id, a file name or an unambiguous part of a title
    #[arg(value_name = "A")]
    old: String,
    /// The newer document
    #[arg(value_name = "B")]
    new: String,
    /// Where to look for them: files and folders; without any the current collection, else the samples
    #[arg(long = "in", value_name = "PATH")]
    around: Vec<PathBuf>,
    /// One JSON object a sentence, and the summary as the last
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// A page that needs nothing else
    #[arg(long)]
    html: bool,
}

/// Two documents and their redline.
struct Compared {
    old: Side,
    new: Side,
    redline: Redline,
}

/// Prints the redline.
pub(super) fn run(args: &CompareArgs, places: &Paths) -> Result<Outcome, Failure> {
    let open = |wanted: &str| DocArgs::new(wanted.to_owned(), args.around.clone()).open(places);
    let (old, new) = (open(&args.old)?, open(&args.new)?);
    let (of_old, of_new) = (sentences(&old.document), sentences(&new.document));
    let redline = redline(
        Version {
            text: &old.document.text,
            sentences: &of_old,
        },
        Version {
            text: &new.document.text,
            sentences: &of_new,
        },
        Joining::Weak,
    );
    let ledger = Ledger::read(&places.store);
    let compared = Compared {
        old: Side::of(old, &of_old, &ledger)?,
        new: Side::of(new, &of_new, &ledger)?,
        redline,
    };
    let mut out = Out::new();
    if args.html {
        out.bytes(compared.html().as_bytes())?;
    } else {
        match Form::of_flag(args.json) {
            Form::Json => compared.json(&mut out)?,
            Form::People => compared.people(&mut out)?,
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// How a piece of a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Kept,
    Deleted,
    Inserted,
}

impl Compared {
    fn texts(&self) -> (&str, &str) {
        (self.old.text(), self.new.text())
    }

    /// The row as pieces in reading order, one blank for each run of white space; a blank at either end parts a piece from its neighbour.
    fn pieces(&self, row: &Row) -> Vec<(Look, String)> {
        let (old, new) = self.texts();
        let (Some(_), Some(range)) = (row.old, row.new) else {
            let alone = [
                (Look::Deleted, row.old, old),
                (Look::Inserted, row.new, new),
            ];
            return alone
                .into_iter()
                .filter_map(|(look, range, text)| Some((look, flat(range?.of_text(text)))))
                .collect();
        };
        let mut pieces: Vec<(Look, String)> = Vec::new();
        let mut at = range.start;
        for edit in &row.edits {
            let kept = TextRange::new(at, edit.new.start);
            pieces.push((Look::Kept, flat(kept.of_text(new))));
            // What was deleted has lost the blank before it where nothing stands in its place.
            let before = old.get(..edit.old.start as usize).unwrap_or_default();
            let apart = before.ends_with(char::is_whitespace) && !edit.old.is_empty();
            let ends_apart = pieces.iter().any(|(_, text)| !text.is_empty())
                && !pieces.last().is_some_and(|(_, text)| text.ends_with(' '));
            let blank = if apart && ends_apart { " " } else { "" };
            let deleted = format!("{blank}{}", flat(edit.old.of_text(old)));
            let inserted = flat(edit.new.of_text(new));
            let is_word = |end: Option<char>| end.is_some_and(char::is_alphanumeric);
            // A word in place of another does not run into it.
            let blank = if is_word(deleted.chars().next_back()) && is_word(inserted.chars().next())
            {
                " "
            } else {
                ""
            };
            pieces.push((Look::Deleted, deleted));
            pieces.push((Look::Inserted, format!("{blank}{inserted}")));
            at = edit.new.end;
        }
        let rest = TextRange::new(at, range.end);
        pieces.push((Look::Kept, flat(rest.of_text(new))));
        pieces.retain(|(_, text)| !text.is_empty());
        pieces
    }

    /// The two documents, with where a row stands in each.
    fn sides(&self, row: &Row) -> [(&'static str, &Side, Option<TextRange>); 2] {
        [("old", &self.old, row.old), ("new", &self.new, row.new)]
    }

    /// The notes on a row, and who speaks in it, a line each; of a quotation that stands on both sides the newer.
    fn asides(&self, row: &Row) -> Vec<String> {
        let mut asides = Vec::new();
        for (name, side, range) in self.sides(row) {
            for (at, note) in side.notes_on(range) {
                let words = one_line(at.of_text(side.text()));
                let tags: Vec<String> = note
                    .body
                    .tags
                    .iter()
                    .map(|tag| format!(" #{tag}"))
                    .collect();
                let tags = tags.concat();
                let said = one_line(&note.body.note);
                asides.push(format!("note ({name}) on “{words}”: {said}{tags}"));
            }
        }
        let (side, range) = match row.new {
            Some(_) => (&self.new, row.new),
            None => (&self.old, row.old),
        };
        for (at, speaker) in side.quotes_in(range) {
            let words = one_line(at.of_text(side.text()));
            let who = speaker.unwrap_or_else(|| "nobody named".to_owned());
            asides.push(format!("quoted, {who}: “{words}”"));
        }
        asides
    }

    fn headline(&self) -> String {
        let summary = &self.redline.summary;
        let (old, new) = (&self.old, &self.new);
        format!(
            "old  {}\nnew  {}\n{} kept · {} changed · {} moved · {} dropped · {} new · {} words deleted, {} inserted",
            old.named(),
            new.named(),
            summary.kept,
            summary.changed,
            summary.moved,
            summary.dropped,
            summary.new,
            summary.n_deleted,
            summary.n_inserted
        )
    }
}

/// Words in one line, with a blank at either end where there was white space.
fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_whitespace() {
            true if flat.ends_with(' ') => {}
            true => flat.push(' '),
            false => flat.push(letter),
        }
    }
    flat
}
