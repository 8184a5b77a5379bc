//! Reading documents: from files, from the samples, from standard input. Files are opened for reading only.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::document::DocId;
use crate::import::{self, Import, Imported};
use crate::library::samples;

/// The locator of standard input.
pub const STDIN: &str = "stdin:";

/// What begins a large file and is shown while the rest is read.
const START_BYTES: usize = 1 << 20;
/// Files up to this size are read at once before they are shown.
const AT_ONCE_BYTES: u64 = 2 << 20;

/// Where the bytes of documents come from; standard input was read once and is kept.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Standard input, read behind.
    pub stdin: Option<Arc<Stdin>>,
}

/// Standard input: read once, on a thread of its own, and kept.
#[derive(Debug, Default)]
pub struct Stdin {
    bytes: OnceLock<Arc<[u8]>>,
}

/// Standard input is read up to here; what comes after is left.
const STDIN_BYTES: u64 = 1 << 29;

impl Stdin {
    /// Begins to read standard input.
    pub fn read() -> Arc<Self> {
        let stdin = Arc::new(Self::default());
        let reading = stdin.clone();
        let read = move || {
            let mut bytes = Vec::new();
            // What was read before an error is what there is.
            drop(io::stdin().lock().take(STDIN_BYTES).read_to_end(&mut bytes));
            reading.give(bytes.into());
        };
        drop(
            std::thread::Builder::new()
                .name("stdin".to_owned())
                .spawn(read),
        );
        stdin
    }

    /// What is there already.
    pub fn of(bytes: Arc<[u8]>) -> Arc<Self> {
        let stdin = Arc::new(Self::default());
        stdin.give(bytes);
        stdin
    }

    fn give(&self, bytes: Arc<[u8]>) {
        drop(self.bytes.set(bytes));
    }

    /// All of it; waits for its end.
    fn wait(&self) -> Arc<[u8]> {
        self.bytes.wait().clone()
    }
}

/// Why a document could not be read.
#[derive(Debug)]
pub enum SourceError {
    /// The file could not be read.
    Unreadable {
        /// Its path.
        locator: String,
        /// Why.
        source: io::Error,
    },
    /// It is no text.
    NoText {
        /// Its path.
        locator: String,
        /// Why.
        why: String,
    },
    /// There is no such sample or input.
    Absent {
        /// What was asked for.
        locator: String,
    },
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clean = |locator: &str| crate::text::sanitise::line(locator).into_owned();
        match self {
            Self::Unreadable { locator, source } => {
                write!(
                    f,
                    "`{}` cannot be read: {source}; check that it is there and that you may read it",
                    clean(locator)
                )
            }
            Self::NoText { locator, why } => write!(f, "`{}` was left out: {why}", clean(locator)),
            Self::Absent { locator } => write!(
                f,
                "there is no document `{}`; `postil list` shows what there is",
                clean(locator)
            ),
        }
    }
}

impl std::error::Error for SourceError {}

/// How far a document was read.
#[derive(Debug)]
pub enum Reading {
    /// Wholly.
    Whole(Imported),
    /// Its beginning; the rest takes longer.
    Start(Imported),
}

impl Sources {
    /// The bytes at a locator.
    pub fn bytes(&self, locator: &str) -> Result<Arc<[u8]>, SourceError> {
        if locator == STDIN {
            let stdin = self.stdin.as_ref().ok_or_else(|| SourceError::Absent {
                locator: locator.to_owned(),
            })?;
            return Ok(stdin.wait());
        }
        if locator.starts_with(samples::SCHEME) {
            let sample = samples::at_locator(locator).ok_or_else(|| SourceError::Absent {
                locator: locator.to_owned(),
            })?;
            return Ok(sample.bytes.into());
        }
        let read = || {
            let mut file = open_regular(&path_of(locator))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read()
            .map(Arc::from)
            .map_err(|source| SourceError::Unreadable {
                locator: locator.to_owned(),
                source,
            })
    }

    /// The whole document at a locator.
    pub fn document(&self, locator: &str) -> Result<Imported, SourceError> {
        match import::import(locator, &self.bytes(locator)?) {
            Import::Document(imported) => Ok(imported),
            Import::Skipped(skip) => Err(SourceError::NoText {
                locator: locator.to_owned(),
                why: skip.to_string(),
            }),
        }
    }

    /// The document at a locator, or its beginning where it is large.
    pub fn beginning(&self, locator: &str) -> Result<Reading, SourceError> {
        let path = &path_of(locator);
        let is_file = locator != STDIN && !locator.starts_with(samples::SCHEME);
        let len = if is_file {
            std::fs::metadata(path).map_or(0, |meta| meta.len())
        } else {
            0
        };
        if len > AT_ONCE_BYTES {
            let read = || {
                let mut bytes = vec![0; START_BYTES];
                let mut file = open_regular(path)?;
                let mut n = 0;
                while let Some(rest) = bytes.get_mut(n..).filter(|rest| !rest.is_empty()) {
                    match file.read(rest)? {
                        0 => break,
                        more => n += more,
                    }
                }
                bytes.truncate(n);
                Ok(bytes)
            };
            let bytes = read().map_err(|source| SourceError::Unreadable {
                locator: locator.to_owned(),
                source,
            })?;
            match import::import_start(locator, &bytes, len) {
                Some(Import::Document(imported)) => return Ok(Reading::Start(imported)),
                Some(Import::Skipped(skip)) => {
                    return Err(SourceError::NoText {
                        locator: locator.to_owned(),
                        why: skip.to_string(),
                    });
                }
                None => {}
            }
        }
        self.document(locator).map(Reading::Whole)
    }
}

/// Opens a regular file for reading: a pipe or device would never end.
fn open_regular(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a regular file",
        ));
    }
    File::open(path)
}

/// The locator of a file: its absolute path.
pub fn locator_of(path: &Path) -> String {
    let absolute = path
        .canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| PathBuf::from(path));
    locator_as_is(&absolute)
}

/// A path as a locator, lossless: bytes that are no UTF-8 stand as `%XX`, and in such a path `%` as `%25`.
pub fn locator_as_is(path: &Path) -> String {
    use std::fmt::Write;
    if let Some(text) = path.to_str() {
        return text.to_owned();
    }
    let mut locator = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        locator.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            write!(locator, "%{byte:02X}").ok();
        }
    }
    locator
}

/// The path a locator of a file stands for. A file that is really called `a%FF.txt` comes before one whose name has that byte.
pub fn path_of(locator: &str) -> PathBuf {
    let as_is = PathBuf::from(locator);
    match unescaped(locator) {
        Some(path) if std::fs::symlink_metadata(&as_is).is_err() => path,
        _ => as_is,
    }
}

/// The path with the bytes that `%XX` stands for; none without bytes that are no UTF-8.
#[cfg(unix)]
fn unescaped(locator: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let mut rest = locator.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        let escaped = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(|byte| *byte >= 0x80 || *byte == b'%');
        bytes.push(escaped.unwrap_or(*first));
        rest = after
            .get(if escaped.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    std::str::from_utf8(&bytes)
        .is_err()
        .then(|| std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn unescaped(_: &str) -> Option<PathBuf> {
    None
}

/// The id of the document at a locator.
pub fn doc_of(locator: &str) -> DocId {
    DocId::of_locator(locator)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    use super::*;
    use crate::runtime::collection::{Collection, Member};

    #[test]
    fn files_with_names_that_are_no_utf8_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let odd = OsString::from_vec(b"50% \xe9t\xff".to_vec());
        let inner = folder.path().join(&odd);
        std::fs::create_dir(&inner).unwrap();
        let name = OsString::from_vec(b"caf\xe9.txt".to_vec());
        std::fs::write(inner.join(&name), "A statement.").unwrap();
        std::fs::write(folder.path().join("100%25.txt"), "Another.").unwrap();
        for root in [folder.path(), &inner] {
            let collection = Collection::of_paths(&[root.to_owned()]).unwrap();
            let texts: Vec<String> = collection
                .members()
                .filter_map(|member| match member {
                    Member::Document { locator, .. } => Some(locator),
                    Member::Problem(_) => None,
                })
                .map(|locator| {
                    let read = Sources::default().document(&locator).unwrap();
                    read.document.text.trim().to_owned()
                })
                .collect();
            assert_eq!(texts.last().map(String::as_str), Some("A statement."));
        }
        let file = inner.join(&name);
        assert_eq!(path_of(&locator_as_is(&file)), file);
        assert!(locator_as_is(&file).ends_with("/50%25 %E9t%FF/caf%E9.txt"));
    }
}
