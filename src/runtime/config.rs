//! The user's own settings: `config.toml`, `keymap.toml`, `theme.toml` and `names.txt` in the configuration folder.
//!
//! All mistakes of a file are told at once with their lines, and the defaults hold for what was wrong.

use std::io::Read;
use std::path::Path;

use toml_edit::{Document, Item};

use crate::app::keymap::Keymap;
use crate::app::reflow::Alignment;
use crate::app::settings::{Settings, Toggle};
use crate::language::entities::Lists;
use crate::ui::theme::Theme;

/// The file of the reader's own names.
pub const NAMES: &str = "names.txt";

/// What was read.
#[derive(Debug)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// The keys.
    pub keymap: Keymap,
    /// The text of `theme.toml`, laid over whatever theme is chosen.
    pub theme_patch: String,
    /// The reader's own names, laid over the lists.
    pub names: Lists,
    /// What was wrong: file, line, what would be right.
    pub mistakes: Vec<String>,
}

/// Reads the configuration folder; files that are not there say nothing.
pub fn read(folder: &Path) -> Config {
    let mut mistakes = Vec::new();
    let mut file = |name: &str| match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            mistakes.push(format!("{}: {error}", folder.join(name).display()));
            String::new()
        }
    };
    let (config, keys, theme_patch) =
        (file("config.toml"), file("keymap.toml"), file("theme.toml"));
    let (settings, wrong) = settings(&config);
    mistakes.extend(
        wrong
            .into_iter()
            .map(|wrong| format!("config.toml, {wrong}")),
    );
    let (keymap, wrong) = Keymap::with_patch(&keys);
    mistakes.extend(
        wrong
            .into_iter()
            .map(|wrong| format!("keymap.toml, {wrong}")),
    );
    let (_, wrong) = Theme::patched(&Theme::default(), &theme_patch);
    mistakes.extend(wrong.into_iter().map(|wrong| wrong.to_string()));
    let (names, wrong) = names(folder);
    mistakes.extend(wrong);
    Config {
        settings,
        keymap,
        theme_patch,
        names,
        mistakes,
    }
}

/// The largest file of names that is read.
const LARGEST_NAMES: u64 = 32 << 20;

/// The reader's own names in a configuration folder, and what is wrong with the file; a file that is not there says nothing.
pub fn names(folder: &Path) -> (Lists, Vec<String>) {
    match names_of(&folder.join(NAMES)) {
        Ok(text) => {
            let (lists, wrong) = Lists::checked(&text);
            let wrong = wrong.iter().map(|wrong| format!("{NAMES}, {wrong}"));
            (lists, wrong.collect())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            (Lists::default(), Vec::new())
        }
        Err(error) => {
            let wrong = format!("{}: {error}", folder.join(NAMES).display());
            (Lists::default(), vec![wrong])
        }
    }
}

/// The text of a file of names.
pub fn names_of(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let file = std::fs::File::open(path)?;
    if file.metadata()?.len() > LARGEST_NAMES {
        let rule = "larger than 32 MiB; split it and keep the names you need";
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, rule));
    }
    file.take(LARGEST_NAMES).read_to_string(&mut text)?;
    Ok(text)
}

/// The keys of `config.toml`, for its messages.
const KEYS: &str = "measure, justify, hyphenate, theme, mouse, ascii, reduce-motion, heat, opener";

fn settings(text: &str) -> (Settings, Vec<String>) {
    let mut settings = Settings::default();
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let document = match text.parse::<Document<String>>() {
        Ok(document) => document,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(span.start));
            return (
                settings,
                vec![format!(
                    "line {line}: not TOML: {}",
                    error.message().replace('\n', " ")
                )],
            );
        }
    };
    let mut mistakes = Vec::new();
    for (key, value) in document.iter() {
        let line = document
            .get_key_value(key)
            .and_then(|(key, _)| key.span())
            .map_or(1, |span| line_of(span.start));
        if let Err(expected) = set(&mut settings, key, value) {
            mistakes.push(format!("line {line}: {expected}"));
        }
    }
    (settings, mistakes)
}

fn set(settings: &mut Settings, key: &str, value: &Item) -> Result<(), String> {
    let toggle = || match value.as_bool() {
        Some(true) => Ok(Toggle::On),
        Some(false) => Ok(Toggle::Off),
        None => Err(format!("`{key}` is true or false")),
    };
    match key {
        "measure" => match value.as_integer() {
            Some(cells @ 20..=200) => settings.measure_cells = cells as u16,
            _ => return Err("`measure` is a number of cells from 20 to 200".to_owned()),
        },
        "justify" => {
            settings.alignment = match toggle()? {
                Toggle::On => Alignment::Justified,
                Toggle::Off => Alignment::Ragged,
            }
        }
        "hyphenate" => settings.hyphenate = toggle()?,
        "mouse" => settings.mouse = toggle()?,
        "ascii" => settings.ascii = toggle()?,
        "heat" => settings.heat = toggle()?,
        "reduce-motion" => settings.flash = toggle()?.other(),
        "theme" => match value.as_str().filter(|name| Theme::named(name).is_some()) {
            Some(name) => settings.theme = Some(name.to_owned()),
            None => {
                return Err(format!(
                    "`theme` is one of {}",
                    Theme::names().collect::<Vec<_>>().join(", ")
                ));
            }
        },
        "opener" => {
            let words: Option<Vec<String>> = match value {
                item if item.is_str() => item
                    .as_str()
                    .map(|command| command.split_whitespace().map(str::to_owned).collect()),
                item => item.as_array().map(|words| {
                    words
                        .iter()
                        .filter_map(|word| word.as_str().map(str::to_owned))
                        .collect()
                }),
            };
            match words.filter(|words| !words.is_empty()) {
                Some(words) => settings.opener = words,
                None => {
                    return Err(
                        "`opener` is a command, e.g. \"xdg-open\" or [\"firefox\", \"--new-tab\"]"
                            .to_owned(),
                    );
                }
            }
        }
        _ => return Err(format!("there is no setting `{key}`; there are {KEYS}")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_in_the_names_are_told_among_the_others() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.toml"), "measure = 3\n").unwrap();
        let list = "# desk\nGrain Desk; ORG; ~Grainish\nWho\n";
        std::fs::write(folder.path().join(NAMES), list).unwrap();
        let config = read(folder.path());
        assert_eq!(config.names.len(), 1);
        assert_eq!(
            config.mistakes,
            [
                "config.toml, line 1: `measure` is a number of cells from 20 to 200",
                "names.txt, line 3: `Who` has no type; write `Who; ORG` (or PERSON, PLACE)"
            ]
        );
    }

    #[test]
    fn settings_are_read_and_every_mistake_is_told_with_its_line() {
        let (settings, mistakes) = settings(
            "measure = 66\njustify = 3\ntheme = \"neon\"\nopener = \"firefox --new-tab\"\ncolour = 1\n",
        );
        assert_eq!(settings.measure_cells, 66);
        assert_eq!(settings.opener, ["firefox", "--new-tab"]);
        let lines: Vec<&str> = mistakes
            .iter()
            .filter_map(|mistake| mistake.split(':').next())
            .collect();
        assert_eq!(lines, ["line 2", "line 3", "line 5"]);
    }
}
