//! What stands under the cursor.

use super::Reader;
use crate::document::Inline;
use crate::language::entities::{Language, Mention};
use crate::language::quotes::Quote;
use crate::text::TextRange;
use crate::time::Timex;

/// All that stands at one byte.
#[derive(Debug, Default)]
pub struct Under<'a> {
    /// The name.
    pub mention: Option<(TextRange, &'a Mention)>,
    /// The date.
    pub timex: Option<(TextRange, &'a Timex)>,
    /// The quotation.
    pub quote: Option<(TextRange, &'a Quote)>,
    /// The link's address.
    pub link: Option<&'a str>,
    /// The language of the paragraph, where that is not English.
    pub foreign: Option<Language>,
}

impl Reader {
    /// What stands under the cursor.
    pub fn under_cursor(&self) -> Under<'_> {
        Under {
            mention: self
                .analysis
                .mentions
                .at(self.at)
                .map(|(range, mention)| (*range, mention))
                .last(),
            timex: self
                .analysis
                .timexes
                .at(self.at)
                .map(|(range, timex)| (*range, timex))
                .last(),
            quote: self
                .analysis
                .quotes
                .at(self.at)
                .map(|(range, quote)| (*range, quote))
                .last(),
            link: self
                .document
                .inlines
                .at(self.at)
                .find_map(|(_, inline)| match inline {
                    Inline::Link { to } => Some(&**to),
                    Inline::Emphasis | Inline::Strong | Inline::Strike | Inline::Code => None,
                }),
            foreign: self
                .analysis
                .foreign
                .at(self.at)
                .map(|(_, language)| *language)
                .next(),
        }
    }

    /// How often the entity is named in this document.
    pub fn mentions_here(&self, mention: &Mention) -> usize {
        if std::sync::Arc::ptr_eq(&self.analysis, &self.counted) {
            return self.counts.get(&mention.entity).copied().unwrap_or(0);
        }
        self.analysis
            .mentions
            .iter()
            .filter(|(_, other)| other.entity == mention.entity)
            .count()
    }
}
