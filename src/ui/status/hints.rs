//! The right of the last row: keys typed so far, or what can be done next.

use crate::app::action::Action;
use crate::app::key::{self, Key};
use crate::app::keymap::Context;
use crate::app::model::{Model, Pane};
use crate::ui::pen::{Span, cells_of, span};
use crate::ui::theme::Role;

/// Keys typed so far, or else the keys that help now, as many as there is room for.
pub(super) fn right(model: &Model, room: u16) -> Vec<Span<'_>> {
    let pending = &model.pending;
    // 1, 2 and 3 alone have chosen a pane, and are a count only once more is typed.
    let counting = pending.count.is_some_and(|count| count > 3);
    if !pending.keys.is_empty() || pending.letter.is_some() || counting {
        let count = pending
            .count
            .map(|count| count.to_string())
            .unwrap_or_default();
        return vec![span(
            format!("{count}{}", key::pretty(&pending.keys)),
            Role::StatusKey,
        )];
    }
    if !model.overlays.is_empty() {
        return Vec::new();
    }
    let mut spans = Vec::new();
    for (action, what) in hints(model) {
        let chain = model.context().chain();
        // A key without Control before one with it.
        let controlled = |keys: &&[Key]| keys.iter().any(|key| !key.modifiers.is_empty());
        let bound = model.keymap.keys_of(action).into_iter();
        let here = bound.filter(|(context, _)| chain.contains(context));
        let Some(keys) = here.map(|(_, keys)| keys).min_by_key(controlled) else {
            continue;
        };
        let mut next = Vec::new();
        if !spans.is_empty() {
            next.push(span("   ", Role::Status));
        }
        next.push(span(key::pretty(keys), Role::StatusKey));
        next.push(span(format!(" {what}"), Role::Status));
        if cells_of(&spans) + cells_of(&next) > room {
            break;
        }
        spans.extend(next);
    }
    spans
}

/// Three things to do next, the likeliest first; where only what names an entity is shown, how to end that.
fn hints(model: &Model) -> [(Action, &'static str); 3] {
    let [first, second, third] = usual_hints(model);
    let narrowed = model.timeline.filter.entity.is_some();
    if narrowed && model.context() != Context::Select {
        [(Action::FilterClear, "show all"), first, second]
    } else {
        [first, second, third]
    }
}

fn usual_hints(model: &Model) -> [(Action, &'static str); 3] {
    let Some(reader) = &model.reader else {
        return [
            (Action::JumpTo, "jump"),
            (Action::Help, "help"),
            (Action::Quit, "quit"),
        ];
    };
    match model.context() {
        Context::Select => [
            (Action::Highlight, "highlight"),
            (Action::Annotate, "note"),
            (Action::Copy, "copy"),
        ],
        Context::List => [
            (Action::Open, "read"),
            (Action::Filter, "filter"),
            (Action::Help, "help"),
        ],
        Context::Timeline => [
            (Action::Open, "read"),
            (Action::ZoomIn, "closer"),
            (Action::Filter, "filter"),
        ],
        Context::All | Context::Reader => {
            let under = reader.under_cursor();
            if reader.search.is_some() && model.focus == Pane::Reader {
                [
                    (Action::FindNext, "next hit"),
                    (Action::FindPrevious, "hit before"),
                    (Action::Cancel, "done"),
                ]
            } else if reader.annotation_at(reader.at).is_some() {
                [
                    (Action::Annotate, "edit"),
                    (Action::Delete, "delete"),
                    (Action::Help, "help"),
                ]
            } else if under.mention.is_some() {
                [
                    (Action::Entity, "who"),
                    (Action::MentionNext, "next mention"),
                    (Action::Help, "help"),
                ]
            } else if under.timex.is_some() {
                [
                    (Action::Open, "timeline"),
                    (Action::DateNext, "next date"),
                    (Action::Help, "help"),
                ]
            } else {
                [
                    (Action::Help, "help"),
                    (Action::JumpTo, "jump"),
                    (Action::Select, "select"),
                ]
            }
        }
    }
}
