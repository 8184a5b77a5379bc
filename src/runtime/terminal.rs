//! The terminal: taken on start, given back however the program ends.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{encode, scroll};
use crate::app::effect::Capture;

/// Bytes of one frame are gathered, so that a frame is one write.
const FRAME_BYTES: usize = 64 * 1024;

/// The terminal while it is taken; given back when dropped.
///
/// Two buffers are kept: what is shown, and the next frame. Only what differs goes out. (ratatui's own `Terminal` asks the terminal where its cursor is
/// whenever it clears, which costs a round trip at the start and fails after a stop.)
pub(super) struct Screen {
    backend: CrosstermBackend<BufWriter<Stdout>>,
    shown: Buffer,
    next: Buffer,
    cursor: Option<Position>,
    mouse: Capture,
    /// Shared with the panic hook: the terminal is given back once.
    taken: Arc<AtomicBool>,
}

impl Screen {
    /// Takes the terminal. A panic gives it back before it is reported.
    pub(super) fn take(mouse: Capture) -> io::Result<Self> {
        let taken = Arc::new(AtomicBool::new(false));
        let report = std::panic::take_hook();
        let in_panic = taken.clone();
        std::panic::set_hook(Box::new(move |panic| {
            // A worker's panic is caught and told on the screen; only the main thread's ends the program.
            if std::thread::current().name() == Some("main") {
                give_back(&in_panic);
                report(panic);
            }
        }));
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, io::stdout()));
        let mut screen = Self {
            backend,
            shown: Buffer::default(),
            next: Buffer::default(),
            cursor: None,
            mouse,
            taken,
        };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal, or takes it again after [`Screen::leave`].
    pub(super) fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        self.taken.store(true, Ordering::SeqCst);
        queue!(
            self.backend,
            EnterAlternateScreen,
            EnableBracketedPaste,
            // Terminals that do not know this ignore it; on those that do, Esc and ^I are told from Alt and Tab.
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
            Hide
        )?;
        self.cursor = None;
        if self.mouse == Capture::On {
            queue!(self.backend, EnableMouseCapture)?;
        }
        self.clear()
    }

    /// Gives the terminal back for a while.
    pub(super) fn leave(&self) {
        give_back(&self.taken);
    }

    /// Takes or leaves the mouse.
    pub(super) fn set_mouse(&mut self, mouse: Capture) -> io::Result<()> {
        self.mouse = mouse;
        match mouse {
            Capture::On => execute!(self.backend, EnableMouseCapture),
            Capture::Off => execute!(self.backend, DisableMouseCapture),
        }
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        self.backend.size().map(|size| (size.width, size.height))
    }

    /// Forgets what is shown: the next frame draws everything.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        queue!(self.backend, Clear(ClearType::All))?;
        self.shown.reset();
        Ok(())
    }

    /// Paints a frame: what changed since the last goes out in one write, shown at once. Rows of `moving` that only moved up or down are moved by the terminal.
    pub(super) fn paint(
        &mut self,
        moving: Rect,
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        let (cols, rows) = self.size()?;
        let area = Rect::new(0, 0, cols, rows);
        queue!(self.backend, BeginSynchronizedUpdate)?;
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.clear()?;
        }
        self.next.reset();
        let cursor = paint(&mut self.next);
        if let Some(shift) = scroll::shift(&self.shown, &self.next, moving) {
            shift.write(&mut self.backend)?;
            shift.apply(&mut self.shown);
        }
        encode::frame(&self.shown, &self.next, &mut self.backend)?;
        if let Some(at) = cursor {
            self.backend.set_cursor_position(at)?;
        }
        if cursor.is_some() != self.cursor.is_some() {
            match cursor {
                Some(_) => queue!(self.backend, Show)?,
                None => queue!(self.backend, Hide)?,
            }
        }
        self.cursor = cursor;
        std::mem::swap(&mut self.shown, &mut self.next);
        execute!(self.backend, EndSynchronizedUpdate)
    }

    /// Puts text on the clipboard through the terminal (OSC 52).
    pub(super) fn copy(&mut self, base64: &str) -> io::Result<()> {
        write!(self.backend, "\u{1b}]52;c;{base64}\u{7}")?;
        io::Write::flush(&mut self.backend)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back if it is taken; what fails is passed over, for there is nobody left to tell.
fn give_back(taken: &AtomicBool) {
    if !taken.swap(false, Ordering::SeqCst) {
        return;
    }
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
