//! Names in a row: "Shas, Meretz, Yisrael BaAliyah and the Centre Party" are of one kind.
//!
//! In: the readings of a sentence. Out: the same, where the only one of another kind, a single word, among at least four names that nothing but commas, "and", "or" and "the" parts has
//! taken the kind of the others. Names on the lists keep theirs, and vote.

use super::EntityType;
use super::consistency::{kind, reading};
use super::gazetteer::Gazetteer;
use super::merge::among;
use super::scan::{Found, Reading};
use super::words::Word;

/// Least names in a row that say something of the one that differs.
const LEAST: usize = 4;

/// Makes the names of each row agree.
pub(super) fn agree(words: &[Word], found: &mut [Found], gazetteer: &Gazetteer) {
    let mut start = 0;
    for at in 1..=found.len() {
        let goes_on = match (found.get(at - 1), found.get(at)) {
            (Some(last), Some(next)) => words.get(last.end..next.start).is_some_and(parts),
            _ => false,
        };
        if goes_on {
            continue;
        }
        if let Some(row) = found.get_mut(start..at).filter(|row| row.len() >= LEAST) {
            outvote(row, gazetteer);
        }
        start = at;
    }
}

/// Whether these words part the names of a row.
fn parts(between: &[Word]) -> bool {
    let mark = |word: &Word| word.is_mark(b',') || word.is_mark(b';');
    let joins = |word: &Word| among(&["and", "or", "&"], word);
    !between.is_empty()
        && between.len() <= 3
        && between.iter().any(|word| mark(word) || joins(word))
        && between
            .iter()
            .all(|word| mark(word) || joins(word) || among(&["the"], word))
}

fn outvote(row: &mut [Found], gazetteer: &Gazetteer) {
    let mut counts = [0_usize; 3];
    for found in row.iter() {
        if let Some(count) = known(found, gazetteer).and_then(|kind| counts.get_mut(kind as usize))
        {
            *count += 1;
        }
    }
    let most = [EntityType::Person, EntityType::Org, EntityType::Place]
        .into_iter()
        .zip(counts)
        .find(|(_, count)| count + 1 == row.len());
    let Some((most, _)) = most else { return };
    for found in row {
        // A name of several words tells its kind by itself.
        let single = found.end - found.start == 1;
        if single && kind(found).is_some_and(|own| own != most) {
            found.reading = reading(most, found.end - found.start);
        }
    }
}

/// The type a reading speaks for; an adjective for none.
pub(super) fn known(found: &Found, gazetteer: &Gazetteer) -> Option<EntityType> {
    match found.reading {
        Reading::Listed { entity, adjective } => gazetteer
            .entity(entity)
            .filter(|_| !adjective)
            .map(|entity| entity.kind),
        Reading::Surname { .. } | Reading::Person => Some(EntityType::Person),
        Reading::Body { .. } => Some(EntityType::Org),
        Reading::Place => Some(EntityType::Place),
    }
}
