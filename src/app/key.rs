//! One key press, and how keymaps, help and tests write it: `j`, `G`, `<C-d>`, `<A-x>`, `<enter>`, `<space>`, `<lt>`.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press without what terminals disagree on: shift is part of the letter, and only control and alt are modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Control, alt, and shift where the key is no letter.
    pub modifiers: KeyModifiers,
}

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("s-tab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            modifiers: KeyModifiers::NONE,
        }
    }

    /// A character key.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The character it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c)
                if !self
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                Some(c)
            }
            _ => None,
        }
    }

    /// Parses a sequence such as `]e`, `<C-p>` or `g<home>`; the error is the part that is no key.
    pub fn sequence(text: &str) -> Result<Vec<Self>, String> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let named = rest
                .strip_prefix('<')
                .and_then(|inner| inner.split_once('>'));
            match named {
                Some((name, after)) => {
                    keys.push(Self::named(name).ok_or_else(|| format!("<{name}>"))?);
                    rest = after;
                }
                None if c == '<' && rest.len() > 1 => return Err(rest.to_owned()),
                None => {
                    keys.push(Self::char(c));
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                }
            }
        }
        if keys.is_empty() {
            Err(String::new())
        } else {
            Ok(keys)
        }
    }

    fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == lower) {
            return Some(Self::plain(*code));
        }
        if let Some(number) = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
            return (1..=24)
                .contains(&number)
                .then_some(Self::plain(KeyCode::F(number)));
        }
        let (prefix, rest) = name.split_once('-')?;
        let modifier = match prefix.to_ascii_lowercase().as_str() {
            "c" => KeyModifiers::CONTROL,
            "a" | "m" => KeyModifiers::ALT,
            "s" => KeyModifiers::SHIFT,
            _ => return None,
        };
        let mut chars = rest.chars();
        let mut key = match (chars.next(), chars.next()) {
            (Some(c), None) => Self::char(if modifier == KeyModifiers::CONTROL {
                c.to_ascii_lowercase()
            } else {
                c
            }),
            _ => Self::named(rest)?,
        };
        key.modifiers |= modifier;
        Some(key)
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let mut code = event.code;
        if let KeyCode::Char(c) = code {
            modifiers.remove(KeyModifiers::SHIFT);
            if modifiers.contains(KeyModifiers::CONTROL) {
                code = KeyCode::Char(c.to_ascii_lowercase());
            }
        }
        if code == KeyCode::BackTab {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self { code, modifiers }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = NAMES
            .iter()
            .find(|(_, code)| *code == self.code)
            .map(|(name, _)| *name);
        let mut prefix = String::new();
        for (modifier, letter) in [
            (KeyModifiers::CONTROL, "C-"),
            (KeyModifiers::ALT, "A-"),
            (KeyModifiers::SHIFT, "S-"),
        ] {
            if self.modifiers.contains(modifier) {
                prefix.push_str(letter);
            }
        }
        match (self.code, named) {
            (_, Some(name)) => write!(f, "<{prefix}{name}>"),
            (KeyCode::Char(c), None) if prefix.is_empty() => write!(f, "{c}"),
            (KeyCode::Char(c), None) => write!(f, "<{prefix}{c}>"),
            (KeyCode::F(n), None) => write!(f, "<{prefix}f{n}>"),
            _ => f.write_str("<?>"),
        }
    }
}

/// A sequence as the help screen writes it: `^P`, `]e`, `Enter`.
pub fn pretty(keys: &[Key]) -> String {
    let one = |key: &Key| -> String {
        let base = match key.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) => {
                c.to_ascii_uppercase().to_string()
            }
            KeyCode::Char(c) => c.to_string(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::F(n) => format!("F{n}"),
            code => format!("{code:?}"),
        };
        let control = if key.modifiers.contains(KeyModifiers::CONTROL) {
            "^"
        } else {
            ""
        };
        let alt = if key.modifiers.contains(KeyModifiers::ALT) {
            "Alt-"
        } else {
            ""
        };
        format!("{alt}{control}{base}")
    };
    keys.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_round_trip() {
        for text in [
            "j", "]e", "<C-p>", "g<home>", "<A-x>", "<lt>", "<space>", "<s-tab>", "<f5>",
        ] {
            let keys = Key::sequence(text).unwrap();
            assert_eq!(keys.iter().map(Key::to_string).collect::<String>(), text);
        }
        assert_eq!(Key::sequence("<nokey>"), Err("<nokey>".to_owned()));
        assert_eq!(Key::sequence("<x"), Err("<x".to_owned()));
    }

    #[test]
    fn help_writes_keys_for_people() {
        assert_eq!(pretty(&Key::sequence("<C-p>").unwrap()), "^P");
        assert_eq!(pretty(&Key::sequence("]e").unwrap()), "]e");
    }
}
