//! The help screen, made from the action table and the keymap.

use crate::app::action::{Action, Group};
use crate::app::input::Input;
use crate::app::key;
use crate::app::keymap::{Context, Keymap};

/// The help screen.
#[derive(Debug, Default)]
pub struct Help {
    /// What was typed to narrow it.
    pub input: Input,
    /// The first line shown.
    pub top: usize,
}

/// A line of the help screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// A group's heading.
    Group(&'static str),
    /// Keys and what they do.
    Action {
        /// The keys, as people write them, `:name` where there are none.
        keys: String,
        /// What they do.
        help: &'static str,
    },
    /// Nothing.
    Blank,
}

impl Help {
    /// The lines that hold every word typed.
    pub fn lines(&self, keymap: &Keymap) -> Vec<HelpLine> {
        let words: Vec<String> = self
            .input
            .text()
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let mut lines = Vec::new();
        for group in Group::ALL {
            let before = lines.len();
            for action in Action::ALL.iter().filter(|action| action.group() == group) {
                let keys = keys_of(*action, keymap);
                let all = format!(
                    "{keys} {} {} {}",
                    action.name(),
                    action.help(),
                    group.title()
                )
                .to_lowercase();
                if words.iter().all(|word| all.contains(word.as_str())) {
                    lines.push(HelpLine::Action {
                        keys,
                        help: action.help(),
                    });
                }
            }
            if lines.len() > before {
                lines.insert(before, HelpLine::Group(group.title()));
                lines.push(HelpLine::Blank);
            }
        }
        lines.pop();
        lines
    }
}

/// The keys of an action as the help shows them: at most three, and where they hold when that is not everywhere.
pub fn keys_of(action: Action, keymap: &Keymap) -> String {
    let mut shown: Vec<String> = Vec::new();
    for (context, keys) in keymap.keys_of(action) {
        let keys = key::pretty(keys);
        let text = match context {
            Context::All | Context::Reader => keys,
            Context::Select | Context::List | Context::Timeline => {
                format!("{keys} ({})", context.name())
            }
        };
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    shown.truncate(3);
    if shown.is_empty() {
        format!(":{}", action.name())
    } else {
        shown.join("  ")
    }
}
