//! Runs the real binary in a home of its own, and what it said.

// Not every test file asks everything.
#![allow(dead_code)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A fresh home: nothing of the person who runs the tests is read or written.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

/// What a command put out.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn fresh() -> Self {
        Self {
            folder: tempfile::Builder::new()
                .prefix("postil-cli-")
                .tempdir()
                .unwrap(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the store lies when none is named.
    pub(crate) fn store(&self) -> PathBuf {
        self.path().join("data/postil/postil.db")
    }

    /// Writes a file below the home and gives its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// Runs postil with these arguments and nothing on standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.pipe(b"", arguments)
    }

    /// Runs postil with `input` on standard input.
    pub(crate) fn pipe(&self, input: &[u8], arguments: &[&str]) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A thread of its own: the program answers while it reads. It may also end before it has read all.
        let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The command, with the environment of this home and nothing else.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command.args(arguments).env_clear().current_dir(self.path());
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("TMPDIR", ""),
        ] {
            command.env(name, self.path().join(folder));
        }
        command
    }
}

impl Said {
    /// The command did all it was asked, without a word on standard error.
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The same, as JSON lines.
    pub(crate) fn values(self) -> Vec<Value> {
        values(&self.done())
    }

    /// The command failed with exit code 2, put nothing out, and says all of this.
    pub(crate) fn refused(&self, parts: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        for part in parts {
            assert!(self.err.contains(part), "`{part}` in: {}", self.err);
        }
        assert!(self.err.starts_with("postil: "), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

/// One JSON value a line.
pub(crate) fn values(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// The characters from code point `start` to `end`.
pub(crate) fn chars(text: &str, value: &Value) -> String {
    let (start, end) = (value["start"].as_u64(), value["end"].as_u64());
    let (start, end) = (start.unwrap() as usize, end.unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

/// The folder of sample documents of this project.
pub(crate) fn seeds() -> String {
    format!("{}/seeds", env!("CARGO_MANIFEST_DIR"))
}
