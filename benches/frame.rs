//! What a key costs: the update, and the painting of the frame after it, on a page full of names and dates at 160x48.

use std::collections::HashMap;
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use jiff::Timestamp;
use postil::app::effect::Effect;
use postil::app::keymap::Keymap;
use postil::app::model::{Landing, Model};
use postil::app::msg::{Coverage, Msg, Opened, Outcome};
use postil::app::settings::Settings;
use postil::app::update::update;
use postil::document::DocId;
use postil::ui::symbols::Symbols;
use postil::ui::theme::Theme;
use postil::ui::{self, Look};
use postil::{import, library};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

/// A document of about a megabyte, open and analysed.
fn reading() -> Model {
    let paragraph = "On 5 May 2023, President Emmanuel Macron met ministers of Norway and South Korea in Berlin. \
        “We agreed on grain and on the ceasefire,” Macron said, and the United Nations welcomed it the next day.\n\n";
    let document = Arc::new(import::exact(
        "bench",
        &paragraph.repeat(5_000),
        Some("A long page"),
        None,
    ));
    let mut model = Model::new((160, 48), Settings::default(), Keymap::with_patch("").0);
    let opened = model.open(DocId::of_locator("bench"), Landing::Remembered);
    let Some(Effect::Open { job, doc }) = opened.last().cloned() else {
        return model;
    };
    let analysis = Arc::new(library::analyse(&document));
    let outcome = Opened {
        document,
        coverage: Coverage::Whole,
        warnings: Vec::new(),
        annotations: Vec::new(),
        bookmarks: Vec::new(),
        place: None,
        corrections: library::Corrections::default(),
    };
    drop(update(
        &mut model,
        Timestamp::UNIX_EPOCH,
        Msg::Done(Outcome::Opened(job, Box::new(outcome))),
    ));
    drop(update(
        &mut model,
        Timestamp::UNIX_EPOCH,
        Msg::Done(Outcome::Analysed(doc, analysis)),
    ));
    model.totals = HashMap::new();
    model
}

fn press(model: &mut Model, c: char) {
    let key = Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    drop(update(model, Timestamp::UNIX_EPOCH, Msg::Term(key)));
}

#[divan::bench(args = ['j', ' '])]
fn update_of_a_key(bencher: Bencher, key: char) {
    let mut model = reading();
    bencher.bench_local(|| press(&mut model, key));
}

#[divan::bench]
fn paint_a_frame(bencher: Bencher) {
    let mut model = reading();
    (0..40).for_each(|_| press(&mut model, 'j'));
    let look = Look {
        theme: Theme::default(),
        symbols: Symbols::unicode(),
    };
    let mut buffer = Buffer::empty(Rect::new(0, 0, 160, 48));
    bencher.bench_local(|| {
        buffer.reset();
        ui::paint(&model, &look, &mut buffer)
    });
}
