//! Locators as IRIs (RFC 3986) and back.

use std::fmt::Write;

/// The IRI of a locator: `file://` and the path, anything unusual in it percent-encoded; `sample:NAME` and addresses stay as they are.
pub fn iri(locator: &str) -> String {
    if !locator.starts_with('/') {
        return encoded(locator, |byte| byte == b':' || byte == b'%');
    }
    format!("file://{}", encoded(locator, |_| false))
}

/// The locator of an IRI: the path of a `file:` address, else the IRI itself.
pub fn locator(iri: &str) -> String {
    let path = iri
        .strip_prefix("file://localhost")
        .or_else(|| iri.strip_prefix("file://"))
        .or_else(|| iri.strip_prefix("file:"));
    match path {
        Some(path) => decoded(path),
        None => iri.to_owned(),
    }
}

fn encoded(text: &str, also: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~')
            || also(byte);
        if plain {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").ok();
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let mut ahead = rest.clone();
        let pair = (byte == b'%')
            .then(|| Some((digit(ahead.next()?)?, digit(ahead.next()?)?)))
            .flatten();
        if let Some((high, low)) = pair {
            bytes.push((high * 16 + low) as u8);
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_iri() {
        for path in [
            "/a b/é#?.txt",
            "/100%/x",
            "/漢/🙂",
            "sample:01-statement.md",
        ] {
            let iri = iri(path);
            assert!(iri.is_ascii() && !iri.contains(' '), "{iri}");
            assert_eq!(locator(&iri), path);
        }
        assert_eq!(locator("https://e.org/a%20b"), "https://e.org/a%20b");
        assert_eq!(locator("file:///bad%zz"), "/bad%zz");
    }
}
