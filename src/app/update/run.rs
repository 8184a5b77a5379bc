//! What each action does.

use jiff::Timestamp;

use super::{
    annotate, bonds, commands, dating, drafts, entities, exchange, folds, kept, marks, motions,
    narrowing, panes, repeats, review, save, tags, tracing,
};
use crate::app::action::{Action, Argument};
use crate::app::effect::{Capture, Effect};
use crate::app::model::{Leaving, Model, Pane};
use crate::app::overlay::kept::KeptKind;
use crate::app::overlay::{Help, Links, Overlay, Palette};
use crate::app::prompt::{Prompt, Purpose};
use crate::app::reader::Reader;
use crate::app::reader::motion::Way;
use crate::app::reader::select::Unit;

#[allow(clippy::too_many_lines, reason = "one table of all actions")]
/// Carries out an action; an argument that is needed and missing is asked for.
pub(super) fn run(
    model: &mut Model,
    now: Timestamp,
    action: Action,
    count: Option<u32>,
    argument: Option<String>,
) -> Vec<Effect> {
    if !matches!(action, Action::Quit | Action::Command | Action::Palette) {
        model.leaving = Leaving::No;
    }
    match (action.argument(), &argument) {
        (Argument::Text(_), None) => return ask(model, action),
        (Argument::Letter, None) => {
            model.pending.letter = Some(action);
            return Vec::new();
        }
        (Argument::None | Argument::Letter | Argument::Text(_) | Argument::Optional(_), _) => {}
    }
    if action.is_motion() {
        return motions::motion(model, action, count);
    }
    match action {
        Action::Open => panes::open_chosen(model),
        Action::JumpTo => commands::open_jump(model, None, argument.as_deref()),
        Action::Outline => commands::open_outline(model),
        Action::GoToDate => {
            commands::go_to_date(model, now, argument.as_deref().unwrap_or_default())
        }
        Action::GoToMark => marks::go_to_mark(model, argument.as_deref().unwrap_or_default()),
        Action::FollowLink => follow_links(model),
        Action::Find | Action::FindBack => start_find(model, action, argument),
        Action::FindEnd => {
            if let Some(reader) = &mut model.reader {
                reader.search = None;
            }
            Vec::new()
        }
        Action::Filter => narrowing::filter(model, argument),
        Action::FilterEntity => narrowing::filter_entity(model),
        Action::FilterDocument => narrowing::filter_document(model),
        Action::FilterSaid => folds::said(model),
        Action::FilterAltered => repeats::only_altered(model),
        Action::FilterRange => narrowing::filter_range(model, argument.as_deref()),
        Action::FilterClear => narrowing::clear_filters(model),
        Action::Select => {
            select(model, Reader::start_selection);
            Vec::new()
        }
        Action::SelectWord => select_unit(model, Unit::Word, count),
        Action::SelectSentence => select_unit(model, Unit::Sentence, count),
        Action::SelectParagraph => select_unit(model, Unit::Paragraph, count),
        Action::SelectSwap => {
            select(model, Reader::swap_selection);
            Vec::new()
        }
        Action::Highlight => annotate::highlight(model, now, count),
        Action::Annotate => annotate::annotate(model, now),
        Action::Tag => annotate::tag(model, now, argument.as_deref().unwrap_or_default()),
        Action::Delete => annotate::delete(model),
        Action::Undo => save::undo(model),
        Action::Redo => save::redo(model),
        Action::SetMark => marks::set_mark(model, now, argument.as_deref().unwrap_or_default()),
        Action::NameBookmark => {
            marks::name_bookmark(model, now, argument.as_deref().unwrap_or_default())
        }
        Action::Bookmarks => kept::open(model, KeptKind::Bookmarks),
        Action::Notes => match argument {
            Some(filter) => kept::open_narrowed(model, &filter),
            None => kept::open(model, KeptKind::Annotations),
        },
        Action::Review => review::open(model),
        Action::PutNote => review::put(model),
        Action::Unfinished => drafts::next(model),
        Action::Link => bonds::link(model, now),
        Action::Linked => bonds::follow(model),
        Action::Tags => tags::open(model),
        Action::TagNew | Action::TagDescribe | Action::TagRename | Action::TagMerge => {
            tags::run(model, now, action, argument.as_deref().unwrap_or_default())
        }
        Action::Import => exchange::import(model, argument.unwrap_or_default()),
        Action::Export => exchange::export(model, argument.unwrap_or_default()),
        Action::Copy => marks::copy(model),
        Action::Entity => entities::card(model),
        Action::Entities => entities::list(model),
        Action::EntityMerge => entities::merge(model),
        Action::EntitySplit => entities::split(model),
        Action::EntityName => entities::rename(model, argument.as_deref().unwrap_or_default()),
        Action::EntityType => entities::retype(model, argument.as_deref().unwrap_or_default()),
        Action::EntityHide => entities::hide(model),
        Action::Heat => repeats::heat(model),
        Action::EntityColours => entities::colours(model),
        Action::Trace => tracing::trace(model),
        Action::Repeats => repeats::repeats(model),
        Action::Compare => tracing::compare(model, argument.as_deref()),
        Action::History => tracing::history(model),
        Action::Why => dating::why(model),
        Action::Means => dating::means(model, argument.as_deref().unwrap_or_default()),
        Action::Warnings => commands::warnings_card(model),
        Action::Details => commands::details_card(model),
        Action::PaneNext => panes::cycle(model, Way::Forward),
        Action::PanePrevious => panes::cycle(model, Way::Back),
        Action::PaneList => focus(model, Pane::List),
        Action::PaneReader => focus(model, Pane::Reader),
        Action::PaneTimeline => focus(model, Pane::Timeline),
        Action::ToggleList => panes::toggle(model, Pane::List),
        Action::ToggleTimeline => panes::toggle(model, Pane::Timeline),
        Action::MeasureWider => commands::set_measure(
            model,
            i32::from(model.settings.measure_cells) + 2 * count.unwrap_or(1) as i32,
        ),
        Action::MeasureNarrower => commands::set_measure(
            model,
            i32::from(model.settings.measure_cells) - 2 * count.unwrap_or(1) as i32,
        ),
        Action::Measure => commands::measure(model, argument.as_deref().unwrap_or_default()),
        Action::Justify => commands::justify(model),
        Action::Hyphenate => commands::hyphenate(model),
        Action::Theme => commands::theme(model, argument.as_deref()),
        Action::Fold => folds::fold(model),
        Action::ZoomIn | Action::ZoomOut => commands::zoom(model, action),
        Action::Sort => commands::sort(model, argument.as_deref()),
        Action::Mouse => {
            model.settings.mouse = model.settings.mouse.other();
            let on = model.settings.mouse.is_on();
            model.status.say(if on {
                "The mouse works here"
            } else {
                "The mouse is left to the terminal"
            });
            vec![Effect::Mouse(if on { Capture::On } else { Capture::Off })]
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::SetDate | Action::SetTitle | Action::SetPublisher => {
            marks::set_meta(model, action, argument.as_deref().unwrap_or_default())
        }
        Action::Edit => match model.here() {
            Some((doc, at)) => vec![Effect::EditSource { doc, at }],
            None => nothing_open(model),
        },
        Action::Rescan => {
            model.status.say("Looking at the files again");
            vec![Effect::Rescan]
        }
        Action::Command => {
            model.prompt = Some(Prompt::new(Purpose::Command, ""));
            Vec::new()
        }
        Action::Palette => {
            model.overlays.push(Overlay::Palette(Palette::default()));
            Vec::new()
        }
        Action::Help => {
            model.overlays.push(Overlay::Help(Help::default()));
            Vec::new()
        }
        Action::Cancel => panes::cancel(model),
        Action::Suspend => {
            let mut effects = model.remember();
            effects.push(Effect::Suspend);
            effects
        }
        Action::Save => save::again(model),
        Action::Quit => quit(model),
        // Motions were taken above; matching them here keeps this table complete.
        _ => Vec::new(),
    }
}

fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
    panes::focus(model, pane);
    Vec::new()
}

fn ask(model: &mut Model, action: Action) -> Vec<Effect> {
    let text = annotate::present_argument(model, action);
    let mut prompt = Prompt::new(Purpose::Argument(action), &text);
    let suggested = model
        .reader
        .as_ref()
        .filter(|reader| action == Action::SetDate && reader.document.meta.published.is_none())
        .and_then(|reader| reader.suggested.as_ref());
    prompt.note = suggested.map(|suggested| suggested.why.clone());
    model.prompt = Some(prompt);
    Vec::new()
}

pub(super) fn nothing_open(model: &mut Model) -> Vec<Effect> {
    model.status.say("No document is open · 1 goes to the list");
    Vec::new()
}

fn follow_links(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let links = Links::on_screen(reader);
    if links.hints.is_empty() {
        model.status.say("There is no link on the screen");
    } else {
        model.overlays.push(Overlay::Links(links));
    }
    Vec::new()
}

fn start_find(model: &mut Model, action: Action, argument: Option<String>) -> Vec<Effect> {
    let way = if action == Action::Find {
        Way::Forward
    } else {
        Way::Back
    };
    let Some(reader) = &model.reader else {
        return nothing_open(model);
    };
    let (from, top) = (reader.at, reader.top);
    panes::focus(model, Pane::Reader);
    let purpose = Purpose::Find { way, from, top };
    match argument {
        Some(pattern) => super::finding::find(
            model,
            &pattern,
            way,
            (from, top),
            super::finding::Stage::Sent,
        ),
        None => {
            model.prompt = Some(Prompt::new(purpose, ""));
            Vec::new()
        }
    }
}

fn select(model: &mut Model, change: impl FnOnce(&mut Reader)) {
    panes::focus(model, Pane::Reader);
    if let Some(reader) = &mut model.reader {
        change(reader);
    }
}

fn select_unit(model: &mut Model, unit: Unit, count: Option<u32>) -> Vec<Effect> {
    select(model, |reader| {
        (0..count.unwrap_or(1).min(1000)).for_each(|_| reader.grow_selection(unit));
    });
    Vec::new()
}

fn quit(model: &mut Model) -> Vec<Effect> {
    let n: usize = model.unsaved.iter().map(|(changes, _)| changes.len()).sum();
    if n > 0 && model.leaving == Leaving::No {
        model.leaving = Leaving::Asked;
        let what = if n == 1 {
            "One change is"
        } else {
            "Some changes are"
        };
        model.status.fail(format!(
            "{what} not saved · :save tries again · q again leaves without saving"
        ));
        return Vec::new();
    }
    let mut effects = model.remember();
    effects.push(Effect::Quit);
    effects
}
