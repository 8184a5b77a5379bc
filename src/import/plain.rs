//! Plain text: lines become blocks.
//!
//! In: cleaned text. Out: the canonical text, in which marks (`## `, `- `, `> `), indents and trailing blanks are left out and line breaks stay, and the
//! blocks in it. Markdown's commonest signs are understood, since people write them in plain files too. Every decision looks at the line, the block
//! before it and the next line with words, never further, so that a file's beginning can be laid out alone.

use crate::document::{Block, BlockKind};
use crate::text::TextRange;

use super::canonical::{Mapped, Writer};
use super::layout::Layout;
use super::lines::{Line, Lines, Sign, ends_sentence, sign, starts_lower};
use super::{split, standing, table};

/// A paragraph broken in two by a stray blank line has at least this many bytes in its first part.
const STRAY_BREAK_AFTER: usize = 40;

/// The block being written.
struct Open<'a> {
    kind: BlockKind,
    depth: u8,
    start: u32,
    n_lines: usize,
    last: &'a str,
}

struct Plain<'a> {
    text: &'a str,
    from: &'a Mapped<'a>,
    layout: Layout,
    out: Writer,
    blocks: Vec<Block>,
    open: Option<Open<'a>>,
    /// The cleaned text up to here is written or left out.
    done: usize,
    /// Indents of the list items that are open, in columns.
    lists: Vec<usize>,
    /// Whether a blank line came after the last line.
    parted: bool,
}

/// Lays out a cleaned text.
pub(super) fn lay_out(from: &Mapped<'_>, layout: Layout) -> (Writer, Vec<Block>) {
    let mut plain = Plain {
        text: &from.text,
        from,
        layout,
        out: Writer::with_capacity(from.text.len()),
        blocks: Vec::new(),
        open: None,
        done: 0,
        lists: Vec::new(),
        parted: true,
    };
    let mut lines = Lines::from(&from.text, 0);
    while let Some(line) = lines.next() {
        if line.is_blank() {
            plain.parted = true;
            continue;
        }
        plain.line(&line, &mut lines);
        plain.parted = false;
    }
    plain.close();
    (plain.out, plain.blocks)
}

impl<'a> Plain<'a> {
    fn line(&mut self, line: &Line<'a>, lines: &mut Lines<'a>) {
        let sign = sign(line.words);
        match sign {
            Sign::Heading { level, mark } => self.heading(line, level, mark),
            Sign::Item { number, mark } if self.may_begin_item(line) => {
                self.item(line, number, mark);
            }
            Sign::Quote { depth, mark } => self.quote(line, depth, mark),
            Sign::Rule => self.rule(line),
            Sign::Row => self.table(line.clone(), lines),
            Sign::Fence => self.fence(line, lines),
            Sign::Words | Sign::Clause | Sign::Turn | Sign::Item { .. } => {
                if standing::is_preformatted(line, self.parted, lines) {
                    self.preformatted(line, lines);
                } else if self.goes_on(line, sign) {
                    self.append(line, 0);
                } else {
                    self.words(line, sign, lines);
                }
            }
        }
    }

    /// In the middle of a wrapped paragraph a dash or number is only punctuation.
    fn may_begin_item(&self, line: &Line<'_>) -> bool {
        self.parted
            || match &self.open {
                None => true,
                Some(open) => {
                    matches!(open.kind, BlockKind::Item { .. })
                        || ends_sentence(open.last)
                        || self.is_short(open.last, line.words)
                }
            }
    }

    /// Whether the first word of the next line would have fitted on this one.
    fn is_short(&self, last: &str, next: &str) -> bool {
        match self.layout {
            Layout::OneLine => true,
            Layout::Wrapped { width } => {
                let word = next.split_whitespace().next().unwrap_or_default();
                let length = last.chars().count();
                length + 1 + word.chars().count() <= width && length * 4 < width * 3
            }
        }
    }

    /// Whether a line of words belongs to the open block.
    fn goes_on(&self, line: &Line<'_>, sign: Sign) -> bool {
        let Some(open) = &self.open else {
            return false;
        };
        let running = matches!(open.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        let mid_sentence = !ends_sentence(open.last) && starts_lower(line.words);
        if !running || matches!(sign, Sign::Turn | Sign::Clause) {
            return false;
        }
        if self.parted {
            return mid_sentence
                && open.last.len() >= STRAY_BREAK_AFTER
                && line.words.len() >= STRAY_BREAK_AFTER;
        }
        let hanging = matches!(open.kind, BlockKind::Item { .. }) && line.indent >= 2;
        hanging || mid_sentence || !self.is_short(open.last, line.words)
    }

    fn words(&mut self, line: &Line<'a>, sign: Sign, lines: &Lines<'a>) {
        self.close();
        if line.indent < 2 {
            self.lists.clear();
        }
        let depth = self.lists.len().min(250) as u8;
        let above = self
            .blocks
            .last()
            .map(|block| (block.kind, block.range.of_text(self.out.text())));
        let kind = if sign == Sign::Words && self.parted && standing::is_heading(line, above, lines)
        {
            BlockKind::Heading { level: 2 }
        } else {
            BlockKind::Paragraph
        };
        let clause = u8::from(sign == Sign::Clause && self.lists.is_empty());
        self.begin(line, kind, depth + clause, 0);
        if matches!(kind, BlockKind::Heading { .. }) {
            self.close();
        }
    }

    fn heading(&mut self, line: &Line<'a>, level: u8, mark: usize) {
        self.close();
        self.lists.clear();
        let words = line.words.trim_end_matches('#').trim_end();
        let cut = Line {
            body: line.body.start..line.body.start + words.len().max(mark),
            ..line.clone()
        };
        self.begin(&cut, BlockKind::Heading { level }, 0, mark);
        self.close();
    }

    fn item(&mut self, line: &Line<'a>, number: Option<u32>, mark: usize) {
        self.close();
        while self
            .lists
            .last()
            .is_some_and(|indent| *indent > line.indent)
        {
            self.lists.pop();
        }
        if self
            .lists
            .last()
            .is_none_or(|indent| line.indent >= indent + 2)
            && self.lists.len() < 16
        {
            self.lists.push(line.indent);
        }
        let depth = self.lists.len() as u8;
        self.begin(line, BlockKind::Item { number }, depth, mark);
    }

    fn quote(&mut self, line: &Line<'a>, depth: u8, mark: usize) {
        let words = line.words.get(mark..).unwrap_or_default();
        if words.is_empty() {
            self.close();
            return;
        }
        let same = self.open.as_ref().is_some_and(|open| {
            open.kind == BlockKind::Quote
                && open.depth == depth
                && (!self.is_short(open.last, words)
                    || !ends_sentence(open.last) && starts_lower(words))
        });
        if same && !self.parted {
            self.append(line, mark);
        } else {
            self.close();
            self.lists.clear();
            self.begin(line, BlockKind::Quote, depth, mark);
        }
    }

    /// A line of dashes or equals signs right below a single line makes that a heading; elsewhere it is a rule.
    fn rule(&mut self, line: &Line<'a>) {
        let mark = line.words.as_bytes().first();
        let level = match mark {
            Some(b'=') => Some(1),
            Some(b'-') => Some(2),
            _ => None,
        };
        if let (Some(level), Some(open), false) = (level, &mut self.open, self.parted)
            && open.kind == BlockKind::Paragraph
            && open.n_lines == 1
            && open.last.len() <= 160
        {
            open.kind = BlockKind::Heading { level };
            self.close();
            return;
        }
        self.close();
        self.begin(line, BlockKind::Rule, 0, 0);
        self.close();
    }

    fn fence(&mut self, line: &Line<'a>, lines: &mut Lines<'a>) {
        self.close();
        let fence = line.words.get(..3).unwrap_or_default();
        let mut written = false;
        for inside in lines.by_ref() {
            if inside.words.starts_with(fence) {
                break;
            }
            if !inside.is_blank() {
                self.preformatted_line(&inside, written);
                written = true;
            }
        }
        self.close();
    }

    fn preformatted(&mut self, line: &Line<'a>, lines: &mut Lines<'a>) {
        self.close();
        self.preformatted_line(line, false);
        while let Some(next) = lines
            .peek()
            .filter(|next| next.indent >= 2 && !next.is_blank())
        {
            self.preformatted_line(&next, true);
            lines.next();
        }
        self.close();
    }

    /// Keeps the line's blanks, its tabs to multiples of 4 columns.
    fn preformatted_line(&mut self, line: &Line<'a>, goes_on: bool) {
        let whole = Line {
            body: line.range.start..line.body.end,
            ..line.clone()
        };
        self.gap(whole.body.start);
        if !goes_on {
            self.open = Some(Open {
                kind: BlockKind::Code,
                depth: 0,
                start: self.out.len(),
                n_lines: 0,
                last: "",
            });
        }
        expand_tabs(self.from, whole.body.clone(), &mut self.out);
        self.done = whole.body.end;
    }

    /// A table ends at the first line that is no row.
    fn table(&mut self, first: Line<'a>, lines: &mut Lines<'a>) {
        self.close();
        let mut ahead = lines.clone();
        let mut columns = table::Columns::default();
        let mut row = Some(first.clone());
        // Widths come from the first rows only, so that a table without end is read once.
        for _ in 0..64 {
            let Some(line) = row.filter(|line| sign(line.words) == Sign::Row) else {
                break;
            };
            if !table::is_separator(line.words) {
                for (column, (_, words)) in table::cells(line.words).enumerate() {
                    columns.fit(column, table::width_cells(words));
                }
            }
            row = ahead.next();
        }
        let mut row = first;
        loop {
            let next = lines.peek().filter(|next| sign(next.words) == Sign::Row);
            if !table::is_separator(row.words) {
                let head = next
                    .as_ref()
                    .is_some_and(|next| table::is_separator(next.words));
                self.row(&row, head, &columns);
            }
            let Some(next) = next else { break };
            lines.next();
            row = next;
        }
    }

    fn row(&mut self, line: &Line<'a>, head: bool, columns: &table::Columns) {
        self.gap(line.body.start);
        let start = self.out.len();
        let n_cells = table::cells(line.words).count();
        for (column, (at, words)) in table::cells(line.words).enumerate() {
            let start = line.body.start + at;
            let end = start + words.len();
            prose(self.from, start..end, &mut self.out);
            if column + 1 < n_cells {
                let source = self.from.source.source_byte(end as u32);
                self.out
                    .push(columns.padding(column, table::width_cells(words)), source);
                self.out.push(table::BAR, source);
            }
        }
        self.done = line.body.end;
        self.push_block(BlockKind::TableRow { head }, 0, start);
    }

    /// Writes the line breaks between what is done and `to`; marks, indents and trailing blanks are left out.
    fn gap(&mut self, to: usize) {
        if !self.out.is_empty() {
            self.line_breaks(to, usize::MAX);
        }
        self.done = to;
    }

    fn line_breaks(&mut self, to: usize, most: usize) {
        let between = self.text.get(self.done..to).unwrap_or_default();
        for at in memchr::memchr_iter(b'\n', between.as_bytes()).take(most) {
            let at = self.done + at;
            self.out.copy(self.from, at..at + 1);
        }
    }

    fn begin(&mut self, line: &Line<'a>, kind: BlockKind, depth: u8, mark: usize) {
        let start = line.body.start + mark;
        self.gap(start);
        self.open = Some(Open {
            kind,
            depth,
            start: self.out.len(),
            n_lines: 1,
            last: line.words.get(mark..).unwrap_or_default(),
        });
        prose(self.from, start..line.body.end, &mut self.out);
        self.done = line.body.end;
    }

    /// A further line of the open block; of a stray blank line before it one line break is kept.
    fn append(&mut self, line: &Line<'a>, mark: usize) {
        let start = line.body.start + mark;
        self.line_breaks(start, 1);
        prose(self.from, start..line.body.end, &mut self.out);
        self.done = line.body.end;
        if let Some(open) = &mut self.open {
            open.n_lines += 1;
            open.last = line.words.get(mark..).unwrap_or_default();
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.push_block(open.kind, open.depth, open.start);
        }
    }

    fn push_block(&mut self, kind: BlockKind, depth: u8, start: u32) {
        let range = TextRange::new(start, self.out.len());
        split::push(
            self.out.text(),
            Block { kind, range, depth },
            &mut self.blocks,
        );
    }
}

/// Copies words; a tab among them is one blank.
pub(super) fn prose(from: &Mapped<'_>, range: std::ops::Range<usize>, out: &mut Writer) {
    let mut at = range.start;
    let text = from.text.get(range.clone()).unwrap_or_default();
    for tab in memchr::memchr_iter(b'\t', text.as_bytes()) {
        let tab = range.start + tab;
        out.copy(from, at..tab);
        out.push(" ", from.source.source_byte(tab as u32));
        at = tab + 1;
    }
    out.copy(from, at..range.end);
}

/// Copies a preformatted line; tabs reach to the next multiple of 4 columns.
pub(super) fn expand_tabs(from: &Mapped<'_>, range: std::ops::Range<usize>, out: &mut Writer) {
    let text = from.text.get(range.clone()).unwrap_or_default();
    let (mut at, mut column) = (range.start, 0);
    for part in text.split_inclusive('\t') {
        let words = part.strip_suffix('\t').unwrap_or(part);
        let end = at + words.len();
        out.copy(from, at..end);
        column += table::width_cells(words);
        if words.len() < part.len() {
            let blanks = 4 - column % 4;
            out.push(
                "    ".get(..blanks).unwrap_or_default(),
                from.source.source_byte(end as u32),
            );
            column += blanks;
        }
        at = range.start + (at - range.start) + part.len();
    }
}
