//! What each action does.

use jiff::Timestamp;

use super::{annotate, commands};
use crate::app::action::{Action, Argument};
use crate::app::effect::{Capture, Effect};
use crate::app::model::{Landing, Leaving, Model, Pane};
use crate::app::overlay::kept::{KeptKind, KeptList};
use crate::app::overlay::{Help, Links, Overlay, Palette};
use crate::app::prompt::{Prompt, Purpose};
use crate::app::reader::motion::{Moved, Way};
use crate::app::reader::select::Unit;
use crate::app::timeline::Stepped;

/// Carries out an action; an argument that is needed and missing is asked for.
pub(super) fn run(
    model: &mut Model,
    now: Timestamp,
    action: Action,
    count: Option<u32>,
    argument: Option<String>,
) -> Vec<Effect> {
    if let (Argument::Text(_), None) = (action.argument(), &argument) {
        return ask(model, action);
    }
    if action.is_motion() {
        return motion(model, action, count);
    }
    match action {
        Action::Open => open_chosen(model),
        Action::JumpTo => commands::open_jump(model, None, argument.as_deref()),
        Action::Outline => commands::open_outline(model),
        Action::GoToDate => commands::go_to_date(model, argument.as_deref().unwrap_or_default()),
        Action::GoToMark => annotate::go_to_mark(model, argument.as_deref().unwrap_or_default()),
        Action::FollowLink => follow_links(model),
        Action::Find | Action::FindBack => start_find(model, action, argument),
        Action::FindEnd => {
            if let Some(reader) = &mut model.reader {
                reader.search = None;
            }
            Vec::new()
        }
        Action::Filter => commands::filter(model, argument),
        Action::FilterEntity => commands::filter_entity(model),
        Action::FilterDocument => commands::filter_document(model),
        Action::FilterRange => commands::filter_range(model, argument.as_deref()),
        Action::FilterClear => commands::clear_filters(model),
        Action::Select => {
            select(model, |reader| reader.start_selection());
            Vec::new()
        }
        Action::SelectWord => select_unit(model, Unit::Word, count),
        Action::SelectSentence => select_unit(model, Unit::Sentence, count),
        Action::SelectParagraph => select_unit(model, Unit::Paragraph, count),
        Action::SelectSwap => {
            select(model, |reader| reader.swap_selection());
            Vec::new()
        }
        Action::Highlight => annotate::highlight(model, now, count),
        Action::Annotate => annotate::annotate(model, now),
        Action::Tag => annotate::tag(model, now, argument.as_deref().unwrap_or_default()),
        Action::Delete => annotate::delete(model),
        Action::Undo => annotate::undo(model),
        Action::Redo => annotate::redo(model),
        Action::SetMark => annotate::set_mark(model, now, argument.as_deref().unwrap_or_default()),
        Action::NameBookmark => {
            annotate::name_bookmark(model, now, argument.as_deref().unwrap_or_default())
        }
        Action::Bookmarks => kept(model, KeptKind::Bookmarks),
        Action::Notes => kept(model, KeptKind::Annotations),
        Action::Copy => annotate::copy(model),
        Action::Entity => commands::entity_card(model),
        Action::Warnings => commands::warnings_card(model),
        Action::Details => commands::details_card(model),
        Action::PaneNext => cycle(model, Way::Forward),
        Action::PanePrevious => cycle(model, Way::Back),
        Action::PaneList => then_nothing(focus(model, Pane::List)),
        Action::PaneReader => then_nothing(focus(model, Pane::Reader)),
        Action::PaneTimeline => then_nothing(focus(model, Pane::Timeline)),
        Action::ToggleList => toggle(model, Pane::List),
        Action::ToggleTimeline => toggle(model, Pane::Timeline),
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
        Action::ZoomIn | Action::ZoomOut => commands::zoom(model, action),
        Action::Sort => commands::sort(model, argument.as_deref()),
        Action::Mouse => {
            model.settings.mouse = model.settings.mouse.other();
            let on = model.settings.mouse.is_on();
            model.status.say(if on {
                "The mouse works here"
            } else {
                "The mouse is the terminal's"
            });
            vec![Effect::Mouse(if on { Capture::On } else { Capture::Off })]
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::SetDate | Action::SetTitle | Action::SetPublisher => {
            annotate::set_meta(model, action, argument.as_deref().unwrap_or_default())
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
        Action::Cancel => cancel(model),
        Action::Suspend => {
            let mut effects = model.remember();
            effects.push(Effect::Suspend);
            effects
        }
        Action::Save => annotate::save_again(model),
        Action::Quit => quit(model),
        // Motions were taken above; matching them here keeps this table complete.
        _ => Vec::new(),
    }
}

fn then_nothing((): ()) -> Vec<Effect> {
    Vec::new()
}

fn ask(model: &mut Model, action: Action) -> Vec<Effect> {
    let text = annotate::present_argument(model, action);
    model.prompt = Some(Prompt::new(Purpose::Argument(action), &text));
    Vec::new()
}

pub(super) fn nothing_open(model: &mut Model) -> Vec<Effect> {
    model.status.say("No document is open · 1 goes to the list");
    Vec::new()
}

/// Gives a pane the keys, and shows it.
pub(in crate::app) fn focus(model: &mut Model, pane: Pane) {
    match pane {
        Pane::List => model.panes.list = true,
        Pane::Timeline => model.panes.timeline = true,
        Pane::Reader => {}
    }
    if let Some(reader) = model.reader.as_mut().filter(|_| pane != Pane::Reader) {
        reader.selection = None;
    }
    model.focus = pane;
}

fn cycle(model: &mut Model, way: Way) -> Vec<Effect> {
    let order = [Pane::List, Pane::Reader, Pane::Timeline];
    let now = order
        .iter()
        .position(|pane| *pane == model.focus)
        .unwrap_or(1);
    let next = match way {
        Way::Forward => (now + 1) % order.len(),
        Way::Back => (now + order.len() - 1) % order.len(),
    };
    if let Some(pane) = order.get(next) {
        focus(model, *pane);
    }
    Vec::new()
}

fn toggle(model: &mut Model, pane: Pane) -> Vec<Effect> {
    match pane {
        Pane::List => model.panes.list = !model.panes.list,
        Pane::Timeline => model.panes.timeline = !model.panes.timeline,
        Pane::Reader => {}
    }
    if model.focus == pane {
        model.focus = Pane::Reader;
    }
    Vec::new()
}

fn motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    match action {
        Action::DocumentNext => return neighbour(model, i64::from(count.unwrap_or(1))),
        Action::DocumentPrevious => return neighbour(model, -i64::from(count.unwrap_or(1))),
        Action::JumpBack => return jump_back(model),
        Action::JumpForward => return jump_forward(model),
        _ => {}
    }
    match model.focus {
        Pane::List => list_motion(model, action, count),
        Pane::Timeline => timeline_motion(model, action, count),
        Pane::Reader => reader_motion(model, action, count),
    }
}

fn reader_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    if matches!(action, Action::FindNext | Action::FindPrevious) {
        return next_hit(model, action, count);
    }
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let from = (reader.doc(), reader.at);
    let n = count.unwrap_or(1).max(1);
    let (way, what) = match action {
        Action::EntityNext
        | Action::MentionNext
        | Action::DateNext
        | Action::QuoteNext
        | Action::AnnotationNext => (Way::Forward, action),
        Action::EntityPrevious => (Way::Back, Action::EntityNext),
        Action::MentionPrevious => (Way::Back, Action::MentionNext),
        Action::DatePrevious => (Way::Back, Action::DateNext),
        Action::QuotePrevious => (Way::Back, Action::QuoteNext),
        Action::AnnotationPrevious => (Way::Back, Action::AnnotationNext),
        _ => {
            let moved = reader.apply_motion(action, count);
            if moved != Moved::NoMotion {
                reader.selection_follows();
            }
            if moved == Moved::Yes
                && matches!(action, Action::Top | Action::Bottom | Action::Percent)
            {
                model.jumps.leave(from);
            }
            return Vec::new();
        }
    };
    let analysis = reader.analysis.clone();
    let mut found = false;
    for _ in 0..n {
        let step = match what {
            Action::EntityNext => reader.to_layer_item(&analysis.mentions, way),
            Action::DateNext => reader.to_layer_item(&analysis.timexes, way),
            Action::QuoteNext => reader.to_layer_item(&analysis.quotes, way),
            Action::AnnotationNext => {
                let layer = reader
                    .annotations
                    .iter()
                    .filter_map(|(_, anchor)| Some((anchor.range()?, ())))
                    .collect();
                reader.to_layer_item(&layer, way)
            }
            _ => match reader
                .under_cursor()
                .mention
                .map(|(range, mention)| (range, mention.entity.clone()))
            {
                Some((range, entity)) => {
                    reader.at = range.start;
                    let same = analysis
                        .mentions
                        .iter()
                        .filter(|(_, mention)| mention.entity == entity);
                    reader.to_layer_item(&same.map(|(range, _)| (*range, ())).collect(), way)
                }
                None => {
                    model
                        .status
                        .say("No name is under the cursor · ]e goes to the next one");
                    return Vec::new();
                }
            },
        };
        if !step {
            break;
        }
        found = true;
    }
    if found {
        let at = reader.at;
        reader.selection_follows();
        reader.jump_to(at);
    } else {
        let what = match what {
            Action::EntityNext => "name",
            Action::DateNext => "date",
            Action::QuoteNext => "quotation",
            Action::AnnotationNext => "annotation",
            _ => "mention",
        };
        let where_ = if way == Way::Forward {
            "below"
        } else {
            "above"
        };
        model.status.say(format!("No {what} further {where_}"));
    }
    Vec::new()
}

fn list_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let height = i64::from(
        crate::app::layout::Areas::content(model.areas().list.unwrap_or_default()).height,
    );
    let n = i64::from(count.unwrap_or(1));
    let by = match action {
        Action::Down => n,
        Action::Up => -n,
        Action::HalfPageDown | Action::ScrollDown => n * height / 2,
        Action::HalfPageUp | Action::ScrollUp => -n * height / 2,
        Action::PageDown => n * (height - 1),
        Action::PageUp => -n * (height - 1),
        Action::Top => i64::from(count.unwrap_or(1)) - 1 - model.list.selected as i64,
        Action::Bottom => i64::MAX / 2,
        Action::Percent => {
            model.list.shown.len() as i64 * n.min(100) / 100 - model.list.selected as i64
        }
        _ => return elsewhere(model),
    };
    neighbour(model, by)
}

fn elsewhere(model: &mut Model) -> Vec<Effect> {
    model.status.say("That works in the text · 2 goes there");
    Vec::new()
}

/// Opens the document `by` rows away in the list; the list keeps the focus.
pub(super) fn neighbour(model: &mut Model, by: i64) -> Vec<Effect> {
    match model.list.neighbour(by) {
        Some(doc) => {
            let same = model.list.chosen().is_some_and(|chosen| chosen.id == doc);
            model.list.select(doc);
            if same && model.here().is_some_and(|(open, _)| open == doc) {
                return Vec::new();
            }
            model.open(doc, Landing::Remembered)
        }
        None => {
            model
                .status
                .say("The list is empty · Fx shows everything again");
            Vec::new()
        }
    }
}

fn timeline_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let height = i64::from(
        crate::app::layout::Areas::content(model.areas().timeline.unwrap_or_default()).height,
    );
    let n = i64::from(count.unwrap_or(1));
    let stepped = match action {
        Action::Down | Action::DateNext => model.timeline.step(n),
        Action::Up | Action::DatePrevious => model.timeline.step(-n),
        Action::HalfPageDown
        | Action::ScrollDown
        | Action::HalfPageUp
        | Action::ScrollUp
        | Action::PageDown
        | Action::PageUp => {
            let rows = if matches!(action, Action::PageDown | Action::PageUp) {
                height - 3
            } else {
                height / 2
            };
            let down = matches!(
                action,
                Action::HalfPageDown | Action::ScrollDown | Action::PageDown
            );
            let to = model.timeline.selected as i64 + if down { rows * n } else { -rows * n };
            model.timeline.choose(to.max(0) as usize);
            Stepped::Yes
        }
        Action::Top => {
            model.timeline.choose(0);
            Stepped::Yes
        }
        Action::Bottom => {
            model.timeline.choose(usize::MAX);
            Stepped::Yes
        }
        _ => return elsewhere(model),
    };
    match stepped {
        Stepped::Yes => show_event(model),
        Stepped::No => Vec::new(),
    }
}

/// Shows the chosen passage of the timeline in the text and its document in the list.
pub(super) fn show_event(model: &mut Model) -> Vec<Effect> {
    let Some(event) = model.timeline.chosen_event() else {
        return Vec::new();
    };
    let (doc, range) = (event.doc, event.timex);
    model.list.select(doc);
    model.open(doc, Landing::At(range))
}

fn jump_back(model: &mut Model) -> Vec<Effect> {
    let to = model.here().and_then(|here| model.jumps.back(here));
    go(model, to, "This is where you began")
}

fn jump_forward(model: &mut Model) -> Vec<Effect> {
    let to = model.jumps.forward();
    go(model, to, "There is nothing further ahead")
}

fn go(model: &mut Model, to: Option<crate::app::jumps::Stop>, otherwise: &str) -> Vec<Effect> {
    match to {
        Some((doc, at)) => {
            model.list.select(doc);
            model.focus = Pane::Reader;
            model.open(doc, Landing::At(crate::text::TextRange::empty(at)))
        }
        None => {
            model.status.say(otherwise);
            Vec::new()
        }
    }
}

/// Enter: the chosen document or passage is read; on a link in the text its letters are not needed.
fn open_chosen(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::List => {
            let Some(doc) = model.list.chosen().map(|listing| listing.id) else {
                return Vec::new();
            };
            let from = model.here();
            let effects = model.open(doc, Landing::Remembered);
            if let Some(from) = from.filter(|from| from.0 != doc) {
                model.jumps.leave(from);
            }
            focus(model, Pane::Reader);
            effects
        }
        Pane::Timeline => {
            let effects = show_event(model);
            focus(model, Pane::Reader);
            effects
        }
        Pane::Reader => match model
            .reader
            .as_ref()
            .and_then(|reader| reader.under_cursor().link.map(str::to_owned))
        {
            Some(address) => commands::follow(model, address),
            None => match model
                .reader
                .as_ref()
                .map(|reader| reader.under_cursor().timex.is_some())
            {
                Some(true) => {
                    focus(model, Pane::Timeline);
                    Vec::new()
                }
                _ => commands::details_card(model),
            },
        },
    }
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
    model.focus = Pane::Reader;
    let purpose = Purpose::Find { way, from, top };
    match argument {
        Some(pattern) => {
            super::prompts::find(model, &pattern, way, from, super::prompts::Stage::Sent)
        }
        None => {
            model.prompt = Some(Prompt::new(purpose, ""));
            Vec::new()
        }
    }
}

fn next_hit(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let Some(search) = reader.search.take() else {
        model.status.say("Nothing is looked for yet · / finds");
        return Vec::new();
    };
    let way = match (action, search.way) {
        (Action::FindNext, way) => way,
        (_, Way::Forward) => Way::Back,
        (_, Way::Back) => Way::Forward,
    };
    let from = (reader.doc(), reader.at);
    let mut last = None;
    for _ in 0..count.unwrap_or(1).min(10_000) {
        let start = match way {
            Way::Forward => reader.grapheme_at(reader.at).end,
            Way::Back => reader.at,
        };
        match reader.next_hit(&search.finder, way, start) {
            Some(hit) => {
                reader.at = hit.range().start;
                last = Some(hit);
            }
            None => break,
        }
    }
    reader.search = Some(search);
    match last {
        Some(hit) => {
            reader.jump_to(hit.range().start);
            reader.selection_follows();
            model.jumps.leave(from);
            super::prompts::say_hit(model, hit);
        }
        None => model.status.say("Not found"),
    }
    Vec::new()
}

fn select(model: &mut Model, change: impl FnOnce(&mut crate::app::reader::Reader)) {
    focus(model, Pane::Reader);
    if let Some(reader) = &mut model.reader {
        change(reader);
    }
}

fn select_unit(model: &mut Model, unit: Unit, count: Option<u32>) -> Vec<Effect> {
    select(model, |reader| {
        (0..count.unwrap_or(1).min(1000)).for_each(|_| reader.grow_selection(unit))
    });
    Vec::new()
}

fn kept(model: &mut Model, what: KeptKind) -> Vec<Effect> {
    let list = KeptList::new(what, &model.kept, &model.list);
    model.overlays.push(Overlay::Kept(list));
    Vec::new()
}

/// Esc: the innermost thing that can end, ends.
fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.status.progress.is_some() {
        model.status.progress = None;
        model.status.say("Stopped");
        return vec![Effect::CancelWork];
    }
    if let Some(reader) = &mut model.reader {
        if reader.selection.take().is_some() {
            return Vec::new();
        }
        if model.focus == Pane::Reader && reader.search.take().is_some() {
            return Vec::new();
        }
    }
    if model.focus == Pane::Reader {
        return Vec::new();
    }
    let narrowed = match model.focus {
        Pane::List => !model.list.filter.is_empty() || model.list.entity.is_some(),
        Pane::Timeline => !model.timeline.filter.is_empty(),
        Pane::Reader => false,
    };
    if narrowed {
        return commands::clear_filters(model);
    }
    focus(model, Pane::Reader);
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
            "{what} not saved · :save tries again · q again leaves without"
        ));
        return Vec::new();
    }
    let mut effects = model.remember();
    effects.push(Effect::Quit);
    effects
}
