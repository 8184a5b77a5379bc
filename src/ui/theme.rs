//! What each [`Role`] looks like.
//!
//! In: the name of a built-in theme, the reader's own TOML over it, and how many colours the terminal has. Out: a [`Theme`] that answers
//! with a style for every role. Styles are partial: a note sets a ground and leaves the letters to the layer below. Which layers
//! lie where is `ui::runs`' business, what the terminal can do is found out elsewhere.
//!
//! Built in are `paper` (light), `ink` (dark), `terminal` (the terminal's own 16 colours) and `mono` (no colour). In the first two,
//! text has a contrast of at least 7:1 (WCAG 2.1, AAA), also on notes, and every role at least 4.5:1; names have about the
//! same lightness and little chroma, so that a page full of them still reads as prose.

mod colour;
mod mistake;
mod role;
mod sheet;

pub use mistake::{Mistake, Wrong};
pub use role::Role;

use ratatui::style::{Color, Modifier, Style};
use sheet::Sheet;

/// The built-in themes and their sources.
const BUILT_IN: [(&str, &str); 4] = [
    ("paper", include_str!("../../assets/themes/paper.toml")),
    ("ink", include_str!("../../assets/themes/ink.toml")),
    (
        "terminal",
        include_str!("../../assets/themes/terminal.toml"),
    ),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// A style for every role.
///
/// ```
/// use postil::ui::theme::{ColourDepth, Role, Theme};
/// let theme = Theme::named("paper").unwrap_or_default().lowered(ColourDepth::Ansi256);
/// assert!(theme.style(Role::Note1).bg.is_some());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    name: &'static str,
    sheet: Sheet,
    /// In the order of [`Role::ALL`].
    styles: Vec<Style>,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourDepth {
    /// 24 bits.
    True,
    /// 256, of which 240 look the same everywhere.
    Ansi256,
    /// 16, which are the reader's own.
    Ansi16,
    /// None, or none wanted (`NO_COLOR`).
    None,
}

impl Default for Theme {
    /// `terminal`: right on every background.
    fn default() -> Self {
        Self::built_in(2)
    }
}

impl Theme {
    /// The names of the built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in theme called `name`.
    pub fn named(name: &str) -> Option<Self> {
        BUILT_IN
            .iter()
            .position(|(known, _)| *known == name)
            .map(Self::built_in)
    }

    /// `base` with the reader's changes over it, and everything that is wrong with them, in order of line; what is wrong is as in `base`.
    ///
    /// A changed palette entry changes every role of `base` that uses it. The format: `[palette]` with colours by name, `[roles]` with a
    /// style by role, such as `"mention.person" = "rubric bold"` or `note.1 = "on #eee3a9"`.
    pub fn patched(base: &Self, user_toml: &str) -> (Self, Vec<Mistake>) {
        let (sheet, mistakes) = base.sheet.clone().patched(user_toml);
        (Self::of_sheet(base.name, sheet), mistakes)
    }

    /// The name of the built-in theme it is or is based on.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What a role looks like.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The same theme with the nearest colours a terminal of that depth has.
    ///
    /// Letters stay readable on their ground. With 16 colours hue is kept before lightness; a ground that cannot be told from
    /// the page, and with no colour at all everything, is marked as in `mono`.
    pub fn lowered(&self, depth: ColourDepth) -> Self {
        let mono = Self::built_in(3);
        let page = self.style(Role::Page);
        let page_256 = page.bg.map(|ground| colour::to_256(ground, |_| true));
        let page_16 = page.bg.and_then(|ground| colour::to_16(ground, |_| true));
        let lower = |role: Role| {
            let style = self.style(role);
            match depth {
                ColourDepth::True => style,
                ColourDepth::Ansi256 => {
                    let letters = style.fg.or(page.fg);
                    let lower_ground =
                        |ground| colour::to_256(ground, |candidate| readable(candidate, letters));
                    let ground = style.bg.map(lower_ground);
                    let behind = ground.or(page_256);
                    Style {
                        fg: style.fg.map(|letters| {
                            colour::to_256(letters, |candidate| readable(candidate, behind))
                        }),
                        bg: ground,
                        ..style
                    }
                }
                ColourDepth::Ansi16 if role == Role::Page => {
                    lowered_to_16(style, page_16, page_16, Modifier::empty())
                }
                ColourDepth::Ansi16 => {
                    let marks = mono.style(role).add_modifier;
                    let letters = style.fg.or(page.fg);
                    let ground = style
                        .bg
                        .and_then(|ground| {
                            // Letters that the style does not set are the page's.
                            let letters =
                                letters.and_then(|letters| colour::to_16(letters, |_| true));
                            colour::to_16(ground, |candidate| readable(candidate, letters))
                        })
                        .filter(|ground| Some(*ground) != page_16);
                    lowered_to_16(style, ground, ground.or(page_16), marks)
                }
                ColourDepth::None => Style {
                    fg: None,
                    bg: None,
                    add_modifier: style.add_modifier | mono.style(role).add_modifier,
                    ..style
                },
            }
        };
        Self {
            name: self.name,
            sheet: self.sheet.clone(),
            styles: Role::ALL.iter().map(|role| lower(*role)).collect(),
        }
    }

    fn built_in(index: usize) -> Self {
        let (name, toml) = BUILT_IN.get(index).copied().unwrap_or(("mono", ""));
        Self::of_sheet(name, Sheet::default().patched(toml).0)
    }

    fn of_sheet(name: &'static str, sheet: Sheet) -> Self {
        let styles = Role::ALL.iter().map(|role| sheet.style(*role)).collect();
        Self {
            name,
            sheet,
            styles,
        }
    }
}

/// `style` with letters that can be read on `behind`, on `ground`; with `marks` where it had a ground and has none now.
fn lowered_to_16(
    style: Style,
    ground: Option<Color>,
    behind: Option<Color>,
    marks: Modifier,
) -> Style {
    let lost = style.bg.is_some() && ground.is_none();
    Style {
        fg: style
            .fg
            .filter(|_| !lost)
            .and_then(|letters| colour::to_16(letters, |candidate| readable(candidate, behind))),
        bg: ground,
        add_modifier: if lost {
            style.add_modifier | marks
        } else {
            style.add_modifier
        },
        ..style
    }
}

/// Whether a colour can be read on, or under, `other`; always where that is not known.
fn readable(candidate: [u8; 3], other: Option<Color>) -> bool {
    other
        .and_then(colour::rgb)
        .is_none_or(|other| colour::contrast(candidate, other) >= MIN_CONTRAST)
}

/// WCAG 2.1, level AA.
const MIN_CONTRAST: f64 = 4.5;

#[cfg(test)]
mod tests;
