//! Every command, by name.

use super::Cursor;
use crate::app::action::Action;
use crate::app::input::Input;

/// The palette.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub input: Input,
    /// The actions whose name or help holds every word typed, names that begin so first.
    pub shown: Vec<Action>,
    /// The chosen one.
    pub cursor: Cursor,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            input: Input::default(),
            shown: Action::ALL.to_vec(),
            cursor: Cursor::default(),
        }
    }
}

impl Palette {
    /// Makes `shown` anew after the text changed.
    pub fn arrange(&mut self) {
        let typed = self.input.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut shown: Vec<Action> = Action::ALL
            .iter()
            .copied()
            .filter(|action| {
                let all = format!("{} {}", action.name(), action.help().to_lowercase());
                words.iter().all(|word| all.contains(word))
            })
            .collect();
        let first = words.first().copied().unwrap_or_default();
        shown.sort_by_key(|action| {
            (
                !action.name().starts_with(first),
                !action.name().contains(first),
            )
        });
        self.shown = shown;
        self.cursor = Cursor::default();
    }

    /// The chosen action.
    pub fn chosen(&self) -> Option<Action> {
        self.shown.get(self.cursor.selected).copied()
    }
}
