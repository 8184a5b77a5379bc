//! What is folded away in list and timeline, and what narrows the timeline to what was said.

use crate::app::effect::Effect;
use crate::app::model::{Model, Pane};
use crate::app::timeline::Fold;
use crate::timeline::Sort;

/// Folds or unfolds: in the list the documents that are nearly the same as the chosen one, on the timeline the passages without a day.
pub(super) fn fold(model: &mut Model) -> Vec<Effect> {
    if model.focus == Pane::List {
        if !model.list.fold() {
            model
                .status
                .say("No other document here is nearly the same as this one");
        }
        return Vec::new();
    }
    let pane = &mut model.timeline;
    pane.undated = pane.undated.other();
    pane.arrange();
    let n = pane.n_folded;
    model.status.say(match (pane.undated, n) {
        (Fold::Open, _) => "Passages without a day are shown, the last of all",
        (Fold::Closed, 0) => "Every passage here has a day",
        (Fold::Closed, _) => "Passages without a day are folded away · za shows them",
    });
    Vec::new()
}

/// Narrows the timeline to what was said, then to what happened, then no more.
pub(super) fn said(model: &mut Model) -> Vec<Effect> {
    let filter = &mut model.timeline.filter;
    filter.sort = match filter.sort {
        None => Some(Sort::Said),
        Some(Sort::Said) => Some(Sort::Told),
        Some(Sort::Told) => None,
    };
    let says = match filter.sort {
        Some(Sort::Said) => "The timeline shows what was said · Fs shows what happened",
        Some(Sort::Told) => "The timeline shows what happened · Fs shows all again",
        None => "The timeline shows all again",
    };
    model.timeline.arrange();
    model.status.say(says);
    Vec::new()
}
