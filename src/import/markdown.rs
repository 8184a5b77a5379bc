//! Markdown (CommonMark with tables, strikethrough and footnotes) becomes blocks and inline styles.
//!
//! In: cleaned text. Out: canonical text without marks, a blank line between blocks, one line break between the items of a tight list. HTML loses its tags
//! and keeps its text; what character references stand for is sanitised like everything else. A hard line break goes on in a
//! [`BlockKind::Continuation`]. Images are their alternative text.

mod cells;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::document::{Block, BlockKind, Inline};
use crate::text::{Layer, TextRange, sanitise};

use super::canonical::{Mapped, Writer, beginning};
use super::{plain, split};
use crate::text::html;
use cells::Piece;

/// Longer addresses are cut; they are shown and handed to a program, not stored.
const LONGEST_ADDRESS: usize = 2048;

pub(super) struct Read {
    pub(super) out: Writer,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Layer<Inline>,
}

/// How the next block follows the last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// After a blank line.
    Apart,
    /// On the next line, as the next item of a tight list.
    Close,
    /// On the next line, as what follows a hard line break.
    GoesOn,
}

/// What the events are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Prose,
    Code,
    Table,
}

struct Markdown<'a> {
    from: &'a Mapped<'a>,
    out: Writer,
    blocks: Vec<Block>,
    inlines: Vec<(TextRange, Inline)>,
    open: Option<(BlockKind, u8, u32)>,
    /// Styles that are open, and where they began.
    styles: Vec<(Inline, Option<u32>)>,
    quotes: usize,
    /// Lists that are open, with the number of the next item.
    lists: Vec<Option<u64>>,
    /// The item whose first block is yet to come.
    item: Option<BlockKind>,
    heading: Option<u8>,
    label: Option<String>,
    join: Join,
    inside: Inside,
    html_from: Option<Range<usize>>,
    rows: Vec<(bool, Vec<Vec<Piece<'a>>>)>,
}

/// Reads cleaned Markdown.
pub(super) fn read(from: &Mapped<'_>) -> Read {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut markdown = Markdown {
        from,
        out: Writer::with_capacity(from.text.len()),
        blocks: Vec::new(),
        inlines: Vec::new(),
        open: None,
        styles: Vec::new(),
        quotes: 0,
        lists: Vec::new(),
        item: None,
        heading: None,
        label: None,
        join: Join::Apart,
        inside: Inside::Prose,
        html_from: None,
        rows: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&from.text, options).into_offset_iter() {
        if markdown.inside == Inside::Table {
            markdown.cell(event, range);
        } else {
            markdown.event(event, range);
        }
    }
    markdown.close();
    Read {
        out: markdown.out,
        blocks: markdown.blocks,
        inlines: markdown.inlines.into_iter().collect(),
    }
}

impl<'a> Markdown<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.inside == Inside::Code => self.code_lines(&text, range),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, range);
            }
            Event::Code(text) => {
                self.styles.push((Inline::Code, None));
                self.text(&text, range);
                self.close_style();
            }
            Event::Html(_) => {
                let start = self
                    .html_from
                    .as_ref()
                    .map_or(range.start, |html| html.start);
                self.html_from = Some(start..range.end);
            }
            Event::InlineHtml(tag) if html::is_break(&tag) => self.hard_break(),
            Event::InlineHtml(_) | Event::TaskListMarker(_) => {}
            Event::FootnoteReference(label) => self.text(&format!("[{label}]"), range),
            Event::SoftBreak => {
                if self.open.is_some() {
                    self.out.push("\n", self.source(range.start));
                }
            }
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.close();
                self.begin(BlockKind::Rule, range.start);
                self.out.push("---", self.source(range.start));
                self.close();
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.close(),
            Tag::Heading { level, .. } => {
                self.close();
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.close();
                self.inside = Inside::Code;
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => {
                self.close();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = (*next)?;
                    *next = number.checked_add(1);
                    u32::try_from(number).ok()
                });
                self.item = Some(BlockKind::Item { number });
            }
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.label = Some(format!("[{label}] "));
            }
            Tag::Table(_) => {
                self.close();
                self.inside = Inside::Table;
                self.rows.clear();
            }
            Tag::Emphasis => self.styles.push((Inline::Emphasis, None)),
            Tag::Strong => self.styles.push((Inline::Strong, None)),
            Tag::Strikethrough => self.styles.push((Inline::Strike, None)),
            Tag::Link { dest_url, .. } => self.styles.push((link(&dest_url), None)),
            Tag::HtmlBlock => {
                self.close();
                self.html_from = Some(range.start..range.start);
            }
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close(),
            TagEnd::Heading(_) => {
                self.close();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.close();
                self.inside = Inside::Prose;
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item => {
                let join = if self.open.is_some() {
                    Join::Close
                } else {
                    Join::Apart
                };
                self.close();
                self.join = join;
                self.item = None;
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.label = None;
            }
            TagEnd::HtmlBlock => self.html(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.close_style();
            }
            TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn source(&self, at: usize) -> u64 {
        self.from.source.source_byte(at as u32)
    }

    fn depth(&self) -> u8 {
        (self.quotes + self.lists.len()).min(250) as u8
    }

    fn begin(&mut self, kind: BlockKind, at: usize) {
        if !self.out.is_empty() {
            let breaks = match self.join {
                Join::Apart => "\n\n",
                Join::Close | Join::GoesOn => "\n",
            };
            self.out.push(breaks, self.source(at));
        }
        self.join = Join::Apart;
        self.open = Some((kind, self.depth(), self.out.len()));
    }

    /// Opens the block that text at `at` belongs to, if none is open.
    fn ensure_open(&mut self, at: usize) {
        if self.open.is_some() {
            return;
        }
        let kind = if self.join == Join::GoesOn {
            BlockKind::Continuation
        } else if let Some(level) = self.heading {
            BlockKind::Heading { level }
        } else if let Some(item) = self.item.take() {
            item
        } else if self.quotes > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        };
        // The first item of a list follows its lead-in at the distance the author gave it.
        self.begin(kind, at);
        if let Some(label) = self.label.take() {
            self.made(&label, at);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.open.is_none() && text.trim().is_empty() {
            return;
        }
        self.ensure_open(range.start);
        let at = self.out.len();
        for (_, start) in &mut self.styles {
            start.get_or_insert(at);
        }
        self.words(text, range);
    }

    /// Text as it stands in the source is copied; what was made from references is sanitised and mapped to where they start.
    fn words(&mut self, text: &str, range: Range<usize>) {
        let stands = self.from.text.get(range.clone()).unwrap_or_default();
        let lead = if stands == text {
            Some(0)
        } else {
            stands
                .find(text)
                .filter(|_| stands.len() <= text.len() + 64)
        };
        match lead {
            Some(lead) => {
                let start = range.start + lead;
                plain::prose(self.from, start..start + text.len(), &mut self.out);
            }
            None => self.made(text, range.start),
        }
    }

    fn made(&mut self, text: &str, at: usize) {
        let safe = sanitise::line(text);
        let source = self.source(at);
        self.out.push(&safe.replace('\u{ad}', ""), source);
    }

    fn code_lines(&mut self, text: &str, range: Range<usize>) {
        let stands = self.from.text.get(range.clone()) == Some(text);
        if self.open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.item = None;
            self.begin(BlockKind::Code, range.start);
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            if stands {
                plain::expand_tabs(self.from, at..at + words.len(), &mut self.out);
            } else {
                let safe = sanitise::lines(words).replace('\u{ad}', "");
                self.out.push(&safe, self.source(range.start));
            }
            if words.len() < line.len() {
                self.out.push(
                    "\n",
                    self.source(if stands {
                        at + words.len()
                    } else {
                        range.start
                    }),
                );
            }
            at += line.len();
        }
    }

    fn hard_break(&mut self) {
        if self.open.is_some() {
            self.close();
            self.join = Join::GoesOn;
        }
    }

    fn html(&mut self) {
        let Some(range) = self.html_from.take() else {
            return;
        };
        let source = self.from.text.get(range.clone()).unwrap_or_default();
        for part in html::texts(source) {
            let words = part.words.trim();
            if !words.is_empty() {
                let start =
                    range.start + part.at + (part.words.len() - part.words.trim_start().len());
                if part.apart && self.open.is_some() {
                    self.out.push(" ", self.source(start));
                }
                self.text(words, start..start + words.len());
            }
        }
        self.close();
    }

    fn close_style(&mut self) {
        if let Some((style, Some(start))) = self.styles.pop() {
            let end = start.max(self.out.len());
            if start < end {
                self.inlines.push((TextRange::new(start, end), style));
            }
        }
    }

    /// Closes the open block; its trailing blanks stay outside.
    fn close(&mut self) {
        if self.join == Join::GoesOn {
            self.join = Join::Apart;
        }
        if let Some((kind, depth, start)) = self.open.take() {
            let range = TextRange::new(start, self.out.len());
            let words = range.of_text(self.out.text());
            let trimmed = if kind.keeps_lines() {
                words
            } else {
                words.trim_start()
            };
            let start = start as usize + words.len() - trimmed.len();
            let range = TextRange::of(start, start + trimmed.trim_end().len());
            split::push(
                self.out.text(),
                Block { kind, range, depth },
                &mut self.blocks,
            );
        }
    }
}

fn link(address: &str) -> Inline {
    let cut = beginning(address, LONGEST_ADDRESS);
    Inline::Link {
        to: sanitise::line(cut).into(),
    }
}

/// Whether a text without a telling file name is clearly Markdown: signs plain text does not use, of two kinds or twice.
pub(super) fn is_likely(head: &str) -> bool {
    let (mut links, mut strong, mut headings, mut fences) = (0, 0, 0, 0);
    for line in head.lines().take(2000) {
        links += usize::from(line.contains("](http"));
        strong += usize::from(line.matches("**").take(4).count() >= 2);
        headings += usize::from(
            line.starts_with("# ") || line.starts_with("## ") || line.starts_with("### "),
        );
        fences += usize::from(line.starts_with("```"));
    }
    let kinds = [links, strong, headings, fences / 2];
    kinds.iter().filter(|kind| **kind > 0).count() >= 2 || links >= 3 || strong >= 3
}
