//! Which words carry which layer, in colour and without.

use insta::assert_snapshot;

use crate::screen::Screen;
use postil::ui::theme::{Role, Theme};

const NAMES: [Role; 4] = [Role::Person, Role::Organisation, Role::Place, Role::Date];

#[test]
fn names_and_dates() {
    assert_snapshot!(Screen::open(80, 24, "02").styles(&NAMES, 4..21));
}

#[test]
fn names_and_dates_without_colour() {
    let mut screen = Screen::open(80, 24, "02");
    screen.look.theme = Theme::named("mono").unwrap();
    assert_snapshot!(screen.styles(&NAMES, 4..10));
}

#[test]
fn a_date_in_a_note_under_a_selection() {
    let roles = [
        Role::Note2,
        Role::Selection,
        Role::Date,
        Role::Hit,
        Role::HitCurrent,
        Role::Cursor,
    ];
    assert_snapshot!(
        Screen::open(80, 14, "03")
            .keys("jj2h/arms<enter>vww")
            .styles(&roles, 1..12)
    );
}

#[test]
fn what_is_chosen_in_a_pane_with_and_without_the_focus() {
    let roles = [Role::Chosen, Role::ChosenUnfocused, Role::PaneFocused];
    assert_snapshot!(Screen::open(110, 16, "03").keys("1j").styles(&roles, 0..16));
}
