//! Actions that narrow, show, set or look up.

use jiff::Timestamp;

use super::{motions, panes};
use crate::app::action::Action;
use crate::app::effect::{Effect, JumpKind, Kinds};
use crate::app::list::Order;
use crate::app::model::{Model, Pane};
use crate::app::overlay::{Card, Overlay, Picker};
use crate::app::reflow::Alignment;
use crate::app::settings::Toggle;
use crate::app::timeline::Stepped;
use crate::app::{cards, input::Input};
use crate::document::Interval;
use crate::time;
use crate::timeline::Zoom;

/// The themes, by name.
pub(super) const THEMES: [&str; 4] = ["paper", "ink", "terminal", "mono"];

/// Opens the fuzzy jump.
pub(super) fn open_jump(
    model: &mut Model,
    only: Option<JumpKind>,
    typed: Option<&str>,
) -> Vec<Effect> {
    let kinds = Kinds { only, within: None };
    start_jump(model, kinds, typed)
}

/// Jumps among the headings of the open document.
pub(super) fn open_outline(model: &mut Model) -> Vec<Effect> {
    let Some((doc, _)) = model.here() else {
        return super::run::nothing_open(model);
    };
    start_jump(
        model,
        Kinds {
            only: Some(JumpKind::Heading),
            within: Some(doc),
        },
        None,
    )
}

/// Asks for the document the open one is compared with.
pub(super) fn open_compare(model: &mut Model, typed: Option<&str>) -> Vec<Effect> {
    let kinds = Kinds {
        only: Some(JumpKind::Document),
        within: None,
    };
    let effects = start_jump(model, kinds, typed);
    if let Some(Overlay::Jump(picker)) = model.overlays.last_mut() {
        picker.purpose = crate::app::overlay::jump::Purpose::Compare;
    }
    effects
}

fn start_jump(model: &mut Model, kinds: Kinds, typed: Option<&str>) -> Vec<Effect> {
    let picker = Picker {
        kinds,
        input: Input::with(typed.unwrap_or_default()),
        ..Picker::default()
    };
    model.overlays.push(Overlay::Jump(Box::new(picker)));
    ask_jump(model)
}

/// Asks the worker for what the fuzzy jump shows.
pub(super) fn ask_jump(model: &mut Model) -> Vec<Effect> {
    let job = model.job();
    let Some(Overlay::Jump(picker)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    picker.job = job;
    let (kinds, query) = picker.question();
    vec![Effect::Jump {
        job,
        query: query.to_owned(),
        kinds,
    }]
}

/// Chooses the row of the timeline nearest to a date as a reader would say it.
///
/// "last week" is seen from the publication of the open document, or from today where that is not known.
pub(super) fn go_to_date(model: &mut Model, now: Timestamp, typed: &str) -> Vec<Effect> {
    let published = model
        .reader
        .as_ref()
        .and_then(|reader| reader.document.meta.published.as_ref())
        .map(|published| published.date.clone());
    let today = || now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let anchor = published.or_else(|| today().parse().ok());
    let Some(interval) = time::parse_moment(typed, anchor.as_ref()) else {
        model.status.fail(format!(
            "“{}” is not a date · try `mid-October 2023`, `2023-10` or `June 24`",
            typed.trim()
        ));
        return Vec::new();
    };
    panes::focus(model, Pane::Timeline);
    // What was typed may mean other days than it was meant to: they are told.
    let days = days_said(interval);
    let typed = typed.trim();
    let read = if typed == days {
        days
    } else {
        format!("“{typed}” is {days}")
    };
    model.status.say(match model.timeline.go_to(interval) {
        Stepped::Yes => read,
        Stepped::No => format!("{read} · nothing is dated then, this is the nearest passage"),
    });
    motions::show_event(model)
}

/// Days as they are typed: `2023-10-25`, `2023-10-01..2023-10-31`.
fn days_said(interval: Interval) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    if interval.earliest == interval.latest {
        day(interval.earliest)
    } else {
        format!("{}..{}", day(interval.earliest), day(interval.latest))
    }
}

/// Shows what importing noticed.
pub(super) fn warnings_card(model: &mut Model) -> Vec<Effect> {
    let card = cards::warnings(model);
    show(model, card)
}

/// Shows all that stands under the cursor.
pub(super) fn details_card(model: &mut Model) -> Vec<Effect> {
    match cards::details(model) {
        Some(card) => show(model, card),
        None => super::run::nothing_open(model),
    }
}

pub(super) fn show(model: &mut Model, card: Card) -> Vec<Effect> {
    model.overlays.push(Overlay::Card(card));
    Vec::new()
}

/// Opens a link with the configured command.
pub(super) fn follow(model: &mut Model, address: String) -> Vec<Effect> {
    let safe = ["http://", "https://", "mailto:", "file://"]
        .iter()
        .any(|scheme| address.to_ascii_lowercase().starts_with(scheme));
    if !safe {
        model.status.fail(format!(
            "Not opened: `{address}` · only http, https, mailto and file addresses are"
        ));
        return Vec::new();
    }
    model.status.say(format!("Opening {address}"));
    vec![Effect::Follow(address)]
}

/// Sets the width of the lines.
pub(super) fn set_measure(model: &mut Model, cells: i32) -> Vec<Effect> {
    model.settings.measure_cells = cells.clamp(20, 200) as u16;
    model
        .status
        .say(format!("Lines of {} cells", model.settings.measure_cells));
    Vec::new()
}

/// Sets the width of the lines to what was typed.
pub(super) fn measure(model: &mut Model, typed: &str) -> Vec<Effect> {
    match typed.trim().parse::<u16>() {
        Ok(cells @ 20..=200) => set_measure(model, i32::from(cells)),
        _ => {
            model.status.fail(format!(
                "“{}” is not a width · give a number from 20 to 200",
                typed.trim()
            ));
            Vec::new()
        }
    }
}

/// Justified or ragged.
pub(super) fn justify(model: &mut Model) -> Vec<Effect> {
    let (alignment, what) = match model.settings.alignment {
        Alignment::Ragged => (Alignment::Justified, "Justified lines"),
        Alignment::Justified => (Alignment::Ragged, "Ragged lines"),
    };
    model.settings.alignment = alignment;
    model.status.say(what);
    Vec::new()
}

/// Hyphenated or not.
pub(super) fn hyphenate(model: &mut Model) -> Vec<Effect> {
    model.settings.hyphenate = model.settings.hyphenate.other();
    model.status.say(match model.settings.hyphenate {
        Toggle::On => "Words are hyphenated",
        Toggle::Off => "Words stay whole",
    });
    Vec::new()
}

/// Sets the theme, or takes the next one.
pub(super) fn theme(model: &mut Model, typed: Option<&str>) -> Vec<Effect> {
    let name = match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => typed.to_ascii_lowercase(),
        None => {
            let now = THEMES
                .iter()
                .position(|name| model.settings.theme.as_deref() == Some(name));
            THEMES
                .get(now.map_or(0, |now| (now + 1) % THEMES.len()))
                .copied()
                .unwrap_or("terminal")
                .to_owned()
        }
    };
    if THEMES.contains(&name.as_str()) {
        model.status.say(format!("Theme: {name}"));
        model.settings.theme = Some(name);
    } else {
        model.status.fail(format!(
            "There is no theme “{name}” · there are {}",
            THEMES.join(", ")
        ));
    }
    Vec::new()
}

/// Finer or coarser timeline.
pub(super) fn zoom(model: &mut Model, action: Action) -> Vec<Effect> {
    let zoom = model.timeline.zoom;
    model.timeline.zoom = match (action, zoom) {
        (Action::ZoomIn, Zoom::Month | Zoom::Day) => Zoom::Day,
        (Action::ZoomIn, Zoom::Year) | (_, Zoom::Day) => Zoom::Month,
        (_, Zoom::Month | Zoom::Year) => Zoom::Year,
    };
    model.status.say(match model.timeline.zoom {
        Zoom::Year => "Timeline by year",
        Zoom::Month => "Timeline by month",
        Zoom::Day => "Timeline by day",
    });
    Vec::new()
}

/// Sets the order of the list, or takes the next one.
pub(super) fn sort(model: &mut Model, typed: Option<&str>) -> Vec<Effect> {
    let order = match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => Order::ALL
            .into_iter()
            .find(|order| order.name() == typed.to_ascii_lowercase()),
        None => {
            let now = Order::ALL
                .iter()
                .position(|order| *order == model.list.order)
                .unwrap_or(0);
            Order::ALL.get((now + 1) % Order::ALL.len()).copied()
        }
    };
    let Some(order) = order else {
        let known = Order::ALL.map(Order::name).join(", ");
        model.status.fail(format!(
            "The list cannot be sorted by “{}” · there are {known}",
            typed.unwrap_or_default().trim()
        ));
        return Vec::new();
    };
    model.list.order = order;
    model.list.arrange();
    model.status.say(format!("Sorted by {}", order.name()));
    Vec::new()
}
