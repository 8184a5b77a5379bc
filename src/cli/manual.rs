//! `postil completions` and `postil man`: made from the same definition as the command line.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::args::Cli;
use super::failure::{Failure, Outcome};
use super::out::Out;

/// What `completions` takes.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// What `man` takes.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command to print the page of; without one that of postil
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "postil", &mut script);
    put(&script)
}

/// Prints a manual page.
pub(super) fn man(args: &ManArgs) -> Result<Outcome, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let command = match &args.command {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).cloned();
            let names: Vec<&str> = whole
                .get_subcommands()
                .map(clap::Command::get_name)
                .collect();
            found.ok_or_else(|| Failure::Word {
                what: "command",
                word: name.clone(),
                choices: format!("one of {}", names.join(", ")),
            })?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(Failure::Output)?;
    put(&page)
}

fn put(bytes: &[u8]) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    out.bytes(bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}
