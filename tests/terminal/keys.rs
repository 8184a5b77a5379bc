//! Keys written as text, and the bytes a terminal sends for them.
//!
//! A key string holds characters and names in angle brackets: `jj<tab><C-p>abc<enter>`. Names: `enter tab esc space bs
//! del ins up down left right home end pgup pgdn lt gt f1`…`f12`; before a name or a character stand `C-`, `A-` and `S-`
//! in any order. The bytes are xterm's, with one exception: `<esc>` is sent as `CSI 27 u`, because a lone ESC byte
//! before another key reads as Alt and only time could tell them apart. `<C-[>` sends the lone byte.

/// The bytes of a key string.
///
/// # Panics
///
/// On a name that is none of the above: a test that misspells a key must not pass.
pub(crate) fn encode(keys: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let Some((name, after)) = rest[1..].split_once('>') else {
                panic!("key string `{keys}`: `<` without `>`; write a less-than sign as <lt>");
            };
            bytes.extend(key(name));
            rest = after;
        } else {
            bytes.extend(plain(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    bytes
}

/// The bytes of a bracketed paste of `text`.
pub(crate) fn paste(text: &str) -> Vec<u8> {
    format!("\x1b[200~{text}\x1b[201~").into_bytes()
}

/// What a mouse does, with the number that the SGR protocol has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mouse {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// The SGR report of `what` at a cell counted from 0, as a terminal sends it after `CSI ? 1006 h`.
pub(crate) fn mouse(what: Mouse, col: u16, row: u16) -> Vec<u8> {
    let (button, end) = match what {
        Mouse::Press => (0, 'M'),
        Mouse::Drag => (32, 'M'),
        Mouse::Release => (0, 'm'),
        Mouse::WheelUp => (64, 'M'),
        Mouse::WheelDown => (65, 'M'),
    };
    format!("\x1b[<{button};{};{}{end}", col + 1, row + 1).into_bytes()
}

fn plain(c: char) -> Vec<u8> {
    c.to_string().into_bytes()
}

#[derive(Debug, Clone, Copy, Default)]
struct Modifiers {
    shift: u8,
    alt: u8,
    control: u8,
}

fn key(name: &str) -> Vec<u8> {
    let mut modifiers = Modifiers::default();
    let mut rest = name;
    loop {
        match rest.as_bytes() {
            [b'S', b'-', _, ..] => modifiers.shift = 1,
            [b'A', b'-', _, ..] => modifiers.alt = 1,
            [b'C', b'-', _, ..] => modifiers.control = 1,
            _ => break,
        }
        rest = &rest[2..];
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => character(c, modifiers),
        _ => named(rest, modifiers).unwrap_or_else(|| {
            panic!("there is no key <{name}>; tests/terminal/keys.rs lists the names")
        }),
    }
}

/// A character: Control clears the upper bits, Alt puts ESC before.
fn character(c: char, modifiers: Modifiers) -> Vec<u8> {
    let c = if modifiers.shift == 1 {
        c.to_ascii_uppercase()
    } else {
        c
    };
    let bytes = if modifiers.control == 1 {
        assert!(
            c.is_ascii(),
            "a terminal has no bytes for Control with `{c}`"
        );
        vec![c as u8 & 0x1f]
    } else {
        plain(c)
    };
    with_alt(bytes, modifiers)
}

fn with_alt(mut bytes: Vec<u8>, modifiers: Modifiers) -> Vec<u8> {
    if modifiers.alt == 1 {
        bytes.insert(0, 0x1b);
    }
    bytes
}

fn named(name: &str, modifiers: Modifiers) -> Option<Vec<u8>> {
    // xterm numbers the modifiers 1 + shift + 2 alt + 4 control.
    let number = 1 + modifiers.shift + 2 * modifiers.alt + 4 * modifiers.control;
    let letter = |letter: char| {
        if number == 1 {
            format!("\x1b[{letter}").into_bytes()
        } else {
            format!("\x1b[1;{number}{letter}").into_bytes()
        }
    };
    let tilde = |code: u8| {
        if number == 1 {
            format!("\x1b[{code}~").into_bytes()
        } else {
            format!("\x1b[{code};{number}~").into_bytes()
        }
    };
    Some(match name {
        "enter" => with_alt(vec![b'\r'], modifiers),
        "tab" if modifiers.shift == 1 => b"\x1b[Z".to_vec(),
        "tab" => with_alt(vec![b'\t'], modifiers),
        "esc" => b"\x1b[27u".to_vec(),
        "space" => character(' ', modifiers),
        "bs" => with_alt(vec![0x7f], modifiers),
        "lt" => character('<', modifiers),
        "gt" => character('>', modifiers),
        "up" => letter('A'),
        "down" => letter('B'),
        "right" => letter('C'),
        "left" => letter('D'),
        "home" => letter('H'),
        "end" => letter('F'),
        "ins" => tilde(2),
        "del" => tilde(3),
        "pgup" => tilde(5),
        "pgdn" => tilde(6),
        _ => match name.strip_prefix('f')?.parse::<u8>().ok()? {
            // F1 to F4 are SS3 P to S on every terminal since the VT100; the numbers after them leave gaps.
            n @ 1..=4 if number == 1 => vec![0x1b, b'O', b'O' + n],
            n @ 1..=4 => letter(char::from(b'O' + n)),
            5 => tilde(15),
            n @ 6..=10 => tilde(n + 11),
            n @ 11..=12 => tilde(n + 12),
            _ => return None,
        },
    })
}
