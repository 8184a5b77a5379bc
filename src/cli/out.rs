//! The one way to standard output and standard error: sanitised for people, escaped for programs.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use super::failure::Failure;
use super::json;
use crate::text::sanitise;

/// Columns of output that goes to no terminal.
const COLUMNS: usize = 80;

/// Whom a command prints for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Aligned text.
    People,
    /// One JSON object a line.
    Json,
}

impl Form {
    /// What `--json` asks for.
    pub(super) const fn of_flag(json: bool) -> Self {
        if json { Self::Json } else { Self::People }
    }
}

/// Standard output.
pub(super) struct Out {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Out {
    pub(super) fn new() -> Self {
        Self {
            writer: BufWriter::new(io::stdout().lock()),
        }
    }

    /// One line or several, made safe, with a line break at the end.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        let safe = sanitise::lines(text);
        self.bytes(safe.as_bytes())?;
        self.bytes(b"\n")
    }

    /// One JSON value on a line of its own.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.bytes(&json::line(value))
    }

    /// Bytes that are safe already: JSON from [`json`], or text of our own.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.writer.write_all(bytes).map_err(Failure::Output)
    }

    /// Sends on what is buffered.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(Failure::Output)
    }
}

/// A line on standard error. Nobody listening there is no reason to stop.
pub(super) fn say(text: &str) {
    writeln!(io::stderr(), "postil: {}", sanitise::lines(text)).ok();
}

/// How wide lines for people may be.
pub(super) fn columns() -> usize {
    if !io::stdout().is_terminal() {
        // Who pipes on may say how wide it may be, as for `ls`.
        let wanted = std::env::var("COLUMNS").ok();
        let wanted = wanted.and_then(|cells| cells.parse::<usize>().ok());
        return wanted.map_or(COLUMNS, |cells| cells.clamp(20, 2_000));
    }
    crossterm::terminal::size().map_or(COLUMNS, |(columns, _)| usize::from(columns).max(20))
}
