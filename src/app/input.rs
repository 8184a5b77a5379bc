//! One line of typed text, on the text area's editing.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea};

use crate::text::sanitise;
use crate::text::width::text_cells;

/// A line being typed.
#[derive(Debug, Clone, Default)]
pub struct Input {
    area: TextArea<'static>,
}

/// What a key did to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Yes,
    /// Only the cursor moved, or nothing happened.
    No,
}

impl Input {
    /// A line that begins with `text`, the cursor at its end.
    pub fn with(text: &str) -> Self {
        let mut input = Self::default();
        input.set(text);
        input
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Puts other text there.
    pub fn set(&mut self, text: &str) {
        self.area = TextArea::new(vec![sanitise::line(text).into_owned()]);
        self.area.move_cursor(CursorMove::End);
    }

    /// Adds pasted text at the cursor, on one line.
    pub fn paste(&mut self, text: &str) {
        // Lines become one, with a blank between them.
        let lines: Vec<&str> = text
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let line = if lines.len() > 1 {
            lines.join(" ")
        } else {
            text.trim_end_matches(['\n', '\r']).to_owned()
        };
        self.area.insert_str(sanitise::line(&line));
    }

    /// Cells before the cursor.
    pub fn cursor_cells(&self) -> usize {
        let before: String = self.text().chars().take(self.area.cursor().1).collect();
        text_cells(&before)
    }

    /// Edits the line.
    pub fn key(&mut self, event: KeyEvent) -> Edited {
        let before = self.text().to_owned();
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        match event.code {
            KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Up | KeyCode::Down => {}
            KeyCode::Char('m' | 'j' | 'n' | 'p') if control => {}
            KeyCode::Char('u') if control => drop(self.area.delete_line_by_head()),
            _ => drop(self.area.input(event)),
        }
        if self.text() == before {
            Edited::No
        } else {
            Edited::Yes
        }
    }
}
