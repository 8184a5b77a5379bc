//! Sources of quotations, who repeats a sentence, redlines, a phrase over a series.

use insta::assert_snapshot;

use crate::screen::Screen;
use postil::ui::theme::Role;

/// The editorial with its altered quotation traced.
fn traced(cols: u16, rows: u16) -> Screen {
    Screen::open(cols, rows, "02-").keys("]q]qo")
}

/// The two statements compared.
fn compared(cols: u16, rows: u16) -> Screen {
    Screen::open(cols, rows, "01-").keys("cTreaty of Pyongyang<enter>]c")
}

#[test]
fn a_quotation_and_its_source() {
    assert_snapshot!(traced(160, 48).text());
}

#[test]
fn a_quotation_and_its_source_on_a_usual_screen() {
    assert_snapshot!(traced(80, 24).text());
}

#[test]
fn a_quotation_and_its_source_on_a_small_screen() {
    assert_snapshot!(traced(40, 12).text());
}

#[test]
fn two_documents_compared() {
    assert_snapshot!(compared(160, 48).text());
}

#[test]
fn two_documents_compared_on_a_usual_screen() {
    assert_snapshot!(compared(80, 24).text());
}

#[test]
fn two_documents_compared_on_a_small_screen() {
    assert_snapshot!(compared(40, 12).text());
}

#[test]
fn who_repeats_a_sentence() {
    let screen = Screen::open(80, 24, "01-").keys("]so<tab>");
    assert_snapshot!(screen.text());
}

#[test]
fn a_phrase_over_a_series() {
    let screen = Screen::open(80, 24, "01-").keys("]s]s:history<enter>");
    assert_snapshot!(screen.text());
}

#[test]
fn changed_words_are_told_apart_without_colour() {
    let mut screen = traced(80, 24);
    screen.look.theme = postil::ui::theme::Theme::named("mono").unwrap();
    let theme = &screen.look.theme;
    let plain = theme.style(Role::Text).add_modifier;
    let (deleted, inserted) = (
        theme.style(Role::Deleted).add_modifier,
        theme.style(Role::Inserted).add_modifier,
    );
    assert!(deleted != plain && inserted != plain && deleted != inserted);
}

#[test]
fn an_altered_quotation_is_warned_of_without_being_asked() {
    let sign = |text: &str| text.matches('⚠').count();
    let traced = Screen::open(160, 48, "02-").keys("]q]q");
    let mut untraced = Screen::open(160, 48, "02-").keys("]q]q");
    untraced.model.repeats = postil::app::repeats::Repeats::default();
    assert_eq!(sign(&traced.text()), sign(&untraced.text()) + 1);
}

/// The joint statement, which others quote and reuse.
fn repeated(cols: u16, rows: u16) -> Screen {
    Screen::open(cols, rows, "01-").keys("]r")
}

#[test]
fn the_strip_of_what_is_repeated() {
    assert_snapshot!(repeated(160, 48).text());
}

#[test]
fn the_strip_of_what_is_repeated_on_a_usual_screen() {
    assert_snapshot!(repeated(80, 24).text());
}

#[test]
fn the_strip_of_what_is_repeated_on_a_small_screen() {
    assert_snapshot!(repeated(40, 12).text());
}

#[test]
fn the_strip_can_be_turned_off() {
    let strip = |screen: &Screen| screen.text().matches(['░', '▒', '▓', '≠']).count();
    assert!(strip(&repeated(80, 24)) > 0);
    assert_eq!(strip(&repeated(80, 24).keys("zr")), 0);
}

#[test]
fn every_sentence_with_who_repeats_it() {
    assert_snapshot!(repeated(160, 48).keys("gq").text());
}

#[test]
fn every_sentence_with_who_repeats_it_on_a_usual_screen() {
    assert_snapshot!(repeated(80, 24).keys("gq").text());
}

#[test]
fn every_sentence_with_who_repeats_it_on_a_small_screen() {
    assert_snapshot!(repeated(40, 12).keys("gq").text());
}
