//! Lines typed before, and what was gone to often and lately.

use jiff::Timestamp;
use rusqlite::params;

use super::{Store, StoreError};

/// Lines of history kept of each kind.
const MOST_LINES: i64 = 1000;
/// When the ranks of a kind sum to this, they all age.
const MOST_RANK: f64 = 10_000.0;

/// Something the reader went to.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// What sort of thing, e.g. `document` or `entity`.
    pub kind: String,
    /// Which one.
    pub key: String,
    /// How often and how lately, higher is more.
    pub score: f64,
}

impl Store {
    /// Counts a visit.
    pub fn visit(&mut self, kind: &str, key: &str, now: Timestamp) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO visits (kind, key, rank, last) VALUES (?1, ?2, 1, ?3)
                     ON CONFLICT DO UPDATE SET rank = rank + 1, last = max(last, excluded.last)",
                )?
                .execute(params![kind, key, now.as_microsecond()])?;
            let total: f64 = transaction
                .prepare_cached("SELECT total(rank) FROM visits WHERE kind = ?1")?
                .query_row([kind], |row| row.get(0))?;
            if total > MOST_RANK {
                transaction.execute(
                    "UPDATE visits SET rank = rank * 0.9 WHERE kind = ?1",
                    [kind],
                )?;
                transaction.execute("DELETE FROM visits WHERE rank < 1 AND kind = ?1", [kind])?;
            }
            Ok(())
        })
    }

    /// The `n` things visited most often and most lately (the rank of zoxide: visits times 4 within the hour, 2 within the day, ½ within the
    /// week, ¼ before), best first; `kind` restricts them to one sort.
    pub fn frecent(
        &self,
        kind: Option<&str>,
        n: usize,
        now: Timestamp,
    ) -> Result<Vec<Visit>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT kind, key, rank * CASE WHEN ?2 - last < 3600000000 THEN 4.0 WHEN ?2 - last < 86400000000 THEN 2.0
                     WHEN ?2 - last < 604800000000 THEN 0.5 ELSE 0.25 END AS score
                 FROM visits WHERE ?1 IS NULL OR kind = ?1 ORDER BY score DESC, last DESC, key LIMIT ?3",
            )?;
            let rows = statement.query_map(params![kind, now.as_microsecond(), n as i64], |row| {
                Ok(Visit {
                    kind: row.get(0)?,
                    key: row.get(1)?,
                    score: row.get(2)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Remembers a line that was typed (`kind`: `command`, `find`, `search`, …); a repeated one becomes the latest.
    pub fn add_history(
        &mut self,
        kind: &str,
        line: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM history WHERE kind = ?1 AND line = ?2")?
                .execute([kind, line])?;
            transaction
                .prepare_cached("INSERT INTO history (kind, line, at) VALUES (?1, ?2, ?3)")?
                .execute(params![kind, line, now.as_microsecond()])?;
            transaction
                .prepare_cached(
                    "DELETE FROM history WHERE kind = ?1 AND id <= (SELECT id FROM history WHERE kind = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                )?
                .execute(params![kind, MOST_LINES])?;
            Ok(())
        })
    }

    /// The lines typed of one kind, latest first, without repeats.
    pub fn history(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT line FROM history WHERE kind = ?1 ORDER BY id DESC")?;
            statement.query_map([kind], |row| row.get(0))?.collect()
        })
    }
}
