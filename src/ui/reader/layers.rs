//! What lies on a line, undermost first: the layers that `runs` cuts into stretches of one style.
//!
//! What is looked up by place is looked up line by line, annotations once a frame; bookmarks, which have no order of their own, are gone through.

use super::is_title;
use crate::annotation::{Annotation, Colour};
use crate::app::model::{Colouring, Model};
use crate::app::reader::Reader;
use crate::document::{BlockKind, Inline};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::Links;
use crate::text::TextRange;
use crate::ui::theme::Role;

/// What lies on the rows of the screen beside what was found in the text.
pub(super) struct Layers {
    /// Undermost first.
    over: Vec<(TextRange, Role)>,
    sentence: Option<TextRange>,
    colouring: Colouring,
    /// Who is named most in the library, each with a colour that none of the others has.
    foremost: Vec<(EntityId, Role)>,
}

/// The role of a highlight.
pub(in crate::ui) fn note_role(colour: Colour) -> Role {
    match colour {
        Colour::Yellow => Role::Note1,
        Colour::Green => Role::Note2,
        Colour::Blue => Role::Note3,
        Colour::Pink => Role::Note4,
        Colour::Purple => Role::Note5,
    }
}

/// The bytes between the first and the last row of the screen.
pub(super) fn window(reader: &Reader) -> Option<TextRange> {
    let mut lines = reader
        .visible
        .iter()
        .filter_map(|row| row.line.as_ref())
        .map(|line| line.range);
    let first = lines.next()?;
    Some(lines.next_back().map_or(first, |last| first.union(last)))
}

impl Layers {
    pub(super) fn of(model: &Model, reader: &Reader) -> Self {
        let mut over: Vec<(TextRange, Role)> = Vec::new();
        let Some(window) = window(reader) else {
            return Self {
                over,
                sentence: None,
                colouring: model.colouring,
                foremost: Vec::new(),
            };
        };
        let on_screen = |range: &TextRange| range.overlaps(window);
        let places = reader.annotation_places().within(window);
        let mut notes: Vec<(TextRange, &Annotation)> = places
            .filter_map(|(range, index)| Some((*range, &reader.annotations.get(*index)?.0)))
            .collect();
        // The shorter note lies on the longer one.
        notes.sort_by_key(|(range, note)| (std::cmp::Reverse(range.len()), note.id.0));
        over.extend(
            notes
                .into_iter()
                .map(|(range, note)| (range, note_role(note.body.colour))),
        );
        let marks = reader
            .bookmarks
            .iter()
            .filter_map(|(_, anchor)| anchor.range().filter(on_screen));
        over.extend(marks.map(|range| (reader.grapheme_at(range.start), Role::Bookmark)));
        for hit in reader.visible_hits() {
            let role = if hit.contains(reader.at) {
                Role::HitCurrent
            } else {
                Role::Hit
            };
            over.push((hit, role));
        }
        over.extend(reader.selected().map(|range| (range, Role::Selection)));
        // What an overlay speaks about stays lit.
        let spoken = model.overlays.iter();
        let spoken = spoken.filter_map(|overlay| overlay.speaks_of(reader.doc()));
        over.extend(spoken.map(|range| (range, Role::Selection)));
        over.extend(reader.flash.map(|range| (range, Role::Flash)));
        let sentence = reader
            .analysis
            .sentences
            .at(reader.at)
            .next()
            .map(|(range, ())| *range);
        // While text is selected, the selection alone is lit.
        let sentence = sentence.filter(|_| reader.selection.is_none() && model.overlays.is_empty());
        Self {
            over,
            sentence,
            colouring: model.colouring,
            foremost: match model.colouring {
                Colouring::ByType => Vec::new(),
                Colouring::ByEntity => foremost(&model.links),
            },
        }
    }

    fn role_of(&self, entity: &EntityId) -> Role {
        let mut known = self.foremost.iter();
        let known = known.find(|(id, _)| id == entity);
        known.map_or_else(|| entity_role(entity), |(_, role)| *role)
    }

    /// What lies on one line.
    pub(super) fn on(
        &self,
        reader: &Reader,
        line: TextRange,
        kind: BlockKind,
    ) -> Vec<(TextRange, Role)> {
        let document = &reader.document;
        let analysis = &reader.analysis;
        let names = || {
            let mentions = analysis.mentions.within(line);
            mentions.flat_map(|(range, mention)| {
                let own = (self.colouring == Colouring::ByEntity)
                    .then(|| (*range, self.role_of(&mention.entity)));
                std::iter::once((*range, mention_role(mention.kind))).chain(own)
            })
        };
        let mut layers = vec![(line, Role::Text)];
        // A heading keeps its one colour: names lie below it, so that of theirs only weight and slant are seen.
        let is_heading = matches!(kind, BlockKind::Heading { .. });
        if is_heading {
            layers.extend(names());
        }
        layers.extend(block_role(kind, is_title(document, line)).map(|role| (line, role)));
        layers.extend(
            document
                .inlines
                .within(line)
                .map(|(range, inline)| (*range, inline_role(inline))),
        );
        layers.extend(
            self.sentence
                .map(|sentence| (sentence, Role::CursorSentence)),
        );
        layers.extend(
            analysis
                .quotes
                .within(line)
                .map(|(range, _)| (*range, Role::Quote)),
        );
        if !is_heading {
            layers.extend(names());
            let dates = analysis.timexes.within(line);
            // "now" and "recently" name no time that could be looked up.
            let known = dates.filter(|(_, timex)| !timex.value.ends_with("_REF"));
            layers.extend(known.map(|(range, _)| (*range, Role::Date)));
        }
        layers.extend(self.over.iter().filter(|(range, _)| range.overlaps(line)));
        layers
    }
}

fn block_role(kind: BlockKind, title: bool) -> Option<Role> {
    match kind {
        BlockKind::Heading { .. } if title => Some(Role::Title),
        BlockKind::Heading { .. } => Some(Role::Heading),
        BlockKind::Quote => Some(Role::Blockquote),
        BlockKind::Code => Some(Role::Code),
        BlockKind::TableRow { head: true } => Some(Role::Strong),
        BlockKind::Paragraph
        | BlockKind::Continuation
        | BlockKind::Item { .. }
        | BlockKind::TableRow { head: false }
        | BlockKind::Rule => None,
    }
}

const fn inline_role(inline: &Inline) -> Role {
    match inline {
        Inline::Emphasis => Role::Emphasis,
        Inline::Strong => Role::Strong,
        Inline::Strike => Role::Strike,
        Inline::Code => Role::Code,
        Inline::Link { .. } => Role::Link,
    }
}

/// The role of a name.
pub(in crate::ui) const fn mention_role(kind: EntityType) -> Role {
    match kind {
        EntityType::Person => Role::Person,
        EntityType::Org => Role::Organisation,
        EntityType::Place => Role::Place,
    }
}

/// The colour of an entity where each has its own: a function of its id, so the same one looks the same everywhere and always (FNV-1a).
const COLOURS: [Role; 6] = [
    Role::Entity1,
    Role::Entity2,
    Role::Entity3,
    Role::Entity4,
    Role::Entity5,
    Role::Entity6,
];

/// Those named most have each the colour of its own, or the next that is free.
fn foremost(links: &Links) -> Vec<(EntityId, Role)> {
    let mut taken: Vec<(EntityId, Role)> = Vec::new();
    let shown = links.entities().iter().filter(|entity| !entity.hidden);
    for entity in shown.take(COLOURS.len()) {
        let own = colour_of(&entity.id);
        let from_own = COLOURS.iter().cycle().skip(own).take(COLOURS.len());
        let free = from_own
            .copied()
            .find(|role| taken.iter().all(|(_, known)| known != role));
        if let Some(role) = free {
            taken.push((entity.id.clone(), role));
        }
    }
    taken
}

fn colour_of(entity: &EntityId) -> usize {
    let hash = entity.as_str().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 8) as usize % COLOURS.len()
}

fn entity_role(entity: &EntityId) -> Role {
    let role = COLOURS.get(colour_of(entity));
    role.copied().unwrap_or(Role::Mention)
}
