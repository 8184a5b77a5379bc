//! Selecting by grapheme, word, sentence and paragraph.

use super::{NOTE, open};

fn selects(keys: &str) -> String {
    let app = open(NOTE).after(keys);
    app.selected().unwrap_or("").to_owned()
}

#[test]
fn the_cursor_moves_the_end() {
    assert_eq!(selects("jv"), "J");
    assert_eq!(selects("jv<right><right>"), "Jap");
    assert_eq!(selects("jv<right><right><left>"), "Ja");
    assert_eq!(selects("jwv<left><left>"), "n s");
}

#[test]
fn it_grows_by_units() {
    assert_eq!(selects("jvw"), "Japan");
    assert_eq!(selects("jvww"), "Japan signed");
    assert_eq!(selects("jv3w"), "Japan signed the");
    assert_eq!(selects("jvs"), "Japan signed the paper on 5 May 2024.");
    assert!(selects("jvss").ends_with("met in Tokyo."));
    assert!(selects("jvp").starts_with("Japan signed"));
    assert!(selects("jvpp").ends_with("June 2024 then."));
}

#[test]
fn it_shrinks_from_a_grown_unit() {
    assert_eq!(selects("jvw<left>"), "Japa");
    assert_eq!(selects("jvwo<right>"), "apan");
    assert_eq!(selects("jvwoo<right>"), "Japan ");
}

#[test]
fn esc_and_v_end_it_and_other_panes_do() {
    assert_eq!(selects("jv<esc>"), "");
    assert_eq!(selects("jvv"), "");
    assert_eq!(selects("jv<tab><tab><tab>"), "");
}

#[test]
fn letters_of_many_code_points_stay_whole() {
    let app = open("👩\u{200d}👩\u{200d}👧 e\u{301}a 漢字").after("v");
    assert_eq!(app.selected(), Some("👩\u{200d}👩\u{200d}👧"));
    let app = open("e\u{301}a").after("v<right>");
    assert_eq!(app.selected(), Some("e\u{301}a"));
}
