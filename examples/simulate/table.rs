//! The figures, a row for each case and length.

use std::collections::BTreeMap;
use std::fmt;

use crate::judge::{Case, Judged, Verdict};

/// Characters of the quotations.
pub(crate) const LENGTHS: [usize; 5] = [15, 30, 60, 120, 200];

/// What the columns and the cases mean.
const LEGEND: &str = "
right      placed without a question where its words came to stand
wrong      placed without a question anywhere else; in the last two cases, anywhere
offered    the right place is offered, the reader confirms; misled: another one is
asked      several places are offered; lost: none
found      right or offered
unchanged, repeated   kept in its place; repeated: its words stand more than once
edited, moved         at least half of its words kept, in its place; all of them, in another
moved and edited      both; what asks nobody here is told under right, not under offered
rewritten, torn       fewer than half kept; parted from its neighbours, or one of them gone
deleted, copy left    gone, and the same words stand elsewhere
A place is right from 90 per cent of its characters on, of changed passages from 50.
";

#[derive(Default, Clone, Copy)]
struct Counts {
    n: u32,
    right: u32,
    wrong: u32,
    offered_right: u32,
    offered_wrong: u32,
    asked: u32,
    lost: u32,
    peer_right: u32,
    peer_wrong: u32,
}

#[derive(Default)]
pub(crate) struct Table {
    rows: BTreeMap<(Case, usize), Counts>,
}

impl Counts {
    fn add(&mut self, judged: &Judged) {
        self.n += 1;
        let column = match judged.ours {
            Verdict::Right => &mut self.right,
            Verdict::Wrong => &mut self.wrong,
            Verdict::OfferedRight => &mut self.offered_right,
            Verdict::OfferedWrong => &mut self.offered_wrong,
            Verdict::Asked => &mut self.asked,
            Verdict::Lost => &mut self.lost,
        };
        *column += 1;
        match judged.peer {
            Verdict::Right => self.peer_right += 1,
            Verdict::Lost => {}
            Verdict::Wrong | Verdict::OfferedRight | Verdict::OfferedWrong | Verdict::Asked => {
                self.peer_wrong += 1;
            }
        }
    }

    fn join(mut self, other: &Self) -> Self {
        self.n += other.n;
        self.right += other.right;
        self.wrong += other.wrong;
        self.offered_right += other.offered_right;
        self.offered_wrong += other.offered_wrong;
        self.asked += other.asked;
        self.lost += other.lost;
        self.peer_right += other.peer_right;
        self.peer_wrong += other.peer_wrong;
        self
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str, length: &str) -> fmt::Result {
        let share = |n: u32| 100.0 * f64::from(n) / f64::from(self.n.max(1));
        let undecided = self.offered_right + self.offered_wrong + self.asked + self.lost;
        let found = self.right + self.offered_right;
        writeln!(
            f,
            "{name:<19} {length:>6} {:>6} | {:>6.1} {:>6.1} {:>6.1} {:>9.1} | {:>8.1} {:>8.1} {:>6.1} {:>6.1} | {:>6.1} {:>6.1} {:>6.1}",
            self.n,
            share(found),
            share(self.right),
            share(self.wrong),
            share(undecided),
            share(self.offered_right),
            share(self.offered_wrong),
            share(self.asked),
            share(self.lost),
            share(self.peer_right),
            share(self.peer_wrong),
            share(self.n - self.peer_right - self.peer_wrong),
        )
    }
}

impl Table {
    pub(crate) fn count(&mut self, length: usize, judged: &Judged) {
        self.rows
            .entry((judged.case, length))
            .or_default()
            .add(judged);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "per cent                           |             postil              |        of the undecided         |   the peer's method"
        )?;
        writeln!(
            f,
            "{:<19} {:>6} {:>6} | {:>6} {:>6} {:>6} {:>9} | {:>8} {:>8} {:>6} {:>6} | {:>6} {:>6} {:>6}",
            "case",
            "length",
            "quotes",
            "found",
            "right",
            "wrong",
            "undecided",
            "offered",
            "misled",
            "asked",
            "lost",
            "right",
            "wrong",
            "orphan"
        )?;
        let mut all = Counts::default();
        let mut cases: BTreeMap<Case, Counts> = BTreeMap::new();
        for ((case, length), counts) in &self.rows {
            counts.write(f, case.as_str(), &length.to_string())?;
            let sum = cases.entry(*case).or_default();
            *sum = sum.join(counts);
            all = all.join(counts);
        }
        for (case, counts) in &cases {
            counts.write(f, case.as_str(), "all")?;
        }
        all.write(f, "all", "all")?;
        f.write_str(LEGEND)
    }
}
