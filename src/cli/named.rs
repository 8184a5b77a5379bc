//! Who and what a document names, for queries that ask: found when the first does, and once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::Path;

use super::room::{self, Opened};
use crate::language::entities::{EntityId, Lists};
use crate::library::{Analysis, analyse_naming};
use crate::search::fold::fold;
use crate::search::query::{Words, stands};

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

    /// Whether words stand in a name of anybody or anything in the document.
    pub(super) fn any(&self, wanted: &Words) -> bool {
        let all = self.found();
        all.iter()
            .any(|(names, _)| names.iter().any(|name| wanted.stand_in(name)))
    }

    /// The same for those that are written in `text`.
    pub(super) fn any_in(&self, text: &str, wanted: &Words) -> bool {
        let text = fold(text);
        self.found().iter().any(|(names, written)| {
            names.iter().any(|name| wanted.stand_in(name))
                && written.iter().any(|words| stands(words, &text))
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
