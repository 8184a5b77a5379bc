//! A terminal for tests: a real program in a pseudo-terminal, keys in, screen out.
//!
//! [`Terminal::start`] runs the `postil` binary in a fresh home folder; [`Terminal::start_in`] in one that a test keeps, to come back
//! tomorrow; [`Terminal::start_with_input`] gives it standard input; [`Terminal::start_as_job`] puts it under a shell with job control, where
//! Ctrl-Z works. [`Terminal::keys`] types, [`Terminal::wait_for`] waits until words stand on the screen. Waits are the only
//! synchronisation: no test may sleep, and none may assert a time. Programs start in their home: paths in arguments are absolute.
//!
//! ```text
//! let mut terminal = Terminal::start(Size { cols: 80, rows: 24 }, &[], &[]);
//! terminal.wait_for("Library");
//! terminal.keys("jj<enter>q");
//! assert_eq!(terminal.exit_code(), 0);
//! ```

// Each test program uses its own part of this module.
#![allow(dead_code)]
// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod home;
pub(crate) mod keys;
mod output;

use std::num::NonZeroU16;
use std::process::Command;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub(crate) use home::Home;
pub(crate) use keys::Mouse;
use output::{Answers, Ended, Output, Writer};

/// No wait lasts longer; generous, because a test may share its machine with many.
const LIMIT: Duration = Duration::from_secs(60);

/// What [`Terminal::start_as_job`] shows when the program has been stopped; Enter continues it.
pub(crate) const STOPPED: &str = "[job stopped]";

/// A shell that controls the program as a job: 145 to 148 are 128 and the number of a stopping signal.
const JOB: &str = r#"
set -m
"$0" "$@"
code=$?
while :; do
    case $code in
        14[5-8]) printf '[job stopped]'; read -r _; fg >/dev/null; code=$? ;;
        *) exit "$code" ;;
    esac
done
"#;

/// A shell that feeds a file through a pipe and becomes the program.
const FED: &str = r#"mkfifo "$POSTIL_TEST_PIPE" && { cat "$POSTIL_TEST_INPUT" > "$POSTIL_TEST_PIPE" & } && exec "$0" "$@" < "$POSTIL_TEST_PIPE""#;

/// Columns and rows of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) cols: u16,
    pub(crate) rows: u16,
}

impl Size {
    fn pty(self) -> PtySize {
        PtySize {
            rows: self.rows,
            cols: self.cols,
            pixel_width: 0,
            pixel_height: 0,
        }
    }
}

/// Signals a test may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    Continue,
    Hangup,
    Interrupt,
    Kill,
    Stop,
    Terminate,
}

impl Signal {
    const fn name(self) -> &'static str {
        match self {
            Self::Continue => "-CONT",
            Self::Hangup => "-HUP",
            Self::Interrupt => "-INT",
            Self::Kill => "-KILL",
            Self::Stop => "-TSTP",
            Self::Terminate => "-TERM",
        }
    }
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Exit {
    /// By itself, with this code.
    Code(u32),
    /// By a signal, in the platform's words.
    Signal(String),
}

/// A program in a terminal of its own. Dropped, it is killed.
pub(crate) struct Terminal {
    home: Rc<Home>,
    master: Box<dyn MasterPty + Send>,
    writer: Writer,
    child: Box<dyn Child + Send + Sync>,
    output: Output,
}

impl Terminal {
    /// The `postil` binary with these arguments, in a fresh home, with these variables on top of its environment.
    pub(crate) fn start(size: Size, args: &[&str], envs: &[(&str, &str)]) -> Self {
        Self::start_in(&Rc::new(Home::fresh()), size, args, envs)
    }

    /// As [`Terminal::start`], in a home that the test keeps.
    pub(crate) fn start_in(
        home: &Rc<Home>,
        size: Size,
        args: &[&str],
        envs: &[(&str, &str)],
    ) -> Self {
        Self::run(home, size, &argv(args), envs)
    }

    /// As [`Terminal::start`], with `input` on standard input through a pipe; keys come from the terminal all the same.
    pub(crate) fn start_with_input(
        size: Size,
        input: &[u8],
        args: &[&str],
        envs: &[(&str, &str)],
    ) -> Self {
        Self::run_with_input(&Rc::new(Home::fresh()), size, input, &argv(args), envs)
    }

    /// As [`Terminal::start`], as a job of a shell: when it stops, the screen says [`STOPPED`], and Enter continues it.
    pub(crate) fn start_as_job(size: Size, args: &[&str], envs: &[(&str, &str)]) -> Self {
        Self::run_as_job(&Rc::new(Home::fresh()), size, &argv(args), envs)
    }

    /// Any program, with its standard input from the terminal.
    pub(crate) fn run(home: &Rc<Home>, size: Size, argv: &[&str], envs: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::from_argv(argv.iter().map(Into::into).collect());
        command.env_clear();
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        for (name, value) in envs {
            command.env(name, value);
        }
        command.cwd(home.path());

        let pair = native_pty_system().openpty(size.pty()).unwrap();
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        let child = pair
            .slave
            .spawn_command(command)
            .unwrap_or_else(|e| panic!("cannot start {argv:?}: {e}"));
        // Only the program holds the other end now, so that reading ends when it does.
        drop(pair.slave);
        let parser = vt100::Parser::new_with_callbacks(
            cells(size.rows),
            cells(size.cols),
            0,
            Answers::default(),
        );
        Self {
            home: Rc::clone(home),
            output: Output::collect(parser, reader, Arc::clone(&writer)),
            master: pair.master,
            writer,
            child,
        }
    }

    /// As [`Terminal::run`], with `input` on standard input through a pipe.
    pub(crate) fn run_with_input(
        home: &Rc<Home>,
        size: Size,
        input: &[u8],
        argv: &[&str],
        envs: &[(&str, &str)],
    ) -> Self {
        let file = home.write("standard-input", input);
        let pipe = home.path().join("standard-input.pipe");
        let (file, pipe) = (file.to_string_lossy(), pipe.to_string_lossy());
        let envs = [
            &[("POSTIL_TEST_INPUT", &*file), ("POSTIL_TEST_PIPE", &*pipe)],
            envs,
        ]
        .concat();
        Self::run(home, size, &[&["sh", "-c", FED], argv].concat(), &envs)
    }

    /// As [`Terminal::run`], as a job of a shell.
    pub(crate) fn run_as_job(
        home: &Rc<Home>,
        size: Size,
        argv: &[&str],
        envs: &[(&str, &str)],
    ) -> Self {
        Self::run(home, size, &[&["sh", "-c", JOB], argv].concat(), envs)
    }

    /// The program's home.
    pub(crate) fn home(&self) -> &Rc<Home> {
        &self.home
    }

    /// Types a key string ([`keys`] says how it is written).
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.send(&keys::encode(keys))
    }

    /// Pastes, as a terminal with bracketed paste does.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&keys::paste(text))
    }

    /// What the mouse does at a cell, counted from 0.
    pub(crate) fn mouse(&mut self, what: Mouse, col: u16, row: u16) -> &mut Self {
        self.send(&keys::mouse(what, col, row))
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = writer.write_all(bytes).and_then(|()| writer.flush());
        drop(writer);
        if let Err(e) = sent {
            self.fail(&format!("cannot send keys: {e}"));
        }
        self
    }

    /// Gives the window another size; the program hears of it by SIGWINCH.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        // First the picture, then the program: it may answer at once, and its answer is drawn at the new size.
        self.output.lock().parser.set_size(cells(rows), cells(cols));
        self.master.resize(Size { cols, rows }.pty()).unwrap();
        self
    }

    /// Waits until the screen shows `text`; a newline in it stands between two rows.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("`{text}` on the screen"), |screen| {
            rows(screen).contains(text)
        })
    }

    /// Waits until the screen no longer shows `text`.
    #[track_caller]
    pub(crate) fn wait_gone(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("a screen without `{text}`"), |screen| {
            !rows(screen).contains(text)
        })
    }

    /// Waits until `holds`; `what` says in the failure what was waited for.
    #[track_caller]
    pub(crate) fn wait_until(
        &mut self,
        what: &str,
        mut holds: impl FnMut(&vt100::Screen) -> bool,
    ) -> &mut Self {
        match self
            .output
            .wait(LIMIT, |state| holds(state.parser.screen()))
        {
            Ended::Done => self,
            Ended::Closed => self.fail(&format!("the program ended before there was {what}")),
            Ended::TimedOut => {
                self.fail(&format!("waited {} s in vain for {what}", LIMIT.as_secs()))
            }
        }
    }

    /// The screen's rows, blanks at their ends left out.
    pub(crate) fn screen(&self) -> String {
        rows(self.output.lock().parser.screen())
    }

    /// Looks at the screen with its colours, cursor and modes.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.output.lock().parser.screen())
    }

    /// Every byte put out so far, in order.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.output.lock().raw.clone()
    }

    /// The process that has the terminal: the program, or as a job whoever is in the foreground.
    pub(crate) fn process(&self) -> u32 {
        self.master
            .process_group_leader()
            .and_then(|id| u32::try_from(id).ok())
            .or_else(|| self.child.process_id())
            .expect("the program has ended")
    }

    /// Sends a signal to the process that has the terminal.
    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        let id = self.process().to_string();
        let sent = Command::new("kill")
            .args([signal.name(), &id])
            .status()
            .unwrap();
        assert!(sent.success(), "cannot send {signal:?} to process {id}");
        self
    }

    /// Waits until the program has ended and its last byte is read; how it ended.
    #[track_caller]
    pub(crate) fn exit(&mut self) -> Exit {
        let until = Instant::now() + LIMIT;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() > until {
                self.fail("the program does not end");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        // Whatever it left running may hold the terminal open; what it wrote itself has been read by then.
        let _ = self
            .output
            .wait(Duration::from_secs(5), |state| state.closed);
        match status.signal() {
            Some(signal) => Exit::Signal(signal.to_owned()),
            None => Exit::Code(status.exit_code()),
        }
    }

    /// As [`Terminal::exit`], for a program that must not have been killed.
    #[track_caller]
    pub(crate) fn exit_code(&mut self) -> u32 {
        match self.exit() {
            Exit::Code(code) => code,
            Exit::Signal(signal) => {
                self.fail(&format!("the program was ended by a signal ({signal})"))
            }
        }
    }

    #[track_caller]
    fn fail(&self, why: &str) -> ! {
        panic!("{why}; the screen is\n{}\n", self.screen());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The command line of the binary under test.
fn argv<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&[env!("CARGO_BIN_EXE_postil")], args].concat()
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a terminal has at least one row and one column")
}

fn rows(screen: &vt100::Screen) -> String {
    let (_, cols) = screen.size();
    let rows: Vec<String> = screen
        .rows(0, cols.get())
        .map(|row| row.trim_end().to_owned())
        .collect();
    rows.join("\n").trim_end().to_owned()
}
