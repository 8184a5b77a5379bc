//! The command line as a whole: what there is to type, and its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::analyze::AnalyzeArgs;
use super::backup::BackupArgs;
use super::bookmark::BookmarkCommand;
use super::collection::CollectionCommand;
use super::compare::CompareArgs;
use super::doctor::DoctorArgs;
use super::entities::EntitiesArgs;
use super::export::ExportArgs;
use super::history::HistoryArgs;
use super::import::ImportArgs;
use super::list::ListArgs;
use super::log::LogArgs;
use super::manual::{CompletionsArgs, ManArgs};
use super::note::NoteCommand;
use super::quotes::QuotesArgs;
use super::reuse::ReuseArgs;
use super::show::ShowArgs;
use super::tags::TagsArgs;
use super::timeline::TimelineArgs;
use super::trace::TraceArgs;

/// A terminal reading room for official statements and the news about them
///
/// Without a command it opens the screen on the files and folders named, on the current collection if none is, and on a sample library the first time. `-` is standard input. A
/// folder that is named like a command is written ./list.
#[derive(Debug, Parser)]
#[command(name = "postil", version, after_help = AFTER, after_long_help = AFTER_LONG, max_term_width = 100)]
pub(super) struct Cli {
    /// Files and folders to read
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The store to use instead of the one in the data folder
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) library: Option<PathBuf>,
    /// The theme of the screen: paper, ink, terminal, mono, or the name of your own
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// Draw the screen with ASCII symbols alone
    #[arg(long)]
    pub(super) ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub(super) no_mouse: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The commands without a screen.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List documents with date, title and publisher
    #[command(
        after_help = "Exit codes: 0 done, 1 something could not be read and was named, 2 wrong use.\n\nExamples:\n  postil list statements/ --sort title\n  postil list --where 'in:statement since:2023-10' --json"
    )]
    List(ListArgs),
    /// Print one document as text
    #[command(
        after_help = "Exit codes: 0 done, 1 the notes could not be read, 2 no such document, or several.\n\nExamples:\n  postil show talks.md --width 60\n  postil show 'joint statement' --in statements/"
    )]
    Show(ShowArgs),
    /// List who and what is named, or all about one of them
    #[command(
        after_help = "The list has mentions, documents, type, name, other names. A name is matched as shown, as written somewhere, or by one of its words; an id as --json gives it.\n\nDecisions, one a line: merge ID into ID, split ID, distinct ID from ID, part ID in DOCUMENT, part ID [in DOCUMENT] written NAME, rename ID to NAME, retype ID to person|organisation|place, hide ID.\n\nExit codes: 0 done, 1 something could not be read and was named, 2 wrong use, no such name, or a line that is no decision.\n\nExamples:\n  postil entities statements/\n  postil entities 'Sergei Lavrov' --in statements/\n  postil entities --json | head\n  postil entities --export decisions.txt\n  echo 'hide monday' | postil entities --import -"
    )]
    Entities(EntitiesArgs),
    /// List dated passages in the order of time; `!` marks dates the documents disagree on
    #[command(
        after_help = "Exit codes: 0 done, 1 something could not be read and was named, 2 wrong use or no such date.\n\nExamples:\n  postil timeline statements/\n  postil timeline --range 2023-09..2023-11 --json"
    )]
    Timeline(TimelineArgs),
    /// List quotations with their speakers, and the turns of transcripts
    #[command(
        after_help = "Exit codes: 0 done, 1 something could not be read and was named, or that speaker is not quoted, 2 wrong use.\n\nExamples:\n  postil quotes statements/\n  postil quotes --speaker ministers --json"
    )]
    Quotes(QuotesArgs),
    /// Link the quotations of a document to their sources, and tell what was changed
    #[command(
        after_help = "Classes: verbatim, typographic (marks, case), ellipsis (left out openly), cut (ends early), altered, rewritten; or no source found.\n\nExit codes: 0 done, 1 an altered quotation was found, 2 wrong use or no such document.\n\nExamples:\n  postil trace news/report.md --in statements/\n  postil trace 'price paid' --json"
    )]
    Trace(TraceArgs),
    /// Find passages that stand in two documents, word for word or changed
    #[command(
        after_help = "Exit codes: 0 done, 1 something could not be read and was named, 2 wrong use.\n\nExamples:\n  postil reuse statements/ news/\n  postil reuse --json"
    )]
    Reuse(ReuseArgs),
    /// Show what changed from one document to another, sentence by sentence, word by word
    #[command(
        after_help = "`~` changed, `>` moved, `-` dropped, `+` new; words deleted stand in [-…-], words inserted in {+…+}, on a terminal in colour.\n\nExit codes: 0 done, 2 wrong use or no such document.\n\nExamples:\n  postil compare may.txt june.txt\n  postil compare may.txt june.txt --html > redline.html"
    )]
    Compare(CompareArgs),
    /// Follow a phrase over a series of documents: first seen, changed to, dropped
    #[command(
        after_help = "Documents in which nothing happens to the phrase are left out; --json has them all. Without a day a document begins and ends nothing.\n\nExit codes: 0 done, 1 something could not be read and was named, or no document has the phrase, 2 wrong use.\n\nExamples:\n  postil history 'with patience' statements/\n  postil history 'risks are balanced' --json\n  postil history 'risks are balanced' --input jsonl statements.jsonl"
    )]
    History(HistoryArgs),
    /// Find names, dates, quotations and events: one JSON object a document
    #[command(
        after_help = "Offsets are Unicode code points, the end not included. Output is in the order of the input, a line at a time, whatever --jobs says.\n\nExit codes: 0 done, 1 some documents gave an object with \"error\", 2 wrong use.\n\nExamples:\n  postil analyze statements/ > found.jsonl\n  postil analyze --input jsonl --jobs 4 - < documents.jsonl\n  postil analyze --published 2023-10-30 - < editorial.txt"
    )]
    Analyze(AnalyzeArgs),
    /// Write, list and change notes on passages
    #[command(
        subcommand,
        after_help = "Exit codes: 0 done, 1 `list` found notes that are ambiguous, probable or lost, 2 wrong use or the store cannot be used.\n\nExamples:\n  postil note add talks.md --at 120:164 --text 'compare with May' --tag grain\n  postil note list 'tag:grain -tag:done'\n  postil note tag 3 +checked -grain"
    )]
    Note(NoteCommand),
    /// Name places, list and remove the names
    #[command(
        subcommand,
        after_help = "Exit codes: 0 done, 1 `list` found bookmarks that are ambiguous, probable or lost, 2 wrong use or the store cannot be used.\n\nExamples:\n  postil bookmark add talks.md 'the offer' --at 120\n  postil bookmark list"
    )]
    Bookmark(BookmarkCommand),
    /// Name sets of folders and files
    #[command(
        subcommand,
        after_help = "Exit codes: 0 done, 2 wrong use or the store cannot be used.\n\nExamples:\n  postil collection add grain statements/ news/grain.md\n  postil collection use grain"
    )]
    Collection(CollectionCommand),
    /// List tags with what they mean; describe, rename, control and exchange them
    #[command(
        after_help = "The list has how many notes have the tag, `!` before a controlled one, its name and what it means. Where any tag is controlled, the screen asks about one that is not. A file of tags has a line for each: `name; controlled; what it means`.\n\nExit codes: 0 done, 2 wrong use, no such tag, or a line of a file that is no tag.\n\nExamples:\n  postil tags\n  postil tags describe sanctions 'measures against a state, a firm or a person'\n  postil tags control sanctions talks\n  postil tags rename arms weapons\n  postil tags --export tags.txt"
    )]
    Tags(TagsArgs),
    /// Write notes in the formats of other programs
    #[command(
        after_help = "An export never replaces a file. Notes whose words have no certain place are exported with the words they were made on, except to brat.\n\nExit codes: 0 done, 1 some notes are ambiguous, probable or lost, 2 wrong use or a file cannot be written.\n\nExamples:\n  postil export --format web-annotation --out notes.jsonld\n  postil export statements/ --format csv --where 'tag:arms' > notes.csv\n  postil export --format html --out reports/"
    )]
    Export(ExportArgs),
    /// Bring in annotations of other programs
    #[command(
        after_help = "The words of each annotation are looked for in its document; what does not stand there for certain is named and comes in as ambiguous, probable or lost, to be decided about on the screen (`gr`). What says its place in a way that is not understood is named and left out; understood are words, positions, `char=` fragments and ranges of words. A note on a document as a whole stands at its title. The same file can be brought in twice: nothing is added again. Links between notes come in with Web Annotations and brat. `--undo` takes the last import back: what was changed, linked or decided since stays and is named.\n\nExit codes: 0 done, 1 something was left out, has no certain place or stays, and was named, 2 wrong use or a file cannot be read.\n\nExamples:\n  postil import-notes notes.jsonld --in statements/\n  postil import-notes talks.ann --in talks.txt\n  postil import-notes --undo"
    )]
    ImportNotes(ImportArgs),
    /// Show every change to what you wrote, with before and after
    #[command(
        after_help = "What was done as one (an import, many notes at once) stands under a line of its own. `--undo N` takes back the change N, or all of the step it belongs to; that is a change again and can be taken back.\n\nExit codes: 0 done, 1 something stays because it was changed since, 2 the store cannot be used.\n\nExamples:\n  postil log --last 20\n  postil log --undo 57\n  postil log 3 --kind annotation --json"
    )]
    Log(LogArgs),
    /// Copy the store to a new file, also while it is in use
    #[command(
        after_help = "Exit codes: 0 done, 2 the store cannot be read or the file is there already.\n\nExample:\n  postil backup notes-2026.db"
    )]
    Backup(BackupArgs),
    /// Check the store, repair what can be repaired
    #[command(
        after_help = "Exit codes: 0 nothing is wrong, 1 something was found (repaired or not), 2 the store cannot be opened."
    )]
    Doctor(DoctorArgs),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  postil completions bash > ~/.local/share/bash-completion/completions/postil"
    )]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(
        after_help = "Examples:\n  postil man | man -l -\n  postil man analyze > postil-analyze.1"
    )]
    Man(ManArgs),
}

const AFTER: &str = "Examples:
  postil statements/                 read the documents of a folder
  postil list statements/ --json     the same as a list for programs
  postil analyze - < report.txt      what stands in a text

Exit codes: 0 done, 1 done but something was missing or did not match, 2 wrong use or input.
`postil --help` tells of the environment and the files used; `postil COMMAND --help` of a command.";

const AFTER_LONG: &str = "Examples:
  postil                             the collection read last, or the sample library
  postil statements/                 read the documents of a folder
  curl -s URL | postil -             read standard input; keys come from the terminal
  postil list statements/ --json     the documents, one JSON object a line
  postil show 'joint statement'      one document as text
  postil timeline --range 2023-10    what happened in October 2023
  postil analyze - < report.txt      what stands in a text

Exit codes:
  0  done
  1  done, but something was found missing or did not match; each command's help says what
  2  wrong use or input; the message names the thing, the rule and the next step

Environment:
  POSTIL_LIBRARY   the store to use, as --library
  NO_COLOR         if set and not empty, the screen has no colours
  VISUAL, EDITOR   the editor that notes and documents are opened in
  HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME
                   where the folders below lie

Files:
  DATA/postil/postil.db          what you wrote: notes, bookmarks, places, dates set by hand
  CACHE/postil/catalogue.db      what was derived; may be deleted at any time
  CONFIG/postil/                 settings, keys and themes
  DATA, CACHE and CONFIG are ~/.local/share, ~/.cache and ~/.config, or the platform's own.
  Documents are never written to, and nothing is sent anywhere.";
