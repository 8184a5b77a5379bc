//! The text between the tags of HTML that stands in Markdown.
//!
//! This is no HTML parser: tags and comments are dropped, the content of `script` and `style` with them, everything else is text.

/// A stretch of text between tags, and where it starts.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The byte it starts at.
    pub at: usize,
    /// The text.
    pub words: &'a str,
    /// Whether blanks or a tag that parts words stand before it.
    pub apart: bool,
}

/// Whether a tag breaks the line.
pub fn is_break(tag: &str) -> bool {
    name(tag).eq_ignore_ascii_case("br")
}

fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    inner.get(..end).unwrap_or_default()
}

/// The texts between tags, in order; one pass, also over tags that never close.
pub fn texts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut at, mut start, mut apart) = (0, 0, true);
    while let Some(open) = html.get(at..).and_then(|rest| rest.find('<')) {
        let open = at + open;
        let rest = html.get(open..).unwrap_or_default();
        let begins = rest
            .as_bytes()
            .get(1)
            .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'));
        if !begins {
            at = open + 1;
            continue;
        }
        let end = match name(rest) {
            _ if rest.starts_with("<!--") => after(rest, "-->"),
            "script" if !rest.starts_with("</") => after(rest, "</script>"),
            "style" if !rest.starts_with("</") => after(rest, "</style>"),
            _ => after(rest, ">"),
        };
        // A tag that never closes is text, and so is all that follows.
        let Some(end) = end else { break };
        let words = html.get(start..open).unwrap_or_default();
        let part = Part {
            at: start,
            words,
            apart: apart || words.starts_with(char::is_whitespace),
        };
        // Between two tags without words the parting is handed on.
        let silent = words.trim().is_empty() && part.apart;
        apart = silent || words.ends_with(char::is_whitespace) || !is_inline(name(rest));
        parts.push(part);
        at = open + end;
        start = at;
    }
    let words = html.get(start..).unwrap_or_default();
    parts.push(Part {
        at: start,
        words,
        apart: apart || words.starts_with(char::is_whitespace),
    });
    parts
}

/// The words of a text in HTML, on one line.
pub fn words_of_html(html: &str) -> String {
    let mut words = String::new();
    for part in texts(html) {
        let part_words: Vec<&str> = part.words.split_whitespace().collect();
        if part_words.is_empty() {
            continue;
        }
        if part.apart && !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&part_words.join(" "));
    }
    plain_of(&words)
}

/// Character references of HTML as characters: the common names, and numbers.
fn plain_of(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let name = from.get(1..).and_then(|from| from.split_once(';'));
        if let Some((c, after)) = name.and_then(|(name, after)| Some((character(name)?, after))) {
            plain.push(c);
            rest = after;
        } else {
            plain.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    plain + rest
}

fn character(name: &str) -> Option<char> {
    let named = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
    ];
    if let Some((_, c)) = named.iter().find(|(known, _)| *known == name) {
        return Some(*c);
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// Tags that stand inside words.
fn is_inline(name: &str) -> bool {
    [
        "a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong",
        "sub", "sup", "u",
    ]
    .contains(&name)
}

fn after(rest: &str, end: &str) -> Option<usize> {
    rest.find(end).map(|at| at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> Vec<&str> {
        texts(html)
            .iter()
            .map(|part| part.words.trim())
            .filter(|words| !words.is_empty())
            .collect()
    }

    #[test]
    fn tags_go_and_text_stays() {
        assert_eq!(
            words("<div class='a'>one <b>two</b><!-- no > --> 3 < 4</div>"),
            ["one", "two", "3 < 4"]
        );
        assert_eq!(
            words("<script>x<y</script>kept <never closed"),
            ["kept <never closed"]
        );
    }

    #[test]
    fn the_words_of_a_page_are_on_one_line() {
        let html = "<p>html <b>bo</b>dy &amp; &#x65;&#769;tat &nope; 漢&</p><p>👩‍👧</p>";
        assert_eq!(words_of_html(html), "html body & e\u{301}tat &nope; 漢& 👩‍👧");
    }
}
