//! The schema of the store and the steps that lead to it.

use rusqlite::{Connection, TransactionBehavior};

/// The steps that make the schema, each run once and never changed afterwards; step n brings a file to `user_version` n.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
];

/// Marks a file as a store of postil (`PRAGMA application_id`): "post".
pub(super) const APPLICATION_ID: i64 = 0x706f_7374;

/// The schema a file has: 0 for an empty one, `None` for another program's.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let (application, version): (i64, i64) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, version, tables) {
        (0, 0, 0) => Some(0),
        (APPLICATION_ID, version, _) if version > 0 => Some(version),
        _ => None,
    })
}

/// Runs the steps the file has not seen, all or none.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the lock: another instance may have just done it.
    let done: usize = transaction
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map(|n: i64| n as usize)?;
    for (index, step) in steps.iter().enumerate().skip(done) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}
