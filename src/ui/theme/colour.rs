//! Colours by name and number, how far apart they look, and the nearest that a terminal has.
//!
//! Distances are taken in Oklab (Ottosson 2020), contrast is that of WCAG 2.1 (relative luminance). The 16 colours of a terminal are the
//! reader's own; where they must be compared, xterm's defaults stand in for them.

use ratatui::style::Color;

const NAMES: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
    0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];

/// A colour as a theme writes it: `#rrggbb`, a number up to 255, or the name of one of the terminal's 16.
pub(super) fn parse(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| is_hex)
            .map(Color::from_u32);
    }
    NAMES
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, colour)| *colour)
        .or_else(|| text.parse().ok().map(Color::Indexed))
}

type Rgb = [u8; 3];

/// What a colour looks like, as far as that can be known; `None` for the terminal's default.
pub(super) fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index) => Some(indexed(index)),
        Color::Reset => None,
        Color::Black
        | Color::Red
        | Color::Green
        | Color::Yellow
        | Color::Blue
        | Color::Magenta
        | Color::Cyan
        | Color::Gray
        | Color::DarkGray
        | Color::LightRed
        | Color::LightGreen
        | Color::LightYellow
        | Color::LightBlue
        | Color::LightMagenta
        | Color::LightCyan
        | Color::White => NAMES
            .iter()
            .skip(1)
            .zip(XTERM)
            .find(|((_, named), _)| *named == colour)
            .map(|(_, value)| bytes(value)),
    }
}

fn bytes(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    [r, g, b]
}

/// Colour number `index` of xterm's 256: 16 named ones, a cube of six levels, 24 greys.
fn indexed(index: u8) -> Rgb {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        0..=15 => bytes(XTERM.get(usize::from(index)).copied().unwrap_or_default()),
        16..=231 => {
            let n = index - 16;
            [level(n / 36), level(n / 6 % 6), level(n % 6)]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.1).
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn luminance([r, g, b]: Rgb) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// Lightness (0 to 1) and the two axes of colour in Oklab.
pub(super) fn oklab([r, g, b]: Rgb) -> [f64; 3] {
    let rgb = [linear(r), linear(g), linear(b)];
    let cone = |[x, y, z]: [f64; 3]| (x * rgb[0] + y * rgb[1] + z * rgb[2]).cbrt();
    let long = cone([0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9]);
    let medium = cone([0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6]);
    let short = cone([0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5]);
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
    ]
}

/// The nearest of the 240 colours that look the same in every terminal and `fits`; the colour itself if none does.
///
/// The cube has no muted dark colours. A dark one with a hue becomes a stronger one of that hue, or it would be grey.
pub(super) fn to_256(colour: Color, fits: impl Fn(Rgb) -> bool) -> Color {
    match colour {
        Color::Rgb(r, g, b) => {
            let [lightness, a, b] = oklab([r, g, b]);
            let muted_dark = lightness < 0.45 && a.hypot(b) > GREY_CHROMA;
            let vivid = if muted_dark { 2.5 } else { 1.0 };
            let wanted = [lightness, a * vivid, b * vivid];
            nearest(
                (16..=255_u8).filter(|index| fits(indexed(*index))),
                |index| distance(wanted, oklab(indexed(*index))),
            )
            .map_or(colour, Color::Indexed)
        }
        other => other,
    }
}

/// The nearest of the terminal's 16 colours that `fits`, hue before lightness: a muted green becomes green, not grey.
pub(super) fn to_16(colour: Color, fits: impl Fn(Rgb) -> bool) -> Option<Color> {
    match colour {
        Color::Rgb(..) | Color::Indexed(16..) => {
            let [lightness, a, b] = oklab(rgb(colour)?);
            let chroma = a.hypot(b);
            let is_grey = chroma < GREY_CHROMA;
            let vivid = if is_grey { 0.0 } else { VIVID_CHROMA / chroma };
            let wanted = [lightness, a * vivid, b * vivid];
            // Where no grey fits, a grey becomes black or white before it becomes red.
            let candidates = (0..16_u8)
                .filter(|index| !is_grey || GREYS.contains(index))
                .filter(|index| fits(indexed(*index)));
            nearest(candidates, |index| distance(wanted, oklab(indexed(*index))))
                .and_then(|index| NAMES.get(usize::from(index) + 1))
                .map(|(_, colour)| *colour)
        }
        other => Some(other),
    }
}

/// Black, white and the two between.
const GREYS: [u8; 4] = [0, 7, 8, 15];
/// Below this a colour passes for grey.
const GREY_CHROMA: f64 = 0.03;
/// About the chroma of the terminal's own colours.
const VIVID_CHROMA: f64 = 0.2;

fn nearest(candidates: impl Iterator<Item = u8>, cost: impl Fn(&u8) -> f64) -> Option<u8> {
    candidates.min_by(|a, b| cost(a).total_cmp(&cost(b)))
}

/// Colour counts more than lightness, or pale colours would all become grey.
fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    let square = |axis: usize| (one[axis] - other[axis]).powi(2);
    square(0) + 3.0 * (square(1) + square(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_hexadecimal_number_or_name() {
        assert_eq!(parse("#8e332b"), Some(Color::Rgb(0x8e, 0x33, 0x2b)));
        assert_eq!(parse("bright-black"), Some(Color::DarkGray));
        assert_eq!(parse("231"), Some(Color::Indexed(231)));
        for wrong in ["#8e332", "#+e332b", "256", "mauve", "", "#日本"] {
            assert_eq!(parse(wrong), None);
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        // #767676 on white is the well-known edge of 4.5.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn colours_of_the_cube_lower_to_themselves_and_muted_ones_keep_their_hue() {
        let any = |_| true;
        let pale = Color::Rgb(0xd7, 0xff, 0xd7);
        assert_eq!(to_256(pale, any), Color::Indexed(194));
        assert_eq!(to_16(Color::Rgb(0x3a, 0x60, 0x42), any), Some(Color::Green));
        assert_eq!(
            to_16(Color::Rgb(0x76, 0x6b, 0x60), any),
            Some(Color::DarkGray)
        );
        assert_eq!(to_16(Color::Red, any), Some(Color::Red));
        assert_eq!(to_16(Color::Rgb(1, 2, 3), |_| false), None);
    }
}
