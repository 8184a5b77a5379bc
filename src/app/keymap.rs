//! From key sequences to actions: one trie per context, read from `assets/keymap.toml` and patched by the user's file.
//!
//! All mistakes of a file are reported at once, each with its line; the defaults hold for what was wrong.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::Document;

use super::action::Action;
use super::key::Key;

/// The keys postil starts with.
pub const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// Where keys are looked up; the more special context first, `All` last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere.
    All,
    /// The text.
    Reader,
    /// The text while some of it is selected.
    Select,
    /// The document list.
    List,
    /// The timeline.
    Timeline,
}

impl Context {
    /// All contexts, in the order of the keymap file.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Reader,
        Self::Select,
        Self::List,
        Self::Timeline,
    ];

    /// Its table in the keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Reader => "reader",
            Self::Select => "select",
            Self::List => "list",
            Self::Timeline => "timeline",
        }
    }

    /// The contexts to look in, in order.
    pub const fn chain(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::All],
            Self::Reader => &[Self::Reader, Self::All],
            Self::Select => &[Self::Select, Self::Reader, Self::All],
            Self::List => &[Self::List, Self::All],
            Self::Timeline => &[Self::Timeline, Self::All],
        }
    }
}

/// What a key sequence leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// An action.
    Action(Action),
    /// The beginning of longer sequences.
    Prefix,
    /// Nothing.
    None,
}

/// A mistake in a keymap file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Keys to actions, per context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    /// A sorted map is a trie that can be walked by prefix.
    bindings: BTreeMap<(Context, Vec<String>), (Vec<Key>, Action)>,
}

impl Keymap {
    /// The default keys with the user's patch on top, and the patch's mistakes.
    pub fn with_patch(patch: &str) -> (Self, Vec<Mistake>) {
        let mut keymap = Self::default();
        let mut mistakes = keymap.read(DEFAULT);
        debug_assert!(
            mistakes.is_empty(),
            "the default keymap is wrong: {mistakes:?}"
        );
        mistakes.extend(keymap.read(patch));
        (keymap, mistakes)
    }

    /// What `keys` lead to in `context`.
    pub fn look_up(&self, context: Context, keys: &[Key]) -> Lookup {
        let path = path(keys);
        for context in context.chain() {
            match self.bindings.range((*context, path.clone())..).next() {
                Some(((c, found), (_, action))) if c == context && *found == path => {
                    return Lookup::Action(*action);
                }
                Some(((c, found), _)) if c == context && found.starts_with(&path) => {
                    return Lookup::Prefix;
                }
                _ => {}
            }
        }
        Lookup::None
    }

    /// What can follow `prefix` in `context`: the rest of the keys and the action, in order of the keys; a special context hides the same keys of a general one.
    pub fn continuations(&self, context: Context, prefix: &[Key]) -> Vec<(Vec<Key>, Action)> {
        let start = path(prefix);
        let mut found: BTreeMap<Vec<String>, (Vec<Key>, Action)> = BTreeMap::new();
        for context in context.chain() {
            for ((c, keys), (sequence, action)) in self.bindings.range((*context, start.clone())..)
            {
                if c != context || !keys.starts_with(&start) {
                    break;
                }
                let rest = sequence.get(prefix.len()..).unwrap_or_default().to_vec();
                found.entry(keys.clone()).or_insert((rest, *action));
            }
        }
        found
            .into_values()
            .filter(|(rest, _)| !rest.is_empty())
            .collect()
    }

    /// The key sequences of an action: where they hold, and the keys, shortest first.
    pub fn keys_of(&self, action: Action) -> Vec<(Context, &[Key])> {
        let mut keys: Vec<_> = self
            .bindings
            .iter()
            .filter(|(_, (_, bound))| *bound == action)
            .map(|((context, _), (keys, _))| (*context, keys.as_slice()))
            .collect();
        keys.sort_by_key(|(_, keys)| (keys.len(), keys.iter().any(|key| key.typed().is_none())));
        keys
    }

    /// Reads a keymap file on top of what is there.
    fn read(&mut self, text: &str) -> Vec<Mistake> {
        let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let document = match text.parse::<Document<String>>() {
            Ok(document) => document,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(span.start));
                return vec![Mistake {
                    line,
                    what: format!("not TOML: {}", error.message().replace('\n', " ")),
                }];
            }
        };
        let mut mistakes = Vec::new();
        for (name, item) in document.iter() {
            let table_line = document
                .get_key_value(name)
                .and_then(|(key, _)| key.span())
                .map_or(1, |span| line_of(span.start));
            let context = Context::ALL
                .into_iter()
                .find(|context| context.name() == name);
            let (Some(context), Some(table)) = (context, item.as_table()) else {
                let known = Context::ALL.map(Context::name).join(", ");
                mistakes.push(Mistake {
                    line: table_line,
                    what: format!("`{name}` is not a context; there are {known}"),
                });
                continue;
            };
            for (keys, value) in table {
                let span = table.get_key_value(keys).and_then(|(key, _)| key.span());
                let line = span.map_or(table_line, |span| line_of(span.start));
                if let Err(what) = self.bind(context, keys, value.as_str()) {
                    mistakes.push(Mistake { line, what });
                }
            }
        }
        mistakes
    }

    fn bind(&mut self, context: Context, keys: &str, action: Option<&str>) -> Result<(), String> {
        let sequence = Key::sequence(keys).map_err(|part| {
            format!("`{part}` is not a key; write `j`, `<C-d>`, `<A-x>`, `<enter>` or a sequence such as `]e`")
        })?;
        let name = action
            .ok_or_else(|| format!("`{keys}` needs the name of an action in quotation marks"))?;
        let at = (context, path(&sequence));
        if name.is_empty() {
            self.bindings.remove(&at);
            return Ok(());
        }
        let action = Action::named(name).ok_or_else(|| match nearest(name) {
            Some(near) => format!("there is no action `{name}`; did you mean `{near}`?"),
            None => format!("there is no action `{name}`; the help screen lists all"),
        })?;
        let clash = self.bindings.iter().find(|((other, found), _)| {
            *other == context
                && *found != at.1
                && (found.starts_with(&at.1) || at.1.starts_with(found))
        });
        if let Some((_, (other, _))) = clash {
            let other: String = other.iter().map(Key::to_string).collect();
            return Err(format!(
                "`{keys}` cannot be told from `{other}` in the same context: one begins with the other"
            ));
        }
        self.bindings.insert(at, (sequence, action));
        Ok(())
    }
}

fn path(keys: &[Key]) -> Vec<String> {
    keys.iter().map(Key::to_string).collect()
}

/// The known action name with the longest beginning in common, if that is three letters or more.
fn nearest(name: &str) -> Option<&'static str> {
    let common = |known: &str| {
        known
            .bytes()
            .zip(name.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    Action::ALL
        .iter()
        .map(|action| action.name())
        .filter(|known| common(known) >= 3)
        .max_by_key(|known| common(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        Key::sequence(text).unwrap()
    }

    #[test]
    fn the_default_keymap_has_no_mistakes_and_reaches_the_special_context_first() {
        let (keymap, mistakes) = Keymap::with_patch("");
        assert_eq!(mistakes, []);
        assert_eq!(
            keymap.look_up(Context::Reader, &keys("j")),
            Lookup::Action(Action::Down)
        );
        assert_eq!(keymap.look_up(Context::Reader, &keys("]")), Lookup::Prefix);
        assert_eq!(
            keymap.look_up(Context::Select, &keys("s")),
            Lookup::Action(Action::SelectSentence)
        );
        assert_eq!(keymap.look_up(Context::List, &keys("a")), Lookup::None);
    }

    #[test]
    fn a_patch_adds_replaces_and_takes_away() {
        let (keymap, mistakes) = Keymap::with_patch("[all]\n\"J\" = \"page-down\"\n\"q\" = \"\"\n");
        assert_eq!(mistakes, []);
        assert_eq!(
            keymap.look_up(Context::All, &keys("J")),
            Lookup::Action(Action::PageDown)
        );
        assert_eq!(keymap.look_up(Context::All, &keys("q")), Lookup::None);
    }

    #[test]
    fn every_mistake_is_reported_with_its_line() {
        let patch = "[all]\n\"<C-\" = \"down\"\n\"J\" = \"dwon\"\n\"g\" = \"quit\"\n[raeder]\n\"x\" = \"down\"\n";
        let lines: Vec<_> = Keymap::with_patch(patch)
            .1
            .iter()
            .map(|mistake| mistake.line)
            .collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert_eq!(Keymap::with_patch("[all\n").1.len(), 1);
    }
}
