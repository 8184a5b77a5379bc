//! Who and what a document names, for queries that ask: found when the first does, and once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::Path;

use super::room::{self, Opened};
use crate::language::entities::{EntityId, Lists};
use crate::library::{Analysis, analyse_naming};
use crate::search::fold::fold;

/// The names in one document.
pub(super) struct NamesIn<'a> {
    opened: &'a Opened,
    analyse: &'a dyn Fn(&Opened) -> Analysis,
    /// Of each entity its names, and how it is written, folded.
    found: OnceCell<Vec<(Vec<String>, Vec<String>)>>,
}

/// Analyses documents with the reader's own names, which are read from the settings in `config` when the first is.
pub(super) fn naming(config: &Path) -> impl Fn(&Opened) -> Analysis {
    let lists: OnceCell<Lists> = OnceCell::new();
    move |opened: &Opened| {
        let lists = lists.get_or_init(|| room::names(config));
        analyse_naming(&opened.document, &opened.corrections.dates, lists)
    }
}

impl<'a> NamesIn<'a> {
    /// The names in a document, as `analyse` finds them.
    pub(super) const fn new(opened: &'a Opened, analyse: &'a dyn Fn(&Opened) -> Analysis) -> Self {
        Self {
            opened,
            analyse,
            found: OnceCell::new(),
        }
    }

    /// Whether a name of anybody or anything in the document passes.
    pub(super) fn any(&self, is_it: &dyn Fn(&str) -> bool) -> bool {
        let all = self.found();
        all.iter()
            .any(|(names, _)| names.iter().any(|name| is_it(name)))
    }

    /// The same for those that are written in `text`.
    pub(super) fn any_in(&self, text: &str, is_it: &dyn Fn(&str) -> bool) -> bool {
        let text = fold(text);
        self.found().iter().any(|(names, written)| {
            names.iter().any(|name| is_it(name)) && written.iter().any(|words| stands(words, &text))
        })
    }

    fn found(&self) -> &[(Vec<String>, Vec<String>)] {
        self.found.get_or_init(|| {
            let document = &self.opened.document;
            let analysis = (self.analyse)(self.opened);
            let mut entities: HashMap<EntityId, (Vec<String>, Vec<String>)> = HashMap::new();
            for (range, mention) in &analysis.mentions {
                let (names, written) = entities.entry(mention.entity.clone()).or_default();
                let words = range.of_text(&document.text);
                for name in [&*mention.name, words] {
                    if !names.iter().any(|known| known == name) {
                        names.push(name.to_owned());
                    }
                }
                let plain = fold(words).into_owned();
                if !written.contains(&plain) {
                    written.push(plain);
                }
            }
            entities.into_values().collect()
        })
    }
}

/// Whether words stand in a text, and not as a part of others.
fn stands(words: &str, text: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|after| after.chars().next());
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_letter(before) && !is_letter(after)
    })
}
