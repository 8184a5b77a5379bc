//! Which words carry which layer, in colour and without.

use insta::assert_snapshot;

use crate::screen::Screen;
use postil::ui::theme::{Role, Theme};
use ratatui::style::Modifier;

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
fn each_name_in_its_own_colour() {
    let colours = [
        Role::Entity1,
        Role::Entity2,
        Role::Entity3,
        Role::Entity4,
        Role::Entity5,
        Role::Entity6,
    ];
    let screen = Screen::open(80, 24, "02").keys("zc");
    assert_snapshot!(screen.styles(&colours, 4..14));
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

#[test]
fn emphasis_adds_to_a_name_and_headings_keep_one_colour() {
    let text = "# Notes\n\n## Tokyo on 5 May 2024\n\nIn **Japan** they met.\n";
    let screen = Screen::of(60, 12, "/a/b.md", text);
    let (buffer, _) = screen.buffer();
    let style_of = |word: &str| {
        let cells = buffer.content().windows(word.len());
        let found = |cells: &[ratatui::buffer::Cell]| {
            let symbols: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            symbols == word
        };
        let first = cells.clone().find(|cells| found(cells)).unwrap();
        first[0].style()
    };
    let theme = &screen.look.theme;
    let japan = style_of("Japan");
    assert_eq!(japan.fg, theme.style(Role::Place).fg);
    assert!(
        japan
            .add_modifier
            .contains(Modifier::BOLD | Modifier::ITALIC)
    );
    let tokyo = style_of("Tokyo");
    assert_eq!(tokyo.fg, theme.style(Role::Heading).fg);
    assert!(tokyo.add_modifier.contains(Modifier::ITALIC));
    assert!(
        !style_of("5 May")
            .add_modifier
            .contains(Modifier::UNDERLINED)
    );
}
