//! The dated passages of a collection, a page at a time.

use jiff::Span;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::put::{Sums, day_number, sort_day};
use super::{Catalogue, CollectionKey, NO_DAY};
use crate::document::{DocId, Interval};
use crate::language::entities::EntityId;
use crate::store::StoreError;
use crate::text::TextRange;
use crate::time::{Bound, Grain};
use crate::timeline::{Event, Sort};

pub(super) const COLUMNS: &str = "SELECT d.doc, start_byte, end_byte, timex_start, timex_end, earliest, latest, grain, said, label, entities, e.words, bound, edtf,
    said_by, stated_from, stated_to, is_saying, d.published
    FROM events e JOIN documents d ON d.id = e.document ";

impl Catalogue {
    /// `n` dated passages of a collection in the order of time, from the day `from` on (all if `None`), the first `skip` left out; undated ones last.
    pub fn events(
        &self,
        collection: CollectionKey,
        from: Option<Date>,
        skip: usize,
        n: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let from = from.map_or(i64::MIN, day_number);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE e.collection = ?1 AND e.day >= ?2 ORDER BY e.day, e.id LIMIT ?3 OFFSET ?4"
            ))?;
            let page = params![collection.0, from, n as i64, skip as i64];
            statement.query_map(page, event)?.collect()
        })
    }

    /// Whether a collection has more than `n` dated passages; counted in the index alone.
    pub fn has_more_events(&self, collection: CollectionKey, n: usize) -> bool {
        let more = self.read(|connection| {
            connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM events WHERE collection = ?1 ORDER BY day LIMIT 1 OFFSET ?2)")?
                .query_row(params![collection.0, n as i64], |row| row.get(0))
        });
        more.unwrap_or(false)
    }

    /// The `n` dated passages before the day `before`, in the order of time, the last `skip` left out.
    pub fn events_before(
        &self,
        collection: CollectionKey,
        before: Date,
        skip: usize,
        n: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let mut events: Vec<Event> = self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE e.collection = ?1 AND e.day < ?2 ORDER BY e.day DESC, e.id DESC LIMIT ?3 OFFSET ?4"
            ))?;
            let page = params![collection.0, day_number(before), n as i64, skip as i64];
            statement.query_map(page, event)?.collect()
        })?;
        events.reverse();
        Ok(events)
    }

    /// The passages that tell of one of some single days, at most `n` of each day.
    pub fn events_on(
        &self,
        collection: CollectionKey,
        days: &[Date],
        n: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE e.collection = ?1 AND e.day = ?2 AND e.earliest = ?2 AND e.latest = ?2 ORDER BY e.id LIMIT ?3"
            ))?;
            let mut all = Vec::new();
            for day in days {
                let of_day = params![collection.0, day_number(*day), n as i64];
                for found in statement.query_map(of_day, event)? {
                    all.push(found?);
                }
            }
            Ok(all)
        })
    }

    /// The dated passages of one document, in text order.
    pub fn events_of(
        &self,
        collection: CollectionKey,
        doc: DocId,
    ) -> Result<Vec<Event>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE d.collection = ?1 AND d.doc = ?2 ORDER BY e.id"
            ))?;
            statement
                .query_map([collection.0, doc.0 as i64], event)?
                .collect()
        })
    }

    /// How many passages are dated in each month: year, month, count, in the order of time; months without any are left out.
    pub fn density(&self, collection: CollectionKey) -> Result<Vec<(i16, i8, u32)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT month, events FROM months WHERE collection = ?1 AND events > 0 ORDER BY month",
            )?;
            let rows = statement.query_map([collection.0], |row| {
                let month: i64 = row.get(0)?;
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                Ok((year as i16, month as i8, row.get(1)?))
            })?;
            rows.collect()
        })
    }
}

pub(super) fn put(
    connection: &Connection,
    collection: CollectionKey,
    document: i64,
    events: &[Event],
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO events (collection, document, day, earliest, latest, grain, start_byte, end_byte, timex_start, timex_end, said, label,
             entities, words, bound, edtf, said_by, stated_from, stated_to, is_saying)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?;
    for event in events {
        let day = sort_day(event.interval);
        let interval = event.interval.unwrap_or_default();
        let stated = event.stated.unwrap_or_default();
        let entities: Vec<&str> = event.entities.iter().map(EntityId::as_str).collect();
        statement.execute(params![
            collection.0,
            document,
            day,
            interval.earliest.map(day_number),
            interval.latest.map(day_number),
            grain_number(event.grain),
            event.range.start,
            event.range.end,
            event.timex.start,
            event.timex.end,
            event.said,
            event.label,
            entities.join("\n"),
            event.words.join("\n"),
            event.bound.map(bound_number),
            event.edtf,
            event.speaker,
            stated.earliest.map(day_number),
            stated.latest.map(day_number),
            event.sort == Sort::Said,
        ])?;
        if let Some(month) = month_of(day) {
            *sums.months.entry(month).or_default() += 1;
        }
    }
    Ok(())
}

pub(super) fn forget(
    connection: &Connection,
    document: i64,
    sums: &mut Sums,
) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("DELETE FROM events WHERE document = ?1 RETURNING day")?;
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        if let Some(month) = month_of(row.get(0)?) {
            *sums.months.entry(month).or_default() -= 1;
        }
    }
    Ok(())
}

fn date_of(day: i64) -> Option<Date> {
    let span = Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

fn month_of(day: i64) -> Option<i64> {
    if day == NO_DAY {
        return None;
    }
    let date = date_of(day)?;
    Some(i64::from(date.year()) * 12 + i64::from(date.month()) - 1)
}

pub(super) fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let day = |column: usize| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.and_then(date_of))
    };
    let interval = Interval {
        earliest: day(5)?,
        latest: day(6)?,
    };
    let stated = Interval {
        earliest: day(15)?,
        latest: day(16)?,
    };
    let lines = |column: usize| {
        Ok::<_, rusqlite::Error>(
            row.get_ref(column)?
                .as_str()?
                .split('\n')
                .filter(|line| !line.is_empty()),
        )
    };
    Ok(Event {
        doc: DocId(row.get::<_, i64>(0)? as u64),
        range: TextRange::new(row.get(1)?, row.get(2)?),
        timex: TextRange::new(row.get(3)?, row.get(4)?),
        interval: (interval != Interval::default()).then_some(interval),
        grain: grain_of(row.get(7)?),
        bound: row.get::<_, Option<i64>>(12)?.and_then(bound_of),
        edtf: row.get::<_, Option<String>>(13)?.map(Into::into),
        said: row.get::<_, String>(8)?.into(),
        label: row.get::<_, String>(9)?.into(),
        entities: lines(10)?.map(|slug| EntityId(slug.into())).collect(),
        words: lines(11)?.map(Into::into).collect(),
        sort: if row.get(17)? { Sort::Said } else { Sort::Told },
        speaker: row.get::<_, Option<String>>(14)?.map(Into::into),
        stated: (stated != Interval::default()).then_some(stated),
        published: row
            .get::<_, Option<String>>(18)?
            .and_then(|date| date.parse().ok()),
    })
}

const BOUNDS: [Bound; 4] = [Bound::Since, Bound::Until, Bound::Before, Bound::After];

fn bound_number(bound: Bound) -> i64 {
    let number = BOUNDS.iter().position(|known| *known == bound);
    number.unwrap_or(BOUNDS.len()) as i64
}

fn bound_of(number: i64) -> Option<Bound> {
    let number = usize::try_from(number).ok()?;
    BOUNDS.get(number).copied()
}

const GRAINS: [Grain; 12] = [
    Grain::Time,
    Grain::Day,
    Grain::Week,
    Grain::PartOfMonth,
    Grain::Month,
    Grain::Quarter,
    Grain::Season,
    Grain::PartOfYear,
    Grain::Year,
    Grain::Decade,
    Grain::Century,
    Grain::Vague,
];

fn grain_number(grain: Grain) -> i64 {
    let number = GRAINS.iter().position(|known| *known == grain);
    number.unwrap_or(GRAINS.len()) as i64
}

fn grain_of(number: i64) -> Grain {
    let grain = GRAINS.get(usize::try_from(number).unwrap_or(usize::MAX));
    grain.copied().unwrap_or(Grain::Vague)
}
