//! Who repeats the open document: asked for behind the screen, stepped through, listed, narrowed to what was altered.

use crossterm::event::{KeyCode, KeyEvent};

use super::tracing::one_line;
use super::{marks, motions, run, tracing};
use crate::app::action::Action;
use crate::app::effect::{Effect, Question};
use crate::app::model::Model;
use crate::app::msg::Coverage;
use crate::app::overlay::trace::View;
use crate::app::overlay::{Overlay, UsesCard};
use crate::app::reader::Reader;
use crate::app::reader::motion::Way;
use crate::app::repeats::{Asked, Which};
use crate::library::tracing::SentenceUses;
use crate::text::TextRange;

/// The sentences of the document with who repeats each.
pub(super) fn repeats(model: &mut Model) -> Vec<Effect> {
    if model.reader.is_none() {
        return run::nothing_open(model);
    }
    uses(model, View::Document)
}

/// Opens the card of who repeats what; what was found behind the screen is shown at once.
pub(super) fn uses(model: &mut Model, view: View) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return run::nothing_open(model);
    };
    let at = reader.sentence_at(reader.at);
    let said = one_line(at.of_text(reader.text()));
    let known = model.repeats.uses(reader.document.revision);
    let job = model.job();
    let mut card = UsesCard::new(job, at, said);
    card.view = view;
    let question = known.is_none().then_some(Question::Uses);
    if let Some(known) = known {
        card.take(known);
    }
    tracing::open(model, Overlay::Uses(Box::new(card)), (job, question))
}

/// Asks for what is looked for behind the screen, once for each text and library.
pub(super) fn behind(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else {
        return Vec::new();
    };
    let revision = reader.document.revision;
    let is_ready = reader.analysis.of == Some(revision)
        && reader.coverage == Coverage::Whole
        && model.list.documents.len() > 1;
    let asked = Asked {
        revision,
        told: model.list.told,
        n_sentences: reader.analysis.sentences.len(),
    };
    if !is_ready || !model.repeats.ask(asked) {
        return Vec::new();
    }
    let job = model.job();
    model.repeats.job = job;
    vec![Effect::Trace {
        job,
        question: Question::Behind,
    }]
}

/// Goes to the next sentence that is repeated, and says how often it is.
pub(super) fn step(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return run::nothing_open(model);
    };
    let revision = reader.document.revision;
    let Some(stops) = model.repeats.sentences(revision) else {
        model.status.say(if model.list.documents.len() > 1 {
            "Who repeats this document is not known yet · gq looks for it"
        } else {
            "There is no other document here that could repeat this one"
        });
        return Vec::new();
    };
    let (way, where_) = match action {
        Action::RepeatPrevious => (Way::Back, "above"),
        _ => (Way::Forward, "below"),
    };
    reader.engaged = true;
    if motions::steps(reader, stops, way, count.unwrap_or(1).max(1)) {
        let at = reader.at;
        reader.selection_follows();
        reader.jump_to(at);
        let here = reader.sentence_at(at);
        let uses = model.repeats.uses(revision);
        let one = uses.as_ref().and_then(|uses| {
            let mut sentences = uses.sentences.iter();
            sentences.find(|one| one.range.overlaps(here))
        });
        if let Some(one) = one {
            model.status.say(said_of(one));
        }
    } else {
        let what = match model.repeats.which {
            Which::All => "repeated",
            Which::Altered => "altered",
        };
        model
            .status
            .say(format!("No {what} sentence further {where_}"));
    }
    Vec::new()
}

/// How often a sentence is repeated, in a line.
fn said_of(one: &SentenceUses) -> String {
    let times = |n: usize| match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let altered = match one.n_altered {
        0 => String::new(),
        n if n == one.n_repeats => ", altered".to_owned(),
        n => format!(", {} altered", times(n)),
    };
    format!(
        "Repeated {}{altered} · o shows by whom",
        times(one.n_repeats)
    )
}

/// Shows or hides the strip in the scrollbar.
pub(super) fn heat(model: &mut Model) -> Vec<Effect> {
    model.settings.heat = model.settings.heat.other();
    model.status.say(if model.settings.heat.is_on() {
        "The strip beside the scrollbar shows how often sentences are repeated"
    } else {
        "The strip beside the scrollbar is off · zr brings it back"
    });
    Vec::new()
}

/// Counts altered repetitions alone, or all again.
pub(super) fn only_altered(model: &mut Model) -> Vec<Effect> {
    model.repeats.which = match model.repeats.which {
        Which::All => Which::Altered,
        Which::Altered => Which::All,
    };
    model.status.say(match model.repeats.which {
        Which::All => "All repetitions count again",
        Which::Altered => "Altered repetitions alone count · Fa takes all again",
    });
    Vec::new()
}

/// Keys of the card of who repeats what.
pub(super) fn press_uses(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let which = model.repeats.which;
    let Some(Overlay::Uses(card)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    if let Some(by) = tracing::turn_of(event) {
        match card.view {
            View::Sentence => {
                if let Some(sentence) = card.neighbour(by, which) {
                    card.sentence = sentence;
                    card.cursor = crate::app::overlay::Cursor::default();
                    about(model, sentence);
                }
            }
            View::Document => card.step(by),
        }
        return Vec::new();
    }
    if let Some(by) = tracing::step_of(event) {
        card.step(by);
        return Vec::new();
    }
    match (event.code, card.view) {
        (KeyCode::Enter, View::Sentence) => {
            if let Some((doc, range)) = card.chosen().map(|one| (one.by.doc, one.at)) {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        (KeyCode::Enter, View::Document) => {
            if let Some(range) = card.listed_sentence()
                && let Some(doc) = model.reader.as_ref().map(Reader::doc)
            {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        (KeyCode::Char('a'), _) | (KeyCode::Char('o'), View::Document) => {
            if let Some(sentence) = card.turn() {
                about(model, sentence);
            }
        }
        (KeyCode::Char('f'), View::Document) => card.narrow(),
        (KeyCode::Char('f'), View::Sentence) => return only_altered(model),
        (KeyCode::Char('q' | 'o'), _) => drop(model.overlays.pop()),
        _ => {}
    }
    Vec::new()
}

/// The card speaks of another sentence.
fn about(model: &mut Model, sentence: TextRange) {
    if let (Some(reader), Some(Overlay::Uses(card))) = (&model.reader, model.overlays.last_mut()) {
        card.said = one_line(sentence.of_text(reader.text()));
    }
    tracing::show(model, sentence);
}
