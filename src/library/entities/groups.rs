//! Which ids are together so far, and what keeps some apart.

use super::linked::Why;

/// Disjoint sets of numbered names (union by size, paths halved).
pub(super) struct Groups {
    parent: Vec<u32>,
    size: Vec<u32>,
    /// Why a name was brought to the others.
    why: Vec<Why>,
    /// Names that likeness alone brings to nothing.
    alone: Vec<bool>,
    /// Pairs that are never together, and whether a set, by its root, holds one of a pair.
    pairs: Vec<(u32, u32)>,
    guarded: Vec<bool>,
}

impl Groups {
    /// Each of `n` names by itself.
    pub(super) fn new(n: usize) -> Self {
        Self {
            parent: (0..n as u32).collect(),
            size: vec![1; n],
            why: vec![Why::Itself; n],
            alone: vec![false; n],
            pairs: Vec::new(),
            guarded: vec![false; n],
        }
    }

    /// Likeness shall bring this name to nothing.
    pub(super) fn keep_alone(&mut self, name: u32) {
        if let Some(alone) = self.alone.get_mut(name as usize) {
            *alone = true;
        }
    }

    /// These two shall never be together.
    pub(super) fn keep_apart(&mut self, a: u32, b: u32) {
        self.pairs.push((a, b));
        for name in [a, b] {
            let root = self.root(name);
            if let Some(guarded) = self.guarded.get_mut(root as usize) {
                *guarded = true;
            }
        }
    }

    /// The name that stands for its set.
    pub(super) fn root(&mut self, name: u32) -> u32 {
        let mut at = name;
        loop {
            let up = self.up(at);
            if up == at {
                return at;
            }
            let further = self.up(up);
            if let Some(parent) = self.parent.get_mut(at as usize) {
                *parent = further;
            }
            at = further;
        }
    }

    fn up(&self, name: u32) -> u32 {
        self.parent.get(name as usize).copied().unwrap_or(name)
    }

    /// Why a name was brought to the others.
    pub(super) fn why(&self, name: u32) -> Why {
        self.why.get(name as usize).copied().unwrap_or(Why::Itself)
    }

    /// Whether two names are together.
    pub(super) fn together(&mut self, a: u32, b: u32) -> bool {
        self.root(a) == self.root(b)
    }

    /// Brings two names together because they are alike, unless something keeps them apart.
    pub(super) fn join(&mut self, a: u32, b: u32, why: Why) -> bool {
        let alone = |name: u32| self.alone.get(name as usize).copied().unwrap_or(true);
        if alone(a) || alone(b) {
            return false;
        }
        self.bring(a, b, why)
    }

    /// Brings two names together because the reader says so.
    pub(super) fn bring(&mut self, a: u32, b: u32, why: Why) -> bool {
        let (one, other) = (self.root(a), self.root(b));
        if one == other {
            return true;
        }
        if self.is_kept_apart(one, other) {
            return false;
        }
        let size = |root: u32| self.size.get(root as usize).copied().unwrap_or(0);
        let (large, small) = if size(one) >= size(other) {
            (one, other)
        } else {
            (other, one)
        };
        let sum = size(one) + size(other);
        let guard = |root: u32| self.guarded.get(root as usize).copied().unwrap_or(false);
        let guarded = guard(one) || guard(other);
        if let Some(parent) = self.parent.get_mut(small as usize) {
            *parent = large;
        }
        if let Some(size) = self.size.get_mut(large as usize) {
            *size = sum;
        }
        if let Some(guard) = self.guarded.get_mut(large as usize) {
            *guard = guarded;
        }
        for name in [b, a] {
            if let Some(known) = self
                .why
                .get_mut(name as usize)
                .filter(|why| **why == Why::Itself)
            {
                *known = why;
                break;
            }
        }
        true
    }

    /// Whether a pair keeps the sets of two names apart.
    pub(super) fn are_kept_apart(&mut self, a: u32, b: u32) -> bool {
        let (one, other) = (self.root(a), self.root(b));
        self.is_kept_apart(one, other)
    }

    fn is_kept_apart(&mut self, one: u32, other: u32) -> bool {
        let guard = |root: u32| self.guarded.get(root as usize).copied().unwrap_or(false);
        if !guard(one) || !guard(other) {
            return false;
        }
        (0..self.pairs.len()).any(|index| {
            let Some((a, b)) = self.pairs.get(index).copied() else {
                return false;
            };
            let (a, b) = (self.root(a), self.root(b));
            (a, b) == (one, other) || (a, b) == (other, one)
        })
    }
}
