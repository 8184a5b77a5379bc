use super::colour::{contrast, oklab, rgb};
use super::*;

const NOTES: [Role; 5] = [
    Role::Note1,
    Role::Note2,
    Role::Note3,
    Role::Note4,
    Role::Note5,
];
const NAMES: [Role; 4] = [Role::Person, Role::Organisation, Role::Place, Role::Date];

fn theme(name: &str) -> Theme {
    Theme::named(name).unwrap()
}

fn coloured() -> [Theme; 2] {
    [theme("paper"), theme("ink")]
}

/// Contrast of letters and ground of `upper` painted over `lower`, both over the page.
fn contrast_of(theme: &Theme, lower: Role, upper: Role) -> f64 {
    let style = theme
        .style(Role::Page)
        .patch(theme.style(lower))
        .patch(theme.style(upper));
    contrast(
        rgb(style.fg.unwrap()).unwrap(),
        rgb(style.bg.unwrap()).unwrap(),
    )
}

#[test]
fn built_in_themes_have_no_mistakes() {
    for (name, toml) in BUILT_IN {
        let (_, mistakes) = Sheet::default().patched(toml);
        assert_eq!(mistakes, [], "{name}");
    }
}

#[test]
fn text_is_easy_to_read_and_every_role_readable() {
    for theme in coloured() {
        assert!(contrast_of(&theme, Role::Page, Role::Text) >= 7.0);
        for role in Role::ALL {
            let on_page = contrast_of(&theme, Role::Text, *role);
            assert!(
                on_page >= 4.5,
                "{} in {}: {on_page:.2}",
                role.name(),
                theme.name()
            );
        }
    }
}

#[test]
fn text_on_a_ground_of_its_own_is_easy_to_read() {
    let grounds = [
        Role::Selection,
        Role::CursorSentence,
        Role::Hit,
        Role::Flash,
        Role::Chosen,
    ];
    for theme in coloured() {
        for role in grounds.iter().chain(&NOTES) {
            let on_it = contrast_of(&theme, Role::Text, *role);
            assert!(
                on_it >= 7.0,
                "{} in {}: {on_it:.2}",
                role.name(),
                theme.name()
            );
        }
    }
}

#[test]
fn names_can_be_read_on_notes_and_selections() {
    for theme in coloured() {
        for name in NAMES {
            for ground in NOTES.iter().chain(&[Role::Selection, Role::CursorSentence]) {
                let on_it = contrast_of(&theme, name, *ground);
                assert!(
                    on_it >= 4.5,
                    "{} on {} in {}: {on_it:.2}",
                    name.name(),
                    ground.name(),
                    theme.name()
                );
            }
        }
    }
}

#[test]
fn names_share_lightness_and_have_little_chroma() {
    for theme in coloured() {
        let colours = NAMES.map(|role| oklab(rgb(theme.style(role).fg.unwrap()).unwrap()));
        for [lightness, a, b] in colours {
            assert!((lightness - colours[0][0]).abs() < 0.02);
            assert!(a.hypot(b) < 0.09);
        }
        assert!(NAMES.iter().all(|role| theme.style(*role).bg.is_none()));
    }
}

#[test]
fn grounds_that_may_lie_side_by_side_can_be_told_apart() {
    let grounds: Vec<Role> = [Role::Selection, Role::Hit, Role::HitCurrent, Role::Page]
        .into_iter()
        .chain(NOTES)
        .collect();
    for theme in coloured() {
        for (index, role) in grounds.iter().enumerate() {
            for other in &grounds[index + 1..] {
                let [one, two] =
                    [role, other].map(|role| oklab(rgb(theme.style(*role).bg.unwrap()).unwrap()));
                let apart = (0..3)
                    .map(|axis| (one[axis] - two[axis]).powi(2))
                    .sum::<f64>();
                assert!(
                    apart.sqrt() > 0.04,
                    "{} and {} in {}: {:.3}",
                    role.name(),
                    other.name(),
                    theme.name(),
                    apart.sqrt()
                );
            }
        }
    }
    let terminal = theme("terminal");
    let mut styles: Vec<_> = grounds.iter().map(|role| terminal.style(*role)).collect();
    while let Some(style) = styles.pop() {
        assert!(!styles.contains(&style));
    }
}

#[test]
fn layers_are_told_apart_without_colour_in_every_theme() {
    for name in Theme::names() {
        let modifiers = |role| theme(name).style(role).add_modifier;
        assert_eq!(modifiers(Role::Person), Modifier::BOLD);
        assert_eq!(
            modifiers(Role::Organisation),
            Modifier::BOLD | Modifier::ITALIC
        );
        assert_eq!(modifiers(Role::Place), Modifier::ITALIC);
        assert_eq!(modifiers(Role::Date), Modifier::UNDERLINED);
    }
    let modifiers = |role| theme("mono").style(role).add_modifier;
    assert_eq!(modifiers(Role::Note3), Modifier::REVERSED);
    let layers = [
        Role::Text,
        Role::Person,
        Role::Organisation,
        Role::Place,
        Role::Date,
        Role::Note1,
        Role::Selection,
        Role::Cursor,
        Role::Hit,
        Role::HitCurrent,
    ];
    for (index, role) in layers.iter().enumerate() {
        for other in &layers[index + 1..] {
            assert_ne!(
                modifiers(*role),
                modifiers(*other),
                "{} and {}",
                role.name(),
                other.name()
            );
        }
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    for name in Theme::names() {
        let theme = theme(name).lowered(ColourDepth::None);
        for role in Role::ALL {
            let style = theme.style(*role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
        assert!(
            theme
                .style(Role::Note2)
                .add_modifier
                .contains(Modifier::REVERSED)
        );
    }
}

#[test]
fn notes_stay_apart_and_readable_in_256_colours() {
    for theme in coloured() {
        let theme = theme.lowered(ColourDepth::Ansi256);
        let page = theme.style(Role::Page).bg;
        let mut grounds: Vec<_> = NOTES.iter().map(|role| theme.style(*role).bg).collect();
        grounds.push(page);
        for (index, ground) in grounds.iter().enumerate() {
            assert!(matches!(ground, Some(Color::Indexed(16..))));
            assert!(!grounds[index + 1..].contains(ground), "{grounds:?}");
        }
        for role in Role::ALL {
            let contrast = contrast_of(&theme, Role::Text, *role);
            assert!(contrast >= 4.5, "{}: {contrast:.2}", role.name());
        }
    }
}

#[test]
fn in_16_colours_everything_can_be_read_and_names_keep_a_hue() {
    for theme in coloured() {
        let theme = theme.lowered(ColourDepth::Ansi16);
        for role in Role::ALL {
            let style = theme.style(*role);
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)));
            }
            let contrast = contrast_of(&theme, Role::Text, *role);
            assert!(
                contrast >= 4.5 || style.add_modifier.contains(Modifier::REVERSED),
                "{} in {}: {contrast:.2}",
                role.name(),
                theme.name()
            );
        }
        for note in NOTES {
            let style = theme.style(note);
            assert!(style.bg.is_some() || style.add_modifier.contains(Modifier::REVERSED));
        }
    }
}

#[test]
fn a_patch_changes_roles_and_the_palette_behind_them() {
    let patch = "[palette]\nplum = \"#101010\"\nmine = \"#202020\"\n[roles]\nmention.place = \"mine underlined\"\n\"note.1\" = \"on 231\"\n";
    let (patched, mistakes) = Theme::patched(&theme("paper"), patch);
    assert_eq!(mistakes, []);
    assert_eq!(
        patched.style(Role::Person).fg,
        Some(Color::Rgb(0x10, 0x10, 0x10))
    );
    assert_eq!(
        patched.style(Role::Place),
        Style::new()
            .fg(Color::Rgb(0x20, 0x20, 0x20))
            .add_modifier(Modifier::UNDERLINED)
    );
    assert_eq!(patched.style(Role::Note1).bg, Some(Color::Indexed(231)));
    assert_eq!(
        patched.style(Role::Note2),
        theme("paper").style(Role::Note2)
    );
}

#[test]
fn a_role_that_a_theme_does_not_name_falls_back_by_dots() {
    let (patched, _) = Theme::patched(&theme("mono"), "[roles]\nnote = \"italic\"");
    for note in NOTES {
        assert_eq!(
            patched.style(note),
            Style::new().add_modifier(Modifier::ITALIC)
        );
    }
}

#[test]
fn every_mistake_is_reported_with_its_line_and_the_default_stands() {
    let patch = "\
size = 3
[palette]
plum = \"#12345\"
[roles]
\"mention.persn\" = \"bold\"
date = \"bould\"
hit = \"red blue\"
error = \"on\"
ok = 7
accent = \"green\"
title == 1
heading = \"green\"
";
    let (patched, mistakes) = Theme::patched(&theme("paper"), patch);
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [1, 3, 5, 6, 7, 8, 9, 11], "{told:#?}");
    assert_eq!(
        told[2],
        "theme, line 5: there is no role `mention.persn`; is `mention.person` meant?"
    );
    assert_eq!(
        told[3],
        "theme, line 6: `bould` is neither a colour nor a style; styles are `bold`, `dim`, `italic`, `underlined`, `reversed`, `crossed`"
    );
    let paper = theme("paper");
    for role in [Role::Person, Role::Date, Role::Hit, Role::Error, Role::Ok] {
        assert_eq!(patched.style(role), paper.style(role));
    }
    assert_eq!(patched.style(Role::Accent).fg, Some(Color::Green));
    assert_eq!(patched.style(Role::Heading).fg, Some(Color::Green));
}
