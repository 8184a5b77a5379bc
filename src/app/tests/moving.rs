//! Motions of the text, alone and with counts.

use super::{NOTE, open, open_at};
use crate::app::model::Pane;

/// Where the cursor is after keys typed at the start of the note.
fn goes(keys: &str) -> String {
    open(NOTE).after(keys).at()
}

#[test]
fn by_line_and_character() {
    assert_eq!(goes("j"), "Japan si");
    assert_eq!(goes("jl"), "Japan si", "l is no key of the text");
    assert_eq!(goes("j<right><right>"), "pan sign");
    assert_eq!(goes("$<right>"), "Japan si");
    assert_eq!(goes("j$0"), "Japan si");
    assert_eq!(goes("jjk"), goes("j"));
    assert_eq!(goes("k"), "Joint no");
}

#[test]
fn by_word_and_back() {
    assert_eq!(goes("jw"), "signed t");
    assert_eq!(goes("jwwb"), "signed t");
    assert_eq!(goes("j4w"), "on 5 May");
    assert_eq!(goes("jb"), "note\n\nJa");
    assert_eq!(goes("b"), "Joint no");
}

#[test]
fn by_sentence_paragraph_and_heading() {
    assert_eq!(goes("j]s"), "Official");
    assert_eq!(goes("j]s[s"), "Japan si");
    assert_eq!(goes("}"), "Japan si");
    assert_eq!(goes("}}{"), "Japan si");
    assert_eq!(goes("]h"), "What fol");
    assert_eq!(goes("]h]h"), "What fol");
    assert_eq!(goes("]h[h"), "Joint no");
}

#[test]
fn by_name_date_and_quotation() {
    assert_eq!(goes("]e"), "Japan si");
    assert_eq!(goes("2]e"), "Japan an");
    assert_eq!(goes("]e*"), "Japan an");
    assert_eq!(goes("]e*#"), "Japan si");
    assert_eq!(goes("]d"), "5 May 20");
    assert_eq!(goes("]d]d[d"), "5 May 20");
    assert_eq!(goes("]q"), "We agree");
    let app = open(NOTE).after("[e");
    assert_eq!(app.status(), "No name further above");
    let app = open(NOTE).after("*");
    assert!(app.status().starts_with("No name is under the cursor"));
}

#[test]
fn to_the_ends_to_a_line_and_to_a_percentage() {
    assert_eq!(goes("G"), "France w");
    assert_eq!(goes("Ggg"), "Joint no");
    assert_eq!(goes("2G"), "Japan si");
    assert_eq!(goes("9999999G"), "France w");
    assert_eq!(goes("100%"), "France w");
    assert_eq!(goes("1%"), "Joint no");
    let middle = open(NOTE).after("50%");
    let percent = middle.reader().at as usize * 100 / NOTE.len();
    assert!((30..=55).contains(&percent), "{percent}");
}

#[test]
fn a_digit_chooses_a_pane_unless_a_motion_follows_soon() {
    let mut app = open(NOTE).after("3");
    assert_eq!(app.model.focus, Pane::Timeline);
    app.keys("w");
    assert_eq!(
        (app.model.focus, app.at()),
        (Pane::Reader, "signed t".to_owned())
    );

    let mut app = open(NOTE).after("1");
    app.wait(600);
    app.keys("j");
    assert_eq!(app.model.focus, Pane::List);

    let app = open(NOTE).after("12w");
    assert_eq!(app.model.focus, Pane::Reader);
}

#[test]
fn a_count_keeps_the_selection_and_the_colour() {
    let app = open(NOTE).after("jv3<right>");
    assert_eq!(app.selected(), Some("Japa"));
    let effects = open(NOTE).saves("j3h");
    assert_eq!(effects.len(), 1);
}

#[test]
fn esc_ends_a_half_typed_sequence_and_nothing_else() {
    let app = open(NOTE).after("jv]<esc>");
    assert_eq!(app.selected(), Some("J"));
    assert_eq!(app.status(), "");
    let app = open(NOTE).after("jv'<esc>");
    assert_eq!(app.selected(), Some("J"));
}

fn long() -> String {
    super::paragraphs(200)
}

#[test]
fn a_held_key_scrolls_by_one_and_keeps_the_line_in_place() {
    let mut app = open(&long()).after("40j");
    let row = app.cursor_row();
    let top = app.reader().top;
    app.keys("j");
    assert_eq!(app.cursor_row(), row);
    assert!(app.reader().top > top);
}

#[test]
fn pages_keep_the_cursor_on_its_row() {
    let mut app = open(&long()).after("20j");
    let (row, at) = (app.cursor_row(), app.reader().at);
    app.keys("<space>");
    assert!(app.cursor_row().unwrap().abs_diff(row.unwrap()) <= 1);
    app.keys("<pageup>");
    assert_eq!(app.reader().at, at);
}

#[test]
fn scrolling_carries_the_cursor_only_off_the_edge() {
    let mut app = open(&long()).after("20j");
    let at = app.reader().at;
    app.keys("<C-e>");
    assert_eq!(app.reader().at, at);
    for _ in 0..80 {
        app.keys("<C-e>");
    }
    assert!(app.reader().at > at);
    assert!(app.cursor_row().is_some_and(|row| row <= 1));
}

#[test]
fn a_smaller_screen_keeps_the_cursor_on_it() {
    let mut app = open(&long()).after("22j");
    for size in [
        (160, 20),
        (80, 24),
        (40, 12),
        (200, 60),
        (30, 4),
        (1, 1),
        (120, 30),
    ] {
        app.resize(size.0, size.1);
        if size.1 > 2 {
            assert!(app.cursor_row().is_some(), "{size:?}");
        }
    }
}

#[test]
fn a_change_of_width_keeps_the_cursor_on_its_row() {
    let text = "one two three four five six seven eight nine ten ".repeat(400);
    let mut app = open(&text).after("60j");
    let row = app.cursor_row();
    app.keys("-");
    assert_eq!(app.cursor_row(), row);
    app.keys("20+");
    assert_eq!(app.cursor_row(), row);
}

#[test]
fn the_first_line_shows_the_title_above_it() {
    let mut app = open_at(&long(), (80, 12)).after("30jgg");
    assert_eq!(app.reader().top, crate::app::reader::Spot::default());
    app.keys("30j99k");
    assert_eq!(app.reader().top, crate::app::reader::Spot::default());
}

#[test]
fn jumps_lead_back_and_forward() {
    let mut app = open(NOTE).after("G");
    app.keys("<C-o>");
    assert_eq!(app.at(), "Joint no");
    app.keys("<C-i>");
    assert_eq!(app.at(), "France w");
    app.keys("<C-i>");
    assert_eq!(app.status(), "There is nothing further ahead");
    app.keys("''");
    assert_eq!(app.at(), "Joint no");
    app.keys("''");
    assert_eq!(app.at(), "France w");
}
