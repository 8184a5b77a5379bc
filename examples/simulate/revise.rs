//! Random revisions of a text that remember where every word came from.

use std::collections::BTreeSet;

use postil::text::TextRange;

use crate::random::Random;

/// What became of a sentence. Of a hundred, 15 are deleted, 10 edited, 6 moved, 5 moved and edited, 2 repeated elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    Repeated,
    Edited,
    Moved,
    MovedAndEdited,
    Deleted,
}

/// Sentences of a hundred that the old text already repeats, and that are inserted into the new one.
const REPEATED_BEFORE: usize = 3;
const INSERTED: usize = 5;
/// A moved sentence goes at least so many sentences away.
const LEAST_MOVED: usize = 3;

/// A text, what became of it, and which words of the one are which of the other.
pub(crate) struct Revised {
    pub(crate) then: String,
    pub(crate) now: String,
    /// The sentences of the old text with the blanks after them.
    pub(crate) sentences: Vec<(TextRange, Fate)>,
    /// Stretches of the old text that stand in the new one, as (old, new), in the order of the new one.
    pub(crate) kept: Vec<(TextRange, TextRange)>,
    /// Words that were put in place of others, or between them.
    pub(crate) replaced: Vec<(TextRange, TextRange)>,
}

/// The words of all texts, for sentences nobody wrote.
pub(crate) fn vocabulary(texts: &[(String, String)]) -> Vec<String> {
    let words = texts.iter().flat_map(|(_, text)| text.split_whitespace());
    words
        .filter(|word| word.chars().all(char::is_alphabetic))
        .map(str::to_owned)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The sentences of a text with the blanks after them: all of it.
pub(crate) fn sentences(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let (mut start, mut ended, mut blank) = (0, false, false);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            blank = true;
            ended |= c == '\n';
            continue;
        }
        if blank && ended && at > start {
            found.push(TextRange::of(start, at));
            start = at;
        }
        ended = matches!(c, '.' | '!' | '?' | '。') || ended && matches!(c, '"' | '”' | '’' | ')');
        blank = false;
    }
    if start < text.len() {
        found.push(TextRange::of(start, text.len()));
    }
    found
}

/// What stands at one place of the new text.
enum Item {
    Own(usize),
    Edited(usize),
    Foreign(String),
}

impl Revised {
    pub(crate) fn new(base: &str, words: &[String], random: &mut Random) -> Self {
        let then = with_repeats(base, random);
        let ranges = sentences(&then);
        let mut slots: Vec<Vec<Item>> = ranges.iter().map(|_| Vec::new()).collect();
        let mut sentences = Vec::with_capacity(ranges.len());
        for (index, range) in ranges.iter().enumerate() {
            let words_of = range.of_text(&then);
            let mut put = |slot: usize, item| {
                if let Some(slot) = slots.get_mut(slot) {
                    slot.push(item);
                }
            };
            let fate = match random.below(100) {
                0..15 => Fate::Deleted,
                15..25 => Fate::Edited,
                25..31 => Fate::Moved,
                31..36 => Fate::MovedAndEdited,
                36..38 => Fate::Repeated,
                _ => Fate::Kept,
            };
            let away = far_from(index, ranges.len(), random);
            let fate = match (fate, away) {
                (Fate::Moved | Fate::MovedAndEdited, None) => Fate::Kept,
                _ => fate,
            };
            match fate {
                Fate::Kept => put(index, Item::Own(index)),
                Fate::Edited => put(index, Item::Edited(index)),
                Fate::Moved => put(away.unwrap_or(index), Item::Own(index)),
                Fate::MovedAndEdited => put(away.unwrap_or(index), Item::Edited(index)),
                Fate::Repeated => {
                    put(index, Item::Own(index));
                    put(
                        random.below(ranges.len()),
                        Item::Foreign(words_of.to_owned()),
                    );
                }
                Fate::Deleted => {}
            }
            if random.below(100) < INSERTED {
                put(index, Item::Foreign(invented(words, random)));
            }
            sentences.push((*range, fate));
        }
        let mut revised = Self {
            then,
            now: String::new(),
            sentences,
            kept: Vec::new(),
            replaced: Vec::new(),
        };
        for item in slots.into_iter().flatten() {
            match item {
                Item::Own(index) => {
                    if let Some(range) = ranges.get(index) {
                        revised.keep(*range);
                    }
                }
                Item::Edited(index) => {
                    if let Some(range) = ranges.get(index) {
                        revised.edit(*range, words, random);
                    }
                }
                Item::Foreign(sentence) => revised.now.push_str(&sentence),
            }
        }
        revised
    }

    fn keep(&mut self, old: TextRange) {
        let start = self.now.len();
        self.now.push_str(old.of_text(&self.then));
        self.kept.push((old, TextRange::of(start, self.now.len())));
    }

    fn put(&mut self, old: TextRange, new: &str) {
        let start = self.now.len();
        self.now.push_str(new);
        self.replaced
            .push((old, TextRange::of(start, self.now.len())));
        self.now.push(' ');
    }

    /// Changes one word in twenty to one in four, at least one: replaced, left out, or another one before it.
    fn edit(&mut self, sentence: TextRange, words: &[String], random: &mut Random) {
        let tokens = tokens(sentence, &self.then);
        let share = 4 + random.below(17);
        let n_edits = (tokens.len() / share).max(1);
        let edited: BTreeSet<usize> = (0..n_edits).map(|_| random.below(tokens.len())).collect();
        for (index, token) in tokens.iter().enumerate() {
            let other = random.pick(words).cloned().unwrap_or_default();
            match (edited.contains(&index), random.below(3)) {
                (false, _) => self.keep(*token),
                (true, 0) => self.put(*token, &other),
                (true, 1) => {}
                (true, _) => {
                    self.put(TextRange::empty(token.start), &other);
                    self.keep(*token);
                }
            }
        }
    }

    /// A quotation of about `length` characters of the old text, from the start of a word to the end of one.
    pub(crate) fn quote(&self, length: usize, random: &mut Random) -> Option<TextRange> {
        for _ in 0..20 {
            let mut at = random.below(self.then.len());
            while !self.then.is_char_boundary(at) {
                at -= 1;
            }
            let starts = self.then.get(..at)?.rfind(char::is_whitespace);
            let start = starts.map_or(0, |at| at + 1);
            let rest = self.then.get(start..)?;
            let reach: usize = rest.chars().take(length).map(char::len_utf8).sum();
            let tail = rest.get(reach..)?;
            let end = start + reach + tail.find(char::is_whitespace).unwrap_or(tail.len());
            let words = self.then.get(start..end)?.trim_end();
            if words.chars().count() >= length && words.starts_with(|c: char| !c.is_whitespace()) {
                return Some(TextRange::of(start, start + words.len()));
            }
        }
        None
    }
}

/// The text with a few of its sentences standing twice, as boilerplate does.
fn with_repeats(base: &str, random: &mut Random) -> String {
    let base = &(base.trim_end().to_owned() + "\n");
    let ranges = sentences(base);
    let mut text = String::with_capacity(base.len());
    for range in &ranges {
        text.push_str(range.of_text(base));
        if random.below(100) < REPEATED_BEFORE
            && let Some(again) = random.pick(&ranges)
        {
            text.push_str(again.of_text(base));
        }
    }
    text
}

fn far_from(index: usize, n: usize, random: &mut Random) -> Option<usize> {
    (0..10)
        .map(|_| random.below(n))
        .find(|to| to.abs_diff(index) >= LEAST_MOVED)
}

fn invented(words: &[String], random: &mut Random) -> String {
    let n = 8 + random.below(18);
    let chosen: Vec<&str> = (0..n)
        .filter_map(|_| random.pick(words).map(String::as_str))
        .collect();
    chosen.join(" ") + ". "
}

/// Words with the blanks after them.
pub(crate) fn tokens(range: TextRange, text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let (mut start, mut blank) = (range.start as usize, false);
    for (at, c) in range.of_text(text).char_indices() {
        let at = range.start as usize + at;
        if blank && !c.is_whitespace() {
            found.push(TextRange::of(start, at));
            start = at;
        }
        blank = c.is_whitespace();
    }
    found.push(TextRange::of(start, range.end as usize));
    found
}
