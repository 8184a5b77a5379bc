//! Other programs: the shell, the editor, whatever opens links.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::source::{Sources, path_of};
use super::terminal::Screen;
use crate::document::Document;
use crate::library::samples::SCHEME;

/// Stops the process as Ctrl-Z does, until the shell continues it.
pub(super) fn suspend() {
    drop(signal_hook::low_level::emulate_default_handler(
        signal_hook::consts::SIGTSTP,
    ));
}

/// The editor's command: `$VISUAL`, else `$EDITOR`, else `vi`.
fn editor() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|command| !command.trim().is_empty());
    named
        .unwrap_or_else(|| "vi".to_owned())
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Runs the editor on a file with the terminal to itself; the inner error is for the reader.
fn edit(screen: &mut Screen, arguments: &[OsString]) -> io::Result<Result<(), String>> {
    let command = editor();
    let Some((program, first)) = command.split_first() else {
        return Ok(Err("no editor is set; set EDITOR".to_owned()));
    };
    screen.leave();
    let run = Command::new(program).args(first).args(arguments).status();
    screen.enter()?;
    Ok(match run {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the editor `{program}` ended with {status}")),
        Err(error) => Err(format!(
            "the editor `{program}` cannot be started: {error}; set EDITOR"
        )),
    })
}

/// The line of the source that the byte `at` of the text was made from, from 1.
pub(super) fn source_line(document: &Document, locator: Option<&str>, at: u32) -> usize {
    let byte = document.source.source_byte(at);
    let bytes = locator.and_then(|locator| Sources::default().bytes(locator).ok());
    let until = usize::try_from(byte).unwrap_or(usize::MAX);
    bytes.map_or(1, |bytes| {
        bytes
            .iter()
            .take(until)
            .filter(|byte| **byte == b'\n')
            .count()
            + 1
    })
}

/// Opens a document's source in the editor at a line.
pub(super) fn edit_source(
    screen: &mut Screen,
    locator: Option<&str>,
    line: usize,
) -> io::Result<Result<(), String>> {
    match locator {
        Some(locator) if !locator.starts_with(SCHEME) && path_of(locator).is_file() => edit(
            screen,
            &[format!("+{line}").into(), path_of(locator).into()],
        ),
        _ => Ok(Err(
            "this document has no file to edit: it came with postil or through a pipe".to_owned(),
        )),
    }
}

/// Lets the editor change a draft; gives back what it became.
pub(super) fn edit_draft(screen: &mut Screen, draft: &str) -> io::Result<Result<String, String>> {
    let path = std::env::temp_dir().join(format!("postil-note-{}.md", std::process::id()));
    let write = || -> io::Result<()> {
        // Anew and never through a link that somebody else put there.
        drop(std::fs::remove_file(&path));
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        file.write_all(draft.as_bytes())
    };
    if let Err(error) = write() {
        return Ok(Err(format!("cannot write {}: {error}", path.display())));
    }
    let edited = edit(screen, &[path.clone().into()])?;
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()));
    drop(std::fs::remove_file(&path));
    Ok(edited.and(text))
}

/// Opens an address with the configured command, which gets it as its last argument, never through a shell.
pub(super) fn follow(opener: &[String], address: &str) -> Result<(), String> {
    let Some((program, arguments)) = opener.split_first() else {
        return Err("no command opens links; set `opener` in config.toml".to_owned());
    };
    let spawned = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match spawned {
        Ok(mut child) => {
            // Waited for behind, so that it leaves nothing in the process table.
            drop(
                std::thread::Builder::new()
                    .name("opener".to_owned())
                    .spawn(move || drop(child.wait())),
            );
            Ok(())
        }
        Err(error) => Err(format!(
            "`{program}` cannot be started: {error}; set `opener` in config.toml"
        )),
    }
}

/// Base64 (RFC 4648), for the clipboard.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |value: u32| char::from(DIGITS.get((value & 63) as usize).copied().unwrap_or(b'A'));
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        out.push(digit(bits >> 18));
        out.push(digit(bits >> 12));
        out.push(if chunk.len() > 1 {
            digit(bits >> 6)
        } else {
            '='
        });
        out.push(if chunk.len() > 2 { digit(bits) } else { '=' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_the_standard_gives_it() {
        let encoded: Vec<String> = ["", "f", "fo", "foo", "foobar"]
            .iter()
            .map(|text| base64(text.as_bytes()))
            .collect();
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]);
    }
}
