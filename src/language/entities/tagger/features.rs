//! What a token looks like to the model: about a hundred features, each a 64-bit hash.
//!
//! In: a [`Sentence`]. Out: hashes in a fixed order. Words, affixes, shapes, word classes of the token and its neighbours, alone and in pairs, and the run of
//! capitalised words it stands in. Training and tagging use this one function: a change here asks for a new model.

use super::cell::{Cell, Kind, Sentence};

/// The features of the token at `at`, given to `emit` one by one.
pub fn features(sentence: &Sentence, at: usize, emit: &mut impl FnMut(u64)) {
    let Some(own) = sentence.cells.get(at) else {
        return;
    };
    let near = Near {
        last_but_one: cell(sentence, at, -2),
        last: cell(sentence, at, -1),
        own: *own,
        next: cell(sentence, at, 1),
        next_but_one: cell(sentence, at, 2),
    };
    let mut out = Out { emit, template: 0 };
    words(&near, &mut out);
    letters(&near, &mut out);
    classes(&near, &mut out);
    capitals(&near, sentence, at, &mut out);
    lists(&near, &mut out);
    run(sentence, at, &near, &mut out);
}

struct Near {
    last_but_one: Cell,
    last: Cell,
    own: Cell,
    next: Cell,
    next_but_one: Cell,
}

/// The cell `by` places away; beyond the edges a cell that is like no word.
fn cell(sentence: &Sentence, at: usize, by: isize) -> Cell {
    let edge = Cell {
        word: 1,
        lower: 1,
        shape: 1,
        short: 1,
        word_kind: 9,
        ..Cell::default()
    };
    at.checked_add_signed(by)
        .and_then(|at| sentence.cells.get(at))
        .copied()
        .unwrap_or(edge)
}

struct Out<'a, E> {
    emit: &'a mut E,
    template: u64,
}

impl<E: FnMut(u64)> Out<'_, E> {
    /// The next feature; its number is its place in the order of calls.
    fn put(&mut self, value: u64) {
        self.template += 1;
        (self.emit)(mix(self.template, value));
    }

    /// The next feature, but only where there is something to say.
    fn some(&mut self, value: u64) {
        if value == 0 {
            self.template += 1;
        } else {
            self.put(value);
        }
    }

    fn pair(&mut self, one: u64, other: u64) {
        self.put(both(one, other));
    }

    fn some_pair(&mut self, one: u64, other: u64) {
        if one == 0 || other == 0 {
            self.template += 1;
        } else {
            self.pair(one, other);
        }
    }
}

fn both(one: u64, other: u64) -> u64 {
    one.rotate_left(23)
        .wrapping_add(other)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn mix(template: u64, value: u64) -> u64 {
    let hash = value ^ template.wrapping_mul(0xa076_1d64_78bd_642f);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xe703_7ed1_a0b4_28db);
    hash ^ (hash >> 29)
}

fn words<E: FnMut(u64)>(near: &Near, out: &mut Out<'_, E>) {
    out.put(near.own.word);
    out.put(near.own.lower);
    for cell in [
        &near.last_but_one,
        &near.last,
        &near.next,
        &near.next_but_one,
    ] {
        out.put(cell.lower);
    }
    out.pair(near.last.lower, near.own.lower);
    out.pair(near.own.lower, near.next.lower);
    out.pair(near.last.lower, near.next.lower);
    out.pair(near.last_but_one.lower, near.last.lower);
    out.pair(near.next.lower, near.next_but_one.lower);
    out.pair(near.last.lower, near.own.short);
    out.pair(near.own.short, near.next.lower);
}

fn letters<E: FnMut(u64)>(near: &Near, out: &mut Out<'_, E>) {
    let own = &near.own;
    out.put(own.shape);
    out.put(own.short);
    out.pair(near.last.short, own.short);
    out.pair(own.short, near.next.short);
    let middle = both(near.last.short, own.short);
    out.pair(middle, near.next.short);
    out.pair(both(near.last_but_one.short, near.last.short), own.short);
    out.pair(both(own.short, near.next.short), near.next_but_one.short);
    out.pair(
        both(middle, near.next.short),
        both(near.last_but_one.short, near.next_but_one.short),
    );
    for affix in own.prefix.iter().chain(&own.suffix) {
        out.some(*affix);
    }
    for cell in [&near.last, &near.next] {
        out.put(cell.short);
        out.some(cell.suffix[2]);
        out.some(cell.suffix[1]);
        out.some(cell.prefix[2]);
    }
    out.some_pair(own.suffix[2], own.short);
    out.some_pair(near.last.suffix[2], own.suffix[2]);
    out.some_pair(own.suffix[2], near.next.suffix[2]);
}

/// The first `bits` steps of a Brown path; zero where there is none.
fn path(brown: u32, bits: u32) -> u64 {
    if brown == 0 {
        return 0;
    }
    u64::from(brown & ((1 << bits) - 1)) | 1 << 40
}

fn classes<E: FnMut(u64)>(near: &Near, out: &mut Out<'_, E>) {
    for cell in [&near.own, &near.last, &near.next] {
        for bits in [4, 6, 10, 20] {
            out.some(path(cell.brown, bits));
        }
    }
    out.some(path(near.own.brown_lower, 20));
    out.some(path(near.last_but_one.brown, 20));
    out.some(path(near.next_but_one.brown, 20));
    let full = |cell: &Cell| path(cell.brown, 20);
    out.some_pair(full(&near.last), full(&near.own));
    out.some_pair(full(&near.own), full(&near.next));
    out.some_pair(full(&near.own), near.own.short);
    for cell in [
        &near.own,
        &near.last,
        &near.next,
        &near.last_but_one,
        &near.next_but_one,
    ] {
        out.some(u64::from(cell.entry.fine));
        out.some(u64::from(cell.entry.coarse));
    }
    let fine = |cell: &Cell| u64::from(cell.entry.fine);
    let coarse = |cell: &Cell| u64::from(cell.entry.coarse);
    out.some_pair(fine(&near.own), near.own.short);
    out.some_pair(fine(&near.last), near.own.short);
    out.some_pair(near.own.short, fine(&near.next));
    out.some_pair(fine(&near.last), fine(&near.own));
    out.some_pair(fine(&near.own), fine(&near.next));
    out.some_pair(
        both(coarse(&near.last), coarse(&near.own)),
        coarse(&near.next),
    );
    out.some_pair(coarse(&near.last), coarse(&near.next));
}

fn capitals<E: FnMut(u64)>(near: &Near, sentence: &Sentence, at: usize, out: &mut Out<'_, E>) {
    let kind = match sentence.kind {
        Kind::Prose => 1,
        Kind::Title => 2,
        Kind::Capitals => 3,
        Kind::Small => 4,
    };
    let first = u64::from(at == 0) + 2 * u64::from(near.last.word_kind == 3);
    let setting = kind * 4 + first;
    let share = |cell: &Cell| u64::from(cell.entry.capitals) + 1;
    out.put(setting);
    out.pair(setting, near.own.short);
    out.pair(both(share(&near.own), near.own.short), kind);
    out.pair(both(share(&near.own), near.own.short), setting);
    out.pair(share(&near.last), near.last.short);
    out.pair(share(&near.next), near.next.short);
    out.pair(
        both(share(&near.own), near.own.short),
        both(share(&near.next), near.next.short),
    );
    out.pair(
        both(share(&near.last), near.last.short),
        both(share(&near.own), near.own.short),
    );
    let joins = u64::from(near.own.joined) + 2 * u64::from(near.next.joined);
    out.pair(joins, near.own.short);
    out.pair(joins, both(near.last.short, near.next.short));
    out.put(near.own.word_kind.into());
}

fn lists<E: FnMut(u64)>(near: &Near, out: &mut Out<'_, E>) {
    for (cell, bits) in [(&near.own, 21), (&near.last, 21), (&near.next, 21)] {
        let mut left = cell.lists;
        let base = out.template;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            out.template = base + u64::from(bit);
            out.put(1);
        }
        out.template = base + bits;
    }
    out.some_pair(near.own.lists.into(), near.own.short);
    out.some_pair(near.last.lists.into(), near.own.short);
}

fn run<E: FnMut(u64)>(sentence: &Sentence, at: usize, near: &Near, out: &mut Out<'_, E>) {
    let Some((start, end)) = sentence.runs.get(at).copied().filter(|run| run.1 > run.0) else {
        return;
    };
    let (start, end) = (start as usize, end as usize);
    let place = if end - start == 1 {
        0
    } else if at == start {
        1
    } else if at + 1 == end {
        2
    } else {
        3
    };
    let of = |at: Option<usize>| {
        at.and_then(|at| sentence.cells.get(at))
            .copied()
            .unwrap_or_default()
    };
    let (last, before, after) = (
        of(end.checked_sub(1)),
        of(start.checked_sub(1)),
        of(Some(end)),
    );
    let first = of(Some(start));
    let length = (end - start).min(6) as u64;
    out.pair(length, place);
    out.pair(both(length, place), (at - start).min(4) as u64);
    for cell in [&last, &before, &after] {
        out.pair(cell.lower, place);
        out.some(u64::from(cell.entry.fine));
        out.some(u64::from(cell.entry.coarse));
        out.some(path(cell.brown, 20));
        out.some(path(cell.brown, 6));
    }
    out.put(last.lower);
    out.pair(last.suffix[2], place);
    out.pair(first.lower, place);
    out.some(u64::from(first.entry.fine));
    out.some_pair(u64::from(last.entry.fine), near.own.short);
    out.some_pair(u64::from(before.entry.fine), length);
    out.some_pair(u64::from(after.entry.fine), length);
    out.pair(both(before.lower, after.lower), length);
    out.pair(both(before.short, after.short), length);
    out.some(last.lists.into());
    out.some(first.lists.into());
}
