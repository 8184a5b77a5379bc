//! A theme as written: TOML with a `[palette]` of named colours and `[roles]` with a style each.
//!
//! ```toml
//! [palette]
//! rubric = "#8e332b"
//! [roles]
//! heading = "rubric bold"
//! "note.1" = "on #eee3a9"
//! ```
//!
//! A style is words: at most one colour for the letters, `on` and a colour for the ground, and `bold`, `dim`, `italic`, `underlined`, `reversed`,
//! `crossed`. A colour is one of the palette, `#rrggbb`, a number up to 255 or the name of one of the terminal's 16.
//! Whatever is wrong is noted with its line, and reading goes on.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

use super::colour;
use super::mistake::{Mistake, Wrong};
use super::role::Role;

/// Palette and roles by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sheet {
    palette: BTreeMap<String, Color>,
    roles: BTreeMap<String, Spec>,
}

/// A style whose colours may stand in the palette.
#[derive(Debug, Clone, PartialEq, Default)]
struct Spec {
    letters: Option<Ink>,
    ground: Option<Ink>,
    modifiers: Modifier,
}

#[derive(Debug, Clone, PartialEq)]
enum Ink {
    Palette(String),
    Fixed(Color),
}

impl Sheet {
    /// This sheet with what `toml` says laid over it, and what was wrong with `toml`, in order of line.
    pub(super) fn patched(mut self, toml: &str) -> (Self, Vec<Mistake>) {
        let (root, errors) = DeTable::parse_recoverable(toml);
        let line_of = |at: usize| {
            let before = toml.as_bytes().get(..at).unwrap_or_default();
            memchr::memchr_iter(b'\n', before).count() + 1
        };
        let mut mistakes: Vec<Mistake> = errors
            .iter()
            .map(|error| Mistake {
                line: line_of(error.span().map_or(0, |span| span.start)),
                wrong: Wrong::Toml {
                    message: error.message().to_owned(),
                },
            })
            .collect();
        mistakes.dedup_by_key(|mistake| mistake.line);
        let mut note = |at: usize, wrong: Wrong| {
            let line = line_of(at);
            // What stands on a line that is no TOML was guessed at; one message is enough.
            if !mistakes
                .iter()
                .any(|known| known.line == line && matches!(known.wrong, Wrong::Toml { .. }))
            {
                mistakes.push(Mistake { line, wrong });
            }
        };
        let mut roles = Vec::new();
        for (key, value) in root.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("palette", DeValue::Table(table)) => {
                    for (name, text, at) in entries(table, &mut note) {
                        match colour::parse(&text) {
                            Some(colour) => {
                                self.palette.insert(name, colour);
                            }
                            None => note(at, Wrong::Colour { name: text }),
                        }
                    }
                }
                ("roles", DeValue::Table(table)) => roles = entries(table, &mut note),
                (name, _) => note(
                    key.span().start,
                    Wrong::Section {
                        name: name.to_owned(),
                    },
                ),
            }
        }
        for (name, text, at) in roles {
            if !Role::is_known(&name) {
                note(at, Wrong::role(name));
                continue;
            }
            match self.spec(&text) {
                Ok(spec) => {
                    self.roles.insert(name, spec);
                }
                Err(wrong) => note(at, wrong),
            }
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        (self, mistakes)
    }

    /// The style of a role, by its name or the nearest one it falls back to.
    pub(super) fn style(&self, role: Role) -> Style {
        let Some(spec) = role.fallbacks().find_map(|name| self.roles.get(name)) else {
            return Style::default();
        };
        Style {
            fg: self.colour(spec.letters.as_ref()),
            bg: self.colour(spec.ground.as_ref()),
            add_modifier: spec.modifiers,
            ..Style::default()
        }
    }

    fn colour(&self, ink: Option<&Ink>) -> Option<Color> {
        match ink? {
            Ink::Palette(name) => self.palette.get(name).copied(),
            Ink::Fixed(colour) => Some(*colour),
        }
    }

    fn spec(&self, text: &str) -> Result<Spec, Wrong> {
        let mut spec = Spec::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if let Some(modifier) = modifier(word) {
                spec.modifiers |= modifier;
            } else if word == "on" {
                let Some(name) = words.next() else {
                    return Err(Wrong::NoGround);
                };
                set(&mut spec.ground, self.ink(name)?, name)?;
            } else {
                set(&mut spec.letters, self.ink(word)?, word)?;
            }
        }
        Ok(spec)
    }

    fn ink(&self, name: &str) -> Result<Ink, Wrong> {
        if self.palette.contains_key(name) {
            return Ok(Ink::Palette(name.to_owned()));
        }
        colour::parse(name)
            .map(Ink::Fixed)
            .ok_or_else(|| Wrong::Word {
                word: name.to_owned(),
            })
    }
}

fn set(place: &mut Option<Ink>, ink: Ink, name: &str) -> Result<(), Wrong> {
    match place.replace(ink) {
        None => Ok(()),
        Some(_) => Err(Wrong::TwoColours {
            second: name.to_owned(),
        }),
    }
}

fn modifier(word: &str) -> Option<Modifier> {
    match word {
        "bold" => Some(Modifier::BOLD),
        "dim" => Some(Modifier::DIM),
        "italic" => Some(Modifier::ITALIC),
        "underlined" => Some(Modifier::UNDERLINED),
        "reversed" => Some(Modifier::REVERSED),
        "crossed" => Some(Modifier::CROSSED_OUT),
        _ => None,
    }
}

/// Name, text and place of every string in a table; nested tables give dotted names, so that quotes around them may be left out.
fn entries(
    table: &DeTable<'_>,
    note: &mut impl FnMut(usize, Wrong),
) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), table)];
    while let Some((prefix, table)) = open.pop() {
        for (key, value) in table {
            let name = format!("{prefix}{}", key.get_ref());
            match value.get_ref() {
                DeValue::String(text) => {
                    found.push((name, text.to_string(), key.span().start));
                }
                DeValue::Table(inner) => open.push((format!("{name}."), inner)),
                DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_) => note(key.span().start, Wrong::NoText { name }),
            }
        }
    }
    found
}
