//! The `postil` binary: hands the command line to [`postil::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    postil::cli::run(std::env::args_os())
}
