//! The three panes and the status line.

use insta::assert_snapshot;

use crate::screen::Screen;
use postil::app::msg::{Listings, Outcome};
use postil::ui::symbols::Symbols;

#[test]
fn three_panes_side_by_side() {
    assert_snapshot!(Screen::open(160, 48, "12").keys("]e]e").text());
}

#[test]
fn the_text_alone() {
    assert_snapshot!(Screen::open(80, 24, "05").keys("]d").text());
}

#[test]
fn the_smallest_screen() {
    assert_snapshot!(Screen::open(40, 12, "08").text());
}

#[test]
fn in_ascii() {
    let mut screen = Screen::open(80, 24, "12").keys("}}hjj");
    screen.look.symbols = Symbols::ascii();
    assert_snapshot!(screen.text());
}

#[test]
fn the_list_beside_the_text() {
    assert_snapshot!(Screen::open(80, 24, "03").keys("jhjja<esc>1").text());
}

#[test]
fn the_list_alone() {
    assert_snapshot!(Screen::open(40, 12, "03").keys("1jj").text());
}

#[test]
fn a_list_narrowed_to_an_entity() {
    assert_snapshot!(Screen::open(120, 20, "03").keys("]eFe1").text());
}

#[test]
fn a_filter_that_matches_nothing() {
    assert_snapshot!(Screen::open(80, 12, "03").keys("1/nowhere<enter>").text());
}

#[test]
fn a_conflict_on_the_timeline() {
    let mut screen = Screen::open(80, 24, "01").keys("3");
    let conflict = screen
        .model
        .timeline
        .shown
        .iter()
        .position(|row| screen.model.timeline.rows[*row as usize].conflict)
        .unwrap();
    screen.model.timeline.choose(conflict);
    assert_snapshot!(screen.keys("j").text());
}

#[test]
fn the_timeline_by_day() {
    assert_snapshot!(Screen::open(110, 20, "09").keys("3lj").text());
}

#[test]
fn nothing_is_there_yet() {
    assert_snapshot!(Screen::empty(120, 12).text());
}

#[test]
fn an_empty_library() {
    let mut screen = Screen::empty(120, 12);
    screen.send(Outcome::Listed(Listings::default()));
    assert_snapshot!(screen.text());
}

#[test]
fn progress_and_a_store_that_cannot_be_written() {
    let mut screen = Screen::open(80, 6, "03");
    screen.send(Outcome::Progress(Some((
        "Analysing".to_owned(),
        120,
        13_000,
    ))));
    screen.send(Outcome::StoreState(Some(
        "nothing is saved: the disk is full".to_owned(),
    )));
    assert_snapshot!(screen.text());
}

#[test]
fn selecting() {
    assert_snapshot!(Screen::open(80, 8, "03").keys("jjvs").text());
}

#[test]
fn a_conflict_under_the_cursor() {
    let text = Screen::open(80, 24, "01").keys("]d").text();
    assert!(
        text.contains("25 Oct 2023 · The Week in Brief says 26 Oct"),
        "{text}"
    );
    assert!(text.contains("⚠ Issued on 25 October 2023"), "{text}");
}

#[test]
fn less_than_a_word_is_counted_in_characters() {
    let status = |keys: &str| {
        let text = Screen::open(80, 24, "03").keys(keys).text();
        text.lines().last().unwrap_or_default().to_owned()
    };
    assert!(status("jjv").contains("1 character "));
    assert!(status("jjvww").contains("2 words "));
}

#[test]
fn undated_rows_show_the_words_of_the_text() {
    let folded = Screen::open(160, 48, "08");
    let last = folded.model.timeline.shown.len();
    assert!(folded.model.timeline.n_folded > 0);
    let text = Screen::open(160, 48, "08").keys("za3G").text();
    assert!(folded.model.timeline.rows[last].interval.is_none());
    let row = text.lines().find(|line| line.contains("January 2 "));
    assert!(
        row.is_some_and(|row| row.contains("A missile came")),
        "{text}"
    );
}

#[test]
fn a_paragraph_in_another_language_says_that_names_are_listed_ones() {
    let says = |sample: &str| Screen::open(120, 24, sample).text();
    assert!(
        says("11").contains("French · only listed names are marked"),
        "{}",
        says("11")
    );
    assert!(!says("01").contains("only listed names"));
}
