//! The texts that were written on, kept packed, letter for letter.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::document::Revision;

impl Store {
    /// The text of a revision somebody wrote on, as it was then.
    pub fn annotated_text(&self, revision: &Revision) -> Result<Option<String>, StoreError> {
        self.read(|connection| self::text(connection, revision))
    }
}

/// The text of a revision, if it was kept.
pub(super) fn text(
    connection: &Connection,
    revision: &Revision,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "SELECT text, n_bytes FROM snapshots JOIN revisions ON id = revision WHERE hash = ?1",
        )?
        .query_row([revision.0], |row| {
            unpack(&row.get::<_, Vec<u8>>(0)?, row.get(1)?)
        })
        .optional()
}

/// Keeps the text of a revision, once.
pub(super) fn keep(connection: &Connection, revision: i64, text: &str) -> rusqlite::Result<()> {
    let kept = connection
        .prepare_cached("SELECT 1 FROM snapshots WHERE revision = ?1")?
        .exists([revision])?;
    if kept {
        return Ok(());
    }
    let packed =
        pack(text).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection
        .prepare_cached("INSERT INTO snapshots (revision, codec, text) VALUES (?1, 'zlib', ?2)")?
        .execute(params![revision, packed])?;
    Ok(())
}

fn pack(text: &str) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

/// The text in a snapshot of `n_bytes`; no more than that is unpacked, whatever the snapshot claims.
pub(super) fn unpack(packed: &[u8], n_bytes: i64) -> rusqlite::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(packed)
        .take(n_bytes.max(0) as u64)
        .read_to_string(&mut text)
        .map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, Box::new(error))
        })?;
    Ok(text)
}
