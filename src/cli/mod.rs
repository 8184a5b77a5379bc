//! What each command does.
//!
//! In: the command line, standard input, files. Out: standard output for what was asked, standard error for what went wrong, and the exit code (0 done, 1 something was found missing or
//! wrong, 2 wrong use or input). `args` is the command line as a whole; each command has a file with its arguments and its `run`. What is printed goes through
//! `out`: sanitised for people, escaped for programs. The screen is opened by [`open`]; nothing of it is here.

mod analyze;
mod args;
mod backup;
mod bookmark;
mod collection;
mod compare;
mod described;
mod doctor;
mod entities;
mod export;
mod failure;
mod flow;
mod history;
mod import;
mod json;
mod kept;
mod ledger;
mod list;
mod list_file;
mod log;
mod manual;
mod named;
mod note;
pub mod open;
mod out;
mod passage;
mod pick;
mod points;
mod quotes;
mod reuse;
mod room;
mod show;
mod standing;
mod tags;
mod takeback;
mod timeline;
mod trace;
mod traced;

pub use failure::{Failure, Outcome};

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::app::settings::Toggle;
use crate::runtime::paths::Paths;
use crate::runtime::screen::Options;
use args::{Cli, Command};

/// Runs the program with these arguments, its own name first, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let done = match Cli::try_parse_from(arguments) {
        Ok(cli) => dispatch(cli),
        Err(error) => return usage(&error),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            out::say(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

/// Help is our own text; an error repeats what was typed.
fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            error.print().ok();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            error.print().ok();
            ExitCode::from(2)
        }
        _ => {
            let message = error.render().to_string();
            let message = message.strip_prefix("error: ").unwrap_or(&message);
            out::say(message.trim_end());
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> Result<Outcome, Failure> {
    let Cli {
        paths,
        library,
        theme,
        ascii,
        no_mouse,
        command,
    } = cli;
    let Some(command) = command else {
        return open::open(&Options {
            paths,
            library,
            theme,
            mouse: no_mouse.then_some(Toggle::Off),
            ascii: ascii.then_some(Toggle::On),
        });
    };
    let places = || Paths::find(library.clone());
    match &command {
        Command::List(args) => list::run(args, &places()?),
        Command::Show(args) => show::run(args, &places()?),
        Command::Entities(args) => entities::run(args, &places()?),
        Command::Timeline(args) => timeline::run(args, &places()?),
        Command::Quotes(args) => quotes::run(args, &places()?),
        Command::Trace(args) => trace::run(args, &places()?),
        Command::Reuse(args) => reuse::run(args, &places()?),
        Command::History(args) => history::run(args, &places()?),
        Command::Compare(args) => compare::run(args, &places()?),
        Command::Analyze(args) => analyze::run(args),
        Command::Note(command) => note::run(command, &places()?),
        Command::Bookmark(command) => bookmark::run(command, &places()?),
        Command::Collection(command) => collection::run(command, &places()?),
        Command::Tags(args) => tags::run(args, &places()?),
        Command::Export(args) => export::run(args, &places()?),
        Command::ImportNotes(args) => import::run(args, &places()?),
        Command::Log(args) => log::run(args, &places()?),
        Command::Backup(args) => backup::run(args, &places()?),
        Command::Doctor(args) => doctor::run(args, &places()?),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args),
    }
}
