//! The mouse: click, drag, double click, wheel, borders.

use crossterm::event::{MouseButton, MouseEventKind};

use super::{NOTE, doc, open};
use crate::app::effect::{Capture, Effect};
use crate::app::layout::Areas;
use crate::app::model::Pane;

/// The cell of a word of the note on the screen.
fn cell(app: &super::App, word: &str) -> (u16, u16) {
    let at = super::range_of(app, word).start;
    let area = app.model.areas().text(app.model.settings.measure_cells);
    let visible = &app.reader().visible;
    let row = visible
        .iter()
        .position(|row| row.line.is_some_and(|line| line.range.contains(at)))
        .unwrap();
    let line = visible[row].line.unwrap();
    let x = crate::app::reflow::x_of(app.reader().text(), &line, at);
    (area.x + x, area.y + row as u16)
}

#[test]
fn a_click_moves_the_cursor_and_a_drag_selects() {
    let mut app = open(NOTE);
    let (x, y) = cell(&app, "paper");
    app.click(x, y);
    assert_eq!((app.at().as_str(), app.selected()), ("paper on", None));
    app.mouse(MouseEventKind::Down(MouseButton::Left), x, y);
    app.mouse(MouseEventKind::Drag(MouseButton::Left), x + 4, y);
    app.mouse(MouseEventKind::Up(MouseButton::Left), x + 4, y);
    assert_eq!(app.selected(), Some("paper"));
}

#[test]
fn two_clicks_select_a_word_and_three_a_sentence() {
    let mut app = open(NOTE);
    let (x, y) = cell(&app, "paper");
    app.click(x, y);
    app.click(x, y);
    assert_eq!(app.selected(), Some("paper"));
    app.click(x, y);
    assert_eq!(
        app.selected(),
        Some("Japan signed the paper on 5 May 2024.")
    );
    app.wait(1000);
    app.click(x, y);
    assert_eq!(app.selected(), None);
}

#[test]
fn a_click_in_the_list_opens_and_the_title_row_only_focuses() {
    let mut app = open(NOTE);
    let list = app.model.areas().list.unwrap();
    let rows = Areas::content(list);
    let effects = app.click(rows.x + 2, rows.y + 1);
    assert!(matches!(effects.as_slice(), [Effect::Open { doc: opened, .. }] if *opened == doc(2)));
    assert_eq!(app.click(list.x + 2, list.y), []);
    assert_eq!(
        app.click(rows.x + 2, rows.y + 3),
        [],
        "the heading of the undated"
    );
    let effects = app.click(rows.x + 2, rows.y + 4);
    assert!(matches!(effects.as_slice(), [Effect::Open { doc: opened, .. }] if *opened == doc(4)));
    let at = app.reader().at;
    let reader = app.model.areas().reader;
    app.click(reader.x + 5, reader.y);
    assert_eq!((app.model.focus, app.reader().at), (Pane::Reader, at));
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let text = super::paragraphs(200);
    let mut app = open(&text);
    let reader = app.model.areas().reader;
    let top = app.reader().top;
    app.mouse(MouseEventKind::ScrollDown, reader.x + 5, 5);
    assert!(app.reader().top > top);
    let effects = app.mouse(MouseEventKind::ScrollDown, 2, 5);
    assert!(matches!(effects.as_slice(), [Effect::Open { .. }]));
    app.keys("g<space>");
    app.mouse(MouseEventKind::ScrollDown, 2, 5);
    assert!(app.model.overlays.len() == 1);
}

#[test]
fn borders_are_dragged_within_bounds() {
    let mut app = open(NOTE);
    let [Some(left), Some(right)] = app.model.areas().rules else {
        panic!("no rules")
    };
    app.mouse(MouseEventKind::Down(MouseButton::Left), left, 9);
    app.mouse(MouseEventKind::Drag(MouseButton::Left), 40, 9);
    app.mouse(MouseEventKind::Up(MouseButton::Left), 40, 9);
    assert_eq!(app.model.areas().rules[0], Some(40));
    app.mouse(MouseEventKind::Down(MouseButton::Left), right, 9);
    app.mouse(MouseEventKind::Drag(MouseButton::Left), 0, 9);
    assert!(app.model.areas().reader.width > 20);
}

#[test]
fn the_mouse_is_given_back_to_the_terminal() {
    let mut app = open(NOTE);
    assert_eq!(app.keys("zm"), [Effect::Mouse(Capture::Off)]);
    assert_eq!(app.keys("zm"), [Effect::Mouse(Capture::On)]);
}
