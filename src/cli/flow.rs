//! Work on many items with several threads, in order and in bounded memory.
//!
//! One thread produces items, some work on them, the caller takes the results in the order of the items. Only a window of items is
//! under way at a time, bounded in number and in bytes, from an item's production until its result was taken. Results are taken as soon as they are next, also while the producer waits for
//! its input. If the caller stops, the threads are left to the end of the process: a producer may be waiting for input that never comes.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use super::failure::Failure;

/// Items under way for each thread at most.
const WINDOW: usize = 32;
/// Bytes under way at most, unless a single item is larger.
const WINDOW_BYTES: u64 = 32 << 20;
/// Bytes of stack of each thread, as a main thread has.
const STACK_BYTES: usize = 8 << 20;

/// Where the producer puts items; waits while the window is full.
pub(super) struct Feed<I> {
    to: mpsc::Sender<(u64, u64, I)>,
    gate: Arc<Gate>,
    n_pushed: u64,
}

/// The caller takes no more.
pub(super) struct Stopped;

impl<I> Feed<I> {
    /// Adds an item of about so many bytes.
    pub(super) fn push(&mut self, n_bytes: u64, item: I) -> Result<(), Stopped> {
        self.gate.enter(n_bytes)?;
        self.n_pushed += 1;
        self.to
            .send((self.n_pushed - 1, n_bytes, item))
            .map_err(|_| Stopped)
    }
}

/// Runs `work` on each item of `produce` in `jobs` threads, and gives the results to `take` in the order of the items; where `work` panicked, the item instead.
pub(super) fn ordered<I, O>(
    jobs: NonZeroUsize,
    produce: impl FnOnce(&mut Feed<I>) + Send + 'static,
    work: impl Fn(&I) -> O + Send + Sync + 'static,
    mut take: impl FnMut(Result<O, I>) -> Result<(), Failure>,
) -> Result<(), Failure>
where
    I: Send + 'static,
    O: Send + 'static,
{
    let gate = Arc::new(Gate::new(jobs.get().saturating_mul(WINDOW)));
    let (to, items) = mpsc::channel();
    let (done, results) = mpsc::channel();
    let mut feed = Feed {
        to,
        gate: Arc::clone(&gate),
        n_pushed: 0,
    };
    spawn(move || produce(&mut feed))?;
    let (items, work) = (Arc::new(Mutex::new(items)), Arc::new(work));
    for _ in 0..jobs.get() {
        let (items, work, done) = (Arc::clone(&items), Arc::clone(&work), done.clone());
        spawn(move || {
            loop {
                let next = lock(&items).recv();
                let Ok((n, n_bytes, item)) = next else {
                    return;
                };
                let result = catch_unwind(AssertUnwindSafe(|| work(&item))).map_err(|_| item);
                if done.send((n, n_bytes, result)).is_err() {
                    return;
                }
            }
        })?;
    }
    drop(done);
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (n, n_bytes, result) in results {
        waiting.insert(n, (n_bytes, result));
        while let Some((n_bytes, result)) = waiting.remove(&next) {
            if let Err(failure) = take(result) {
                gate.close();
                return Err(failure);
            }
            gate.leave(n_bytes);
            next += 1;
        }
    }
    Ok(())
}

fn spawn(run: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(run)
        .map(drop)
        .map_err(Failure::Threads)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is under way.
struct Gate {
    inside: Mutex<Inside>,
    freed: Condvar,
    most: usize,
}

#[derive(Default)]
struct Inside {
    n_items: usize,
    n_bytes: u64,
    closed: bool,
}

impl Gate {
    fn new(most: usize) -> Self {
        Self {
            inside: Mutex::default(),
            freed: Condvar::new(),
            most,
        }
    }

    fn enter(&self, n_bytes: u64) -> Result<(), Stopped> {
        let full = |inside: &mut Inside| {
            !inside.closed
                && inside.n_items > 0
                && (inside.n_items >= self.most
                    || inside.n_bytes.saturating_add(n_bytes) > WINDOW_BYTES)
        };
        let mut inside = self
            .freed
            .wait_while(lock(&self.inside), full)
            .unwrap_or_else(PoisonError::into_inner);
        if inside.closed {
            return Err(Stopped);
        }
        inside.n_items += 1;
        inside.n_bytes = inside.n_bytes.saturating_add(n_bytes);
        Ok(())
    }

    fn leave(&self, n_bytes: u64) {
        let mut inside = lock(&self.inside);
        inside.n_items = inside.n_items.saturating_sub(1);
        inside.n_bytes = inside.n_bytes.saturating_sub(n_bytes);
        self.freed.notify_all();
    }

    fn close(&self) {
        lock(&self.inside).closed = true;
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

    fn numbers(feed: &mut Feed<u64>) {
        for n in 0..1000 {
            // Some are so large that hardly anything fits beside them.
            if feed
                .push(if n % 100 == 0 { WINDOW_BYTES } else { 10 }, n)
                .is_err()
            {
                return;
            }
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut seen = Vec::new();
        let twice = |n: &u64| {
            for _ in 0..(n % 7) {
                thread::yield_now();
            }
            n * 2
        };
        ordered(FOUR, numbers, twice, |result| {
            seen.push(result.unwrap());
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_costs_one_result() {
        let mut lost = Vec::new();
        ordered(
            FOUR,
            numbers,
            |n| assert!(*n != 500, "this panic is part of the test"),
            |result| {
                lost.extend(result.err());
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(lost, [500]);
    }

    #[test]
    fn the_caller_may_stop_while_the_input_waits() {
        let endless = |feed: &mut Feed<u64>| {
            while feed.push(1, 1).is_ok() {}
            thread::park();
        };
        let stopped = ordered(FOUR, endless, |n| *n, |_| Err(Failure::NoTerminal));
        assert!(matches!(stopped, Err(Failure::NoTerminal)));
    }
}
