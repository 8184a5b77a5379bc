//! The terminal: taken on start, given back however the program ends.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Once;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::effect::Capture;

/// Bytes of one frame are gathered, so that a frame is one write.
const FRAME_BYTES: usize = 64 * 1024;

/// The terminal while it is taken; given back when dropped.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: Capture,
    taken: bool,
}

impl Screen {
    /// Takes the terminal. A panic gives it back before it is reported.
    pub(super) fn take(mouse: Capture) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let report = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                // A worker's panic is caught and told on the screen; only the main thread's ends the program.
                if std::thread::current().name() == Some("main") {
                    give_back();
                    report(panic);
                }
            }));
        });
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, io::stdout()));
        let terminal = Terminal::new(backend)?;
        let mut screen = Self {
            terminal,
            mouse,
            taken: false,
        };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal, or takes it again after [`Screen::leave`].
    pub(super) fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        self.taken = true;
        let out = self.terminal.backend_mut();
        queue!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            // Terminals that do not know this ignore it; on those that do, Esc and ^I are told from Alt and Tab.
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
            Hide
        )?;
        if self.mouse == Capture::On {
            queue!(out, EnableMouseCapture)?;
        }
        self.terminal.clear()
    }

    /// Gives the terminal back for a while.
    pub(super) fn leave(&mut self) {
        if self.taken {
            self.taken = false;
            give_back();
        }
    }

    /// Takes or leaves the mouse.
    pub(super) fn set_mouse(&mut self, mouse: Capture) -> io::Result<()> {
        self.mouse = mouse;
        let out = self.terminal.backend_mut();
        match mouse {
            Capture::On => execute!(out, EnableMouseCapture),
            Capture::Off => execute!(out, DisableMouseCapture),
        }
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Draws everything anew.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Paints a frame: what changed since the last goes out in one write, shown at once.
    pub(super) fn paint(
        &mut self,
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if let Some(cursor) = paint(frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Puts text on the clipboard through the terminal (OSC 52).
    pub(super) fn copy(&mut self, base64: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        write!(out, "\u{1b}]52;c;{base64}\u{7}")?;
        out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back; what fails is passed over, for there is nobody left to tell.
fn give_back() {
    let mut out = io::stdout();
    drop(execute!(
        out,
        EndSynchronizedUpdate,
        PopKeyboardEnhancementFlags,
        DisableMouseCapture,
        DisableBracketedPaste,
        Show,
        LeaveAlternateScreen
    ));
    drop(disable_raw_mode());
}
