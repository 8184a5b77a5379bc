//! Rust sources as far as the floors need them: tokens with their lines, and the paths written with them.
//!
//! In: one source text. Out: [`tokens`] without comments, literals and whatever is only compiled for tests; [`path_at`]
//! reads one path or group of paths. Macros are not expanded and types not resolved: the rules look at names alone.

/// A word or a mark of the source and the line it stands in, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// A path as written, group by group: `crate::{a, b::c}` is `[crate, a]` and `[crate, b, c]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

/// The tokens of `source`; literals are left out, and so is every item under `#[cfg(test)]`.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    without_tests(&scan(source))
}

/// The modules whose files are only compiled for tests: `#[cfg(test)] mod NAME;`.
pub(crate) fn test_modules(source: &str) -> Vec<String> {
    let tokens = scan(source);
    let mut names = Vec::new();
    for at in 0..tokens.len() {
        if let Some(item) = test_attribute(&tokens, at)
            && text(&tokens, item) == "mod"
            && text(&tokens, item + 2) == ";"
        {
            names.push(text(&tokens, item + 1).to_owned());
        }
    }
    names
}

/// Whether the whole file is only compiled for tests (`#![cfg(test)]`).
pub(crate) fn is_test_file(source: &str) -> bool {
    let tokens = scan(source);
    (0..tokens.len()).any(|at| text(&tokens, at) == "!" && is_cfg_test(&tokens, at + 1))
}

/// The paths that start at token `at`, and the token after them.
pub(crate) fn path_at(tokens: &[Token], at: usize) -> (Vec<Path>, usize) {
    let mut found = Vec::new();
    let mut segments = Vec::new();
    let after = read_tree(tokens, at, &mut segments, &mut found);
    (found, after)
}

/// The text of token `at`, empty past the end.
pub(crate) fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn read_tree(
    tokens: &[Token],
    mut at: usize,
    segments: &mut Vec<String>,
    found: &mut Vec<Path>,
) -> usize {
    let depth = segments.len();
    let line = tokens.get(at).map_or(0, |token| token.line);
    loop {
        if text(tokens, at) == "{" {
            at += 1;
            while at < tokens.len() && text(tokens, at) != "}" {
                let before = at;
                at = read_tree(tokens, at, segments, found);
                while at < tokens.len() && !matches!(text(tokens, at), "," | "}") {
                    at += 1;
                }
                if text(tokens, at) == "," {
                    at += 1;
                }
                debug_assert!(at > before);
            }
            segments.truncate(depth);
            return at + 1;
        }
        if !is_word(text(tokens, at)) && text(tokens, at) != "*" {
            break;
        }
        segments.push(text(tokens, at).to_owned());
        at += 1;
        if text(tokens, at) != "::" {
            break;
        }
        at += 1;
    }
    if segments.len() > depth {
        found.push(Path {
            segments: segments.clone(),
            line,
        });
    }
    segments.truncate(depth);
    at
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn is_cfg_test(tokens: &[Token], at: usize) -> bool {
    let words: Vec<&str> = (at..at + 5).map(|at| text(tokens, at)).collect();
    matches!(words.as_slice(), ["[", "cfg", "(", "test", _])
        || (matches!(words.as_slice(), ["[", "cfg", "(", "all", "("])
            && text(tokens, at + 5) == "test")
}

/// Where the item begins that a `#[cfg(test)]` at token `at` stands before, past its other attributes.
fn test_attribute(tokens: &[Token], at: usize) -> Option<usize> {
    if text(tokens, at) != "#" || !is_cfg_test(tokens, at + 1) {
        return None;
    }
    let mut next = at;
    while text(tokens, next) == "#" && text(tokens, next + 1) == "[" {
        next = closing(tokens, next + 1) + 1;
    }
    Some(next)
}

/// The bracket that closes the one at `at`.
fn closing(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for next in at..tokens.len() {
        match text(tokens, next) {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return next;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some(item) = test_attribute(tokens, at) {
            // A `use` ends at its `;` even when it holds a group; everything else at its body or `;`.
            let is_use = text(tokens, item) == "use" || text(tokens, item + 1) == "use";
            at = item;
            while at < tokens.len() && text(tokens, at) != ";" {
                if matches!(text(tokens, at), "{" | "(" | "[") {
                    let body = text(tokens, at) == "{" && !is_use;
                    at = closing(tokens, at);
                    if body {
                        break;
                    }
                }
                at += 1;
            }
            at += 1;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

fn scan(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        let start = i;
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            i = after_comment(&chars, i);
        } else if let Some(end) = after_raw_string(&chars, i) {
            i = end;
        } else if c == '"' {
            i = after_quoted(&chars, i, '"');
        } else if c == '\'' {
            // 'a' and '\n' are characters, 'a alone is a lifetime.
            let is_char = at(i + 1) == '\\' || at(i + 2) == '\'';
            i = if is_char {
                after_quoted(&chars, i, '\'')
            } else {
                i + 1
            };
        } else if c.is_alphanumeric() || c == '_' {
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            tokens.push(Token {
                text: chars[start..i].iter().collect(),
                line,
            });
        } else if c == ':' && at(i + 1) == ':' {
            i += 2;
            tokens.push(Token {
                text: "::".to_owned(),
                line,
            });
        } else {
            i += 1;
            if !c.is_whitespace() {
                tokens.push(Token {
                    text: c.to_string(),
                    line,
                });
            }
        }
        line += chars[start..i.min(chars.len())]
            .iter()
            .filter(|c| **c == '\n')
            .count();
    }
    tokens
}

/// Block comments nest.
fn after_comment(chars: &[char], start: usize) -> usize {
    let (mut i, mut depth) = (start, 0_usize);
    while i < chars.len() {
        match chars.get(i..i + 2) {
            Some(['/', '*']) => {
                depth += 1;
                i += 2;
            }
            Some(['*', '/']) => {
                depth -= 1;
                i += 2;
                if depth == 0 {
                    return i;
                }
            }
            _ => i += 1,
        }
    }
    chars.len()
}

fn after_quoted(chars: &[char], start: usize, mark: char) -> usize {
    let mut i = start + 1;
    while i < chars.len() && chars[i] != mark {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

/// Past `r"…"`, `br#"…"#` and the like, if one starts here.
fn after_raw_string(chars: &[char], start: usize) -> Option<usize> {
    let mut i = start;
    if matches!(chars.get(i), Some('b' | 'c')) {
        i += 1;
    }
    if chars.get(i) != Some(&'r') {
        return None;
    }
    i += 1;
    let hashes = chars.iter().skip(i).take_while(|c| **c == '#').count();
    i += hashes;
    if chars.get(i) != Some(&'"') {
        return None;
    }
    i += 1;
    while i < chars.len() {
        if chars[i] == '"'
            && chars
                .iter()
                .skip(i + 1)
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes
        {
            return Some(i + 1 + hashes);
        }
        i += 1;
    }
    Some(chars.len())
}
