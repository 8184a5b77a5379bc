//! The `postil` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    let paths = std::env::args_os().skip(1).map(Into::into).collect();
    let options = postil::runtime::screen::Options {
        paths,
        ..Default::default()
    };
    match postil::runtime::screen::run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("postil: {error}");
            ExitCode::from(2)
        }
    }
}
