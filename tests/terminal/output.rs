//! What a program put out: every byte, and the screen that the bytes draw.
//!
//! One thread reads; whoever waits is woken by each piece. Questions that a terminal answers by itself (cursor
//! position, device attributes, status) are answered, so that a program never waits for a reply in vain.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The keyboard's end of the terminal: keys and the terminal's own answers go through it.
pub(super) type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// Shared by the reading thread and the test.
#[derive(Clone)]
pub(super) struct Output {
    shared: Arc<(Mutex<State>, Condvar)>,
}

pub(super) struct State {
    pub(super) raw: Vec<u8>,
    pub(super) parser: vt100::Parser<Answers>,
    /// Nobody holds the other end any more.
    pub(super) closed: bool,
}

/// Answers that are due.
#[derive(Default)]
pub(super) struct Answers {
    due: Vec<u8>,
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        i1: Option<u8>,
        _i2: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        let first = params
            .first()
            .and_then(|param| param.first())
            .copied()
            .unwrap_or(0);
        match (i1, c, first) {
            (None, 'c', 0) => self.due.extend(b"\x1b[?62;22c"),
            (None, 'n', 5) => self.due.extend(b"\x1b[0n"),
            (None, 'n', 6) => {
                let (row, col) = screen.cursor_position();
                self.due
                    .extend(format!("\x1b[{};{}R", row + 1, col + 1).into_bytes());
            }
            _ => {}
        }
    }
}

impl Output {
    /// Starts to read from `reader`; answers go to `writer`.
    pub(super) fn collect(
        parser: vt100::Parser<Answers>,
        mut reader: Box<dyn Read + Send>,
        writer: Writer,
    ) -> Self {
        let output = Self {
            shared: Arc::new((
                Mutex::new(State {
                    raw: Vec::new(),
                    parser,
                    closed: false,
                }),
                Condvar::new(),
            )),
        };
        let collected = output.clone();
        std::thread::spawn(move || {
            let mut piece = [0; 8192];
            loop {
                // Linux reports the end as an error (EIO), others as nothing read.
                let n = reader.read(&mut piece).unwrap_or(0);
                let mut state = collected.lock();
                state.raw.extend(&piece[..n]);
                state.parser.process(&piece[..n]);
                state.closed = n == 0;
                let answers = std::mem::take(&mut state.parser.callbacks_mut().due);
                drop(state);
                collected.shared.1.notify_all();
                if !answers.is_empty() {
                    // A program that has just ended needs no answer.
                    let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                    let _ = writer.write_all(&answers).and_then(|()| writer.flush());
                }
                if n == 0 {
                    return;
                }
            }
        });
        output
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `done` holds or the output has ended; whether it holds then. `limit` is an upper bound only.
    pub(super) fn wait(&self, limit: Duration, mut done: impl FnMut(&State) -> bool) -> Ended {
        let until = Instant::now() + limit;
        let mut state = self.lock();
        loop {
            if done(&state) {
                return Ended::Done;
            }
            if state.closed {
                return Ended::Closed;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ended::TimedOut;
            }
            state = self
                .shared
                .1
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    Closed,
    TimedOut,
}
