//! What narrows list and timeline: a typed filter, an entity, a document, a range of days.

use super::{entities, panes, run};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::{Model, Pane};
use crate::app::prompt::{Prompt, Purpose};
use crate::app::timeline::TimelineFilter;
use crate::document::{Edtf, Interval};
use crate::language::entities::EntityId;
use crate::time;

/// Asks for, or takes, what narrows the focused list.
pub(super) fn filter(model: &mut Model, argument: Option<String>) -> Vec<Effect> {
    match argument {
        Some(text) => set_filter(model, &text),
        None => {
            if model.focus == Pane::Reader {
                panes::focus(model, Pane::List);
            }
            let now = match model.focus {
                Pane::Timeline => model.timeline.filter.text.clone(),
                Pane::List | Pane::Reader => model.list.filter.clone(),
            };
            model.prompt = Some(Prompt::new(Purpose::Filter, &now));
        }
    }
    Vec::new()
}

/// Narrows the focused list by a text.
pub(super) fn set_filter(model: &mut Model, text: &str) {
    match model.focus {
        Pane::Timeline => {
            text.clone_into(&mut model.timeline.filter.text);
            model.timeline.arrange();
        }
        Pane::List | Pane::Reader => {
            text.clone_into(&mut model.list.filter);
            model.list.arrange();
        }
    }
}

/// Narrows list and timeline to the entity under the cursor.
pub(super) fn filter_entity(model: &mut Model) -> Vec<Effect> {
    let under = model.reader.as_ref().and_then(|reader| {
        reader
            .under_cursor()
            .mention
            .map(|(_, mention)| mention.clone())
    });
    let Some(mention) = under else {
        return entities::no_name(model);
    };
    narrow_to(model, mention.entity, &mention.name)
}

/// Narrows list and timeline to an entity.
pub(super) fn narrow_to(model: &mut Model, entity: EntityId, name: &str) -> Vec<Effect> {
    model.status.say(format!(
        "Showing only what names {name} · Fx shows everything again"
    ));
    model.timeline.filter.entity = Some((entity.clone(), name.to_owned()));
    model.timeline.arrange();
    vec![Effect::EntityDocuments(entity)]
}

/// Narrows the timeline to the open document.
pub(super) fn filter_document(model: &mut Model) -> Vec<Effect> {
    let Some((doc, _)) = model.here() else {
        return run::nothing_open(model);
    };
    let only = &mut model.timeline.filter.document;
    *only = if only.is_some() { None } else { Some(doc) };
    let what = if only.is_some() {
        "Only this document on the timeline"
    } else {
        "All documents on the timeline"
    };
    model.timeline.arrange();
    model.status.say(what);
    Vec::new()
}

/// Narrows the timeline to a range of days, or takes the range away.
pub(super) fn filter_range(model: &mut Model, typed: Option<&str>) -> Vec<Effect> {
    let Some(given) = typed.map(str::trim).filter(|given| !given.is_empty()) else {
        // An empty line takes the range away; without a line one is asked for, beginning with the present one.
        if typed.is_some() {
            model.timeline.filter.range = None;
            model.timeline.arrange();
        } else {
            let end = |day: Option<jiff::civil::Date>| {
                day.map_or_else(String::new, |day| day.to_string())
            };
            let now = model
                .timeline
                .filter
                .range
                .map_or_else(String::new, |range| {
                    format!("{}..{}", end(range.earliest), end(range.latest))
                });
            model.prompt = Some(Prompt::new(Purpose::Argument(Action::FilterRange), &now));
        }
        return Vec::new();
    };
    let end = |side: &str| -> Option<Interval> {
        let side = side.trim();
        side.parse::<Edtf>()
            .ok()
            .map(|date| date.interval())
            .or_else(|| time::parse_moment(side, None))
    };
    let range = match given.split_once("..").or_else(|| given.split_once('/')) {
        None => end(given),
        Some((from, "")) => end(from).map(|from| Interval {
            latest: None,
            ..from
        }),
        Some(("", to)) => end(to).map(|to| Interval {
            earliest: None,
            ..to
        }),
        Some((from, to)) => end(from).zip(end(to)).map(|(from, to)| Interval {
            earliest: from.earliest,
            latest: to.latest,
        }),
    };
    let backwards = range.is_some_and(
        |range| matches!((range.earliest, range.latest), (Some(from), Some(to)) if from > to),
    );
    if backwards {
        model.status.fail(format!(
            "“{given}” runs backwards · the earlier date comes first"
        ));
        return Vec::new();
    }
    match range {
        Some(range) => {
            model.timeline.filter.range = Some(range);
            model.timeline.arrange();
        }
        None => model.status.fail(format!(
            "“{given}” is not a range of dates · try `2023-09..2023-11`"
        )),
    }
    Vec::new()
}

/// Shows everything again.
pub(super) fn clear_filters(model: &mut Model) -> Vec<Effect> {
    model.list.filter.clear();
    model.list.entity = None;
    model.list.arrange();
    model.timeline.filter = TimelineFilter::default();
    model.timeline.arrange();
    Vec::new()
}
