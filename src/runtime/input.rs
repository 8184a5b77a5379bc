//! The threads that listen: one to the terminal, one to signals.

use std::io;
use std::sync::mpsc::Sender;

use crossterm::event;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::msg::Msg;

/// Starts listening.
pub(super) fn start(out: Sender<Msg>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT])?;
    let signalled = out.clone();
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let message = if signal == SIGCONT {
                    Msg::Resumed
                } else {
                    Msg::Ended
                };
                if signalled.send(message).is_err() {
                    return;
                }
            }
        })?;
    std::thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            loop {
                if let Ok(event) = event::read() {
                    if out.send(Msg::Term(event)).is_err() {
                        return;
                    }
                } else {
                    // The terminal is gone.
                    drop(out.send(Msg::Ended));
                    return;
                }
            }
        })?;
    Ok(())
}
