//! Bytes become text, in whatever encoding they are.
//!
//! A byte order mark decides; then UTF-16 by where its NULs stand; then UTF-8 if it is valid, or nearly so; then a guess among the legacy
//! encodings of the WHATWG Encoding Standard. The guess looks at 64 KiB from the first byte that is not ASCII, and at nothing else, so that
//! the beginning of a file is decoded the same whether the rest is there or not. What cannot be decoded becomes U+FFFD.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Skip;
use super::canonical::{Mapped, Writer};
use crate::document::SourceMap;

/// Bytes every decision about a file is made from.
pub(super) const WINDOW: usize = 64 * 1024;

/// Whether the bytes are all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Start,
}

pub(super) struct Decoded<'a> {
    pub(super) text: Mapped<'a>,
    pub(super) encoding: &'static Encoding,
    /// Whether the encoding was guessed among the legacy ones.
    pub(super) guessed: bool,
    /// Places that became U+FFFD.
    pub(super) broken: u64,
    /// Bytes of text past 4 GiB.
    pub(super) left_out: u64,
}

/// Decodes bytes, or says why they are no text.
pub(super) fn decode(bytes: &[u8], extent: Extent) -> Result<Decoded<'_>, Skip> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return Ok(decode_as(encoding, body, mark as u64, extent));
    }
    if let Some(name) = known_format(bytes) {
        return Err(Skip::Format(name));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(decode_as(encoding, bytes, 0, extent));
    }
    if is_binary(bytes) {
        return Err(Skip::Binary);
    }
    let encoding = match evidence(bytes) {
        None => UTF_8,
        Some(window) => guess(bytes.get(window).unwrap_or_default(), extent),
    };
    let mut decoded = decode_as(encoding, bytes, 0, extent);
    decoded.guessed = encoding != UTF_8;
    Ok(decoded)
}

/// The bytes the encoding is told from: 64 KiB from the first that is not plain ASCII.
pub(super) fn evidence(bytes: &[u8]) -> Option<Range<usize>> {
    let first = if bytes.is_ascii() {
        // ISO-2022-JP is ASCII with escape sequences of its own.
        memchr::memmem::find(bytes, b"\x1b$")?
    } else {
        bytes.iter().position(|byte| !byte.is_ascii())?
    };
    Some(first..bytes.len().min(first + WINDOW))
}

fn guess(window: &[u8], extent: Extent) -> &'static Encoding {
    let (mut good, mut bad) = (0_u32, 0_u32);
    let mut chunks = window.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u32;
        let cut = chunks.peek().is_none()
            && chunk.invalid().len() < 4
            && (window.len() >= WINDOW || extent == Extent::Start);
        bad += u32::from(!chunk.invalid().is_empty() && !cut);
    }
    let japanese = window.is_ascii();
    if !japanese && (bad == 0 || good >= bad.saturating_mul(8)) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(if japanese {
        Iso2022JpDetection::Allow
    } else {
        Iso2022JpDetection::Deny
    });
    detector.feed(window, true);
    match detector.guess(None, Utf8Detection::Deny) {
        guess if japanese && guess != encoding_rs::ISO_2022_JP => UTF_8,
        guess => guess,
    }
}

fn decode_as<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    offset: u64,
    extent: Extent,
) -> Decoded<'a> {
    let mut decoded = Decoded {
        text: Mapped::default(),
        encoding,
        guessed: false,
        broken: 0,
        left_out: 0,
    };
    // Offsets have 32 bits; what the text may grow by in cleaning is left room for.
    let limit = u32::MAX as usize - (1 << 20);
    if encoding == UTF_8
        && bytes.len() < limit
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        decoded.text = Mapped {
            text: Cow::Borrowed(text),
            source: SourceMap {
                source_bytes: None,
                runs: if offset == 0 {
                    Vec::new()
                } else {
                    vec![(0, offset)]
                },
            },
        };
        return decoded;
    }
    let mut out = Writer::with_capacity(bytes.len());
    decoded.broken = if encoding == UTF_8 {
        from_utf8(bytes, offset, extent, &mut out)
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        from_utf16(encoding, bytes, offset, extent, &mut out)
    } else if encoding.is_single_byte() {
        from_single_bytes(encoding, bytes, offset, &mut out)
    } else {
        from_legacy(encoding, bytes, offset, extent, &mut out)
    };
    decoded.left_out = out.left_out();
    decoded.text = out.finish();
    decoded
}

fn from_utf8(bytes: &[u8], offset: u64, extent: Extent, out: &mut Writer) -> u64 {
    let (mut at, mut broken) = (offset, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        out.push(chunk.valid(), at);
        at += chunk.valid().len() as u64;
        let cut = extent == Extent::Start && chunks.peek().is_none();
        if !chunk.invalid().is_empty() && !cut {
            out.push("\u{fffd}", at);
            broken += 1;
        }
        at += chunk.invalid().len() as u64;
    }
    broken
}

fn from_utf16(
    encoding: &'static Encoding,
    bytes: &[u8],
    offset: u64,
    extent: Extent,
    out: &mut Writer,
) -> u64 {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| {
        if encoding == UTF_16LE {
            u16::from_le_bytes(*pair)
        } else {
            u16::from_be_bytes(*pair)
        }
    });
    let (mut at, mut broken, mut buffer) = (offset, 0, [0; 4]);
    let end = offset + bytes.len() as u64 - rest.len() as u64;
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => {
                out.push(c.encode_utf8(&mut buffer), at);
                at += 2 * c.len_utf16() as u64;
            }
            // The first half of a pair whose second half is yet to come.
            Err(_) if extent == Extent::Start && at + 2 >= end => at += 2,
            Err(_) => {
                out.push("\u{fffd}", at);
                (at, broken) = (at + 2, broken + 1);
            }
        }
    }
    if !rest.is_empty() && extent == Extent::Whole {
        out.push("\u{fffd}", at);
        broken += 1;
    }
    broken
}

/// One byte, one character: looked up, not decoded each time.
fn from_single_bytes(
    encoding: &'static Encoding,
    bytes: &[u8],
    offset: u64,
    out: &mut Writer,
) -> u64 {
    let mut broken = 0;
    let high: Vec<String> = (0x80..=0xff_u8)
        .map(|byte| encoding.decode_without_bom_handling(&[byte]).0.into_owned())
        .collect();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let ascii = Encoding::ascii_valid_up_to(rest);
        let run = rest.get(..ascii).unwrap_or_default();
        out.push(
            std::str::from_utf8(run).unwrap_or_default(),
            offset + at as u64,
        );
        at += ascii;
        if let Some(byte) = rest.get(ascii) {
            let made = high
                .get(usize::from(byte & 0x7f))
                .map_or("\u{fffd}", String::as_str);
            broken += u64::from(made == "\u{fffd}");
            out.push(made, offset + at as u64);
            at += 1;
        }
    }
    broken
}

/// Byte by byte, so that each character is mapped to the bytes it was made from; runs of ASCII are copied whole.
fn from_legacy(
    encoding: &'static Encoding,
    bytes: &[u8],
    offset: u64,
    extent: Extent,
    out: &mut Writer,
) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut at, mut since, mut broken) = (0, 0, 0);
    let mut buffer = [0_u8; 32];
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if since == at && encoding.is_ascii_compatible() {
            let ascii = Encoding::ascii_valid_up_to(rest);
            if ascii > 0 {
                let run = rest.get(..ascii).unwrap_or_default();
                out.push(
                    std::str::from_utf8(run).unwrap_or_default(),
                    offset + at as u64,
                );
                at += ascii;
                since = at;
                continue;
            }
        }
        let byte = rest.get(..1).unwrap_or_default();
        let (_, _, written, errors) = decoder.decode_to_utf8(byte, &mut buffer, false);
        at += 1;
        broken += u64::from(errors);
        if written > 0 {
            let made = buffer.get(..written).unwrap_or_default();
            out.push(
                std::str::from_utf8(made).unwrap_or_default(),
                offset + since as u64,
            );
            since = at;
        }
    }
    if extent == Extent::Whole {
        let (_, _, written, errors) = decoder.decode_to_utf8(&[], &mut buffer, true);
        broken += u64::from(errors);
        let made = buffer.get(..written).unwrap_or_default();
        out.push(
            std::str::from_utf8(made).unwrap_or_default(),
            offset + since as u64,
        );
    }
    broken
}

/// UTF-16 without a mark: text with Latin letters, digits, blanks or line ends has NULs in every other byte, and on one side only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.get(..bytes.len().min(WINDOW))?.as_chunks::<2>();
    let (mut low, mut high) = (0_usize, 0_usize);
    for [first, second] in pairs {
        low += usize::from(*first == 0 && *second != 0);
        high += usize::from(*second == 0 && *first != 0);
    }
    // Also Chinese or Russian text has blanks and line ends; what has fewer is not told from noise.
    let needed = (pairs.len() / 20).max(2);
    match (low, high) {
        (0, high) if high >= needed && no_nul_pairs(pairs) => Some(UTF_16LE),
        (low, 0) if low >= needed && no_nul_pairs(pairs) => Some(UTF_16BE),
        _ if high > needed * 8 && low * 50 < high && no_nul_pairs(pairs) => Some(UTF_16LE),
        _ if low > needed * 8 && high * 50 < low && no_nul_pairs(pairs) => Some(UTF_16BE),
        _ => None,
    }
}

fn no_nul_pairs(pairs: &[[u8; 2]]) -> bool {
    pairs.iter().filter(|pair| **pair == [0, 0]).count() * 100 <= pairs.len()
}

/// Formats that are often found among documents and are no text.
fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let formats: [(&[u8], &str); 16] = [
        (b"%PDF-", "PDF file"),
        (b"PK\x03\x04", "ZIP archive or office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
        (b"{\\rtf", "rich text (RTF) file"),
        (b"\x89PNG\r\n", "PNG image"),
        (b"\xff\xd8\xff", "JPEG image"),
        (b"GIF87a", "GIF image"),
        (b"GIF89a", "GIF image"),
        (b"II*\0", "TIFF image"),
        (b"MM\0*", "TIFF image"),
        (b"\x1f\x8b", "gzip archive"),
        (b"\x28\xb5\x2f\xfd", "zstd archive"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (b"\x7fELF", "program"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"OggS", "sound file"),
    ];
    formats
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, name)| *name)
}

/// Whether more than one byte in fifty is a control that text never holds. Escapes, bells and backspaces are text's own vices.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(WINDOW)).unwrap_or_default();
    let controls = head
        .iter()
        .filter(|byte| matches!(byte, 0..=6 | 0xe..=0x1a | 0x1c..=0x1f))
        .count();
    controls > 8 && controls * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, Extent::Whole).unwrap_or_else(|skip| panic!("{skip}"));
        assert_eq!(
            (decoded.encoding.name(), &*decoded.text.text),
            (encoding, text)
        );
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn marks_and_patterns_decide() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", "UTF-8", "café");
        check(b"\xff\xfeh\0i\0", "UTF-16LE", "hi");
        check(b"\xfe\xff\0h\0i", "UTF-16BE", "hi");
        check(
            &utf16("Déjà vu, 漢字", u16::to_le_bytes),
            "UTF-16LE",
            "Déjà vu, 漢字",
        );
        check(
            &utf16("Déjà vu 🙂 x", u16::to_be_bytes),
            "UTF-16BE",
            "Déjà vu 🙂 x",
        );
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let russian = "Министры встретились в Женеве и подписали соглашение о мире.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, "windows-1251", russian);
        let japanese = "外相は声明を発表し、協力を確認した。これは重要である。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        check(&bytes, "Shift_JIS", japanese);
        let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(japanese);
        check(&bytes, "ISO-2022-JP", japanese);
        check(
            b"The caf\xe9 on the corner was na\xefve.",
            "windows-1252",
            "The café on the corner was naïve.",
        );
    }

    #[test]
    fn a_broken_byte_in_utf8_costs_one_place() {
        let mut bytes = "naïve café déjà vu, où été là élan âme".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes, Extent::Whole).unwrap_or_else(|skip| panic!("{skip}"));
        assert_eq!((decoded.encoding.name(), decoded.broken), ("UTF-8", 1));
        assert!(decoded.text.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn legacy_text_maps_back_to_its_bytes() {
        let decoded =
            decode(b"caf\xe9 x na\xefve y", Extent::Whole).unwrap_or_else(|skip| panic!("{skip}"));
        let at = decoded.text.text.find('x').unwrap();
        assert_eq!(decoded.text.source.source_byte(at as u32), 5);
        let at = decoded.text.text.find('y').unwrap();
        assert_eq!(decoded.text.source.source_byte(at as u32), 13);
    }

    #[test]
    fn what_is_no_text_is_skipped() {
        assert!(matches!(
            decode(b"%PDF-1.7 ...", Extent::Whole),
            Err(Skip::Format("PDF file"))
        ));
        let noise: Vec<u8> = (0..2000_u32).map(|n| (n * n / 7) as u8 & 0x1f).collect();
        assert!(matches!(decode(&noise, Extent::Whole), Err(Skip::Binary)));
        assert!(decode(b"one stray \0 in good text", Extent::Whole).is_ok());
    }
}
