//! A text file with one thing a line, given to `--import` and `--export`: decisions about names, tags. `-` is standard input or output.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::failure::Failure;

/// A file larger than this is none.
const LARGEST: u64 = 64 << 20;

/// The whole of a file of at most 64 MiB, or why it cannot be read.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    let failed = |source| Failure::ListFile {
        path: file.to_owned(),
        source,
    };
    if file.as_os_str() == "-" {
        return whole(io::stdin().lock()).map_err(Failure::Input);
    }
    File::open(file).and_then(whole).map_err(failed)
}

fn whole(input: impl Read) -> io::Result<String> {
    let mut text = String::new();
    input.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::other("it is larger than 64 MiB"));
    }
    Ok(text)
}

/// Writes a file that is not there yet.
pub(super) fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    File::create_new(file)
        .and_then(|mut made| made.write_all(text.as_bytes()))
        .map_err(|source| Failure::ListFile {
            path: file.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_not_cut() {
        assert_eq!(whole(&b"hide monday\n"[..]).unwrap(), "hide monday\n");
        assert!(whole(io::repeat(b'a')).is_err());
    }

    #[test]
    fn a_file_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tags.txt");
        write_new(&file, "one").unwrap();
        assert!(write_new(&file, "two").is_err());
        assert_eq!(read(&file).unwrap(), "one");
    }
}
