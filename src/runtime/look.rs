//! Which theme and symbols this terminal gets.

use std::cell::RefCell;

use crate::app::settings::Settings;
use crate::ui::Look;
use crate::ui::symbols::Symbols;
use crate::ui::theme::{ColourDepth, Theme};

/// Themes for this terminal, the last one kept.
pub(super) struct Looks {
    patch: String,
    depth: ColourDepth,
    last: RefCell<Option<(Option<String>, bool, Look)>>,
}

impl Looks {
    /// For the terminal the program runs in.
    pub(super) fn new(patch: &str) -> Self {
        Self {
            patch: patch.to_owned(),
            depth: depth(),
            last: RefCell::new(None),
        }
    }

    /// The look for the settings as they are.
    pub(super) fn of(&self, settings: &Settings) -> Look {
        let ascii = settings.ascii.is_on();
        let mut last = self.last.borrow_mut();
        if let Some((theme, was_ascii, look)) = &*last
            && *theme == settings.theme
            && *was_ascii == ascii
        {
            return look.clone();
        }
        let name = match (&settings.theme, self.depth) {
            (_, ColourDepth::None) => "mono",
            (Some(name), _) => name,
            (None, _) => "terminal",
        };
        let base = Theme::named(name).unwrap_or_default();
        let (theme, _) = Theme::patched(&base, &self.patch);
        let symbols = if ascii {
            Symbols::ascii()
        } else {
            Symbols::unicode()
        };
        let look = Look {
            theme: theme.lowered(self.depth),
            symbols,
        };
        *last = Some((settings.theme.clone(), ascii, look.clone()));
        look
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// How many colours the terminal says it has. `NO_COLOR` (no-color.org) and `TERM=dumb` mean none.
fn depth() -> ColourDepth {
    if !variable("NO_COLOR").is_empty() || variable("TERM") == "dumb" {
        return ColourDepth::None;
    }
    if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
        return ColourDepth::True;
    }
    let term = variable("TERM");
    if term.contains("256") || term.contains("kitty") || term.contains("direct") {
        ColourDepth::Ansi256
    } else {
        ColourDepth::Ansi16
    }
}

/// Whether the locale is a UTF-8 one; where nothing is set, it is taken to be.
pub(super) fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .map(variable)
        .into_iter()
        .find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let lower = locale.to_ascii_lowercase();
        lower.contains("utf-8") || lower.contains("utf8")
    })
}
