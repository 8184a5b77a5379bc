macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)*) => {
        /// What something on the screen is, whatever it looks like.
        ///
        /// Each has a dotted [`name`](Role::name), under which a theme gives it a style; where a theme is silent, the part before the last
        /// dot stands in, and at last `text`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        impl Role {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$role,)*];

            /// Its name in a theme.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)*
                }
            }
        }
    };
}

roles! {
    /// The ground everything stands on: the background, and the colour of text on it.
    Page = "page",
    /// Running text.
    Text = "text",
    /// What steps back: facts about a document, hints, key names.
    Dim = "dim",
    /// What stands out without being a warning.
    Accent = "accent",
    /// A document's title above its text.
    Title = "title",
    /// A heading in the text.
    Heading = "heading",
    /// Emphasised words.
    Emphasis = "emphasis",
    /// Strongly emphasised words.
    Strong = "strong",
    /// Words struck out.
    Strike = "strike",
    /// Code and preformatted text.
    Code = "code",
    /// A link.
    Link = "link",
    /// The letter by which a link is followed.
    LinkHint = "link.hint",
    /// The text of a block quotation.
    Blockquote = "blockquote",
    /// The bar left of a block quotation, bullets and numbers.
    Lead = "lead",
    /// Rules between panes and in the text.
    Rule = "rule",
    /// The gutter where it has no mark.
    Gutter = "gutter",
    /// The scrollbar where the view is not.
    Scrollbar = "scrollbar",
    /// The scrollbar where the view is.
    ScrollbarThumb = "scrollbar.thumb",
    /// A tick on the scrollbar.
    ScrollbarTick = "scrollbar.tick",
    /// The title of a pane.
    Pane = "pane",
    /// The title of the pane with the focus.
    PaneFocused = "pane.focused",
    /// The border of an overlay.
    Border = "border",
    /// The ground of an overlay.
    Overlay = "overlay",
    /// The chosen row of a list.
    Chosen = "chosen",
    /// The chosen row of a list without the focus.
    ChosenUnfocused = "chosen.unfocused",
    /// The letters of a row that match what was typed.
    Match = "match",
    /// A document never opened.
    Unread = "unread",
    /// The status line.
    Status = "status",
    /// A key named in the status line or in help.
    StatusKey = "status.key",
    /// Bars that show how much there is.
    Density = "density",
    /// The grapheme under the cursor.
    Cursor = "cursor",
    /// The same while another pane has the focus.
    CursorUnfocused = "cursor.unfocused",
    /// The sentence under the cursor.
    CursorSentence = "cursor.sentence",
    /// What a jump landed on, for one moment.
    Flash = "flash",
    /// The selection.
    Selection = "selection",
    /// A name of a kind that has no role of its own.
    Mention = "mention",
    /// A person's name.
    Person = "mention.person",
    /// An organisation's name.
    Organisation = "mention.organisation",
    /// A place's name.
    Place = "mention.place",
    /// The colour of an entity, where each has its own: the first of six; type is still told by weight and slant.
    Entity1 = "mention.entity.1",
    /// The second.
    Entity2 = "mention.entity.2",
    /// The third.
    Entity3 = "mention.entity.3",
    /// The fourth.
    Entity4 = "mention.entity.4",
    /// The fifth.
    Entity5 = "mention.entity.5",
    /// The sixth.
    Entity6 = "mention.entity.6",
    /// Words that name a time.
    Date = "date",
    /// The column of dates in the timeline.
    When = "date.when",
    /// Words in quotation marks.
    Quote = "quote",
    /// The mark of a quotation whose source has the very words.
    QuoteVerbatim = "quote.verbatim",
    /// The mark of a quotation whose source has other words.
    QuoteAltered = "quote.altered",
    /// The mark of a quotation with no source in the library.
    QuoteUnsourced = "quote.unsourced",
    /// Words that the source or the older text has and the other has not.
    Deleted = "change.deleted",
    /// Words that the copy or the newer text has and the other has not.
    Inserted = "change.inserted",
    /// A passage with a note or highlight, first colour.
    Note1 = "note.1",
    /// Second colour.
    Note2 = "note.2",
    /// Third colour.
    Note3 = "note.3",
    /// Fourth colour.
    Note4 = "note.4",
    /// Fifth colour.
    Note5 = "note.5",
    /// The gutter's mark of a note.
    NoteMark = "note.mark",
    /// A tag.
    Tag = "tag",
    /// A place found by the search.
    Hit = "hit",
    /// The place found that the cursor is at.
    HitCurrent = "hit.current",
    /// A bookmark.
    Bookmark = "bookmark",
    /// Something to decide, a conflict, a warning.
    Warn = "warn",
    /// Something that failed.
    Error = "error",
    /// Something that was done.
    Ok = "ok",
}

impl Role {
    /// The role of a note's colour, 1 to 5; what lies outside is taken as the nearest.
    pub const fn note(colour: u8) -> Self {
        match colour {
            0 | 1 => Self::Note1,
            2 => Self::Note2,
            3 => Self::Note3,
            4 => Self::Note4,
            _ => Self::Note5,
        }
    }

    /// Its names from its own to the most general, `text` last.
    pub fn fallbacks(self) -> impl Iterator<Item = &'static str> {
        let parent = |name: &&'static str| name.rsplit_once('.').map(|(parent, _)| parent);
        std::iter::successors(Some(self.name()), parent).chain(["text"])
    }

    /// Whether `name` is that of a role or stands in for one.
    pub(super) fn is_known(name: &str) -> bool {
        Self::ALL
            .iter()
            .any(|role| role.fallbacks().any(|known| known == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_back_by_dots() {
        let names: Vec<_> = Role::Person.fallbacks().collect();
        assert_eq!(names, ["mention.person", "mention", "text"]);
        assert!(Role::is_known("note") && !Role::is_known("not"));
    }

    #[test]
    fn no_two_roles_have_one_name() {
        let mut names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Role::ALL.len());
    }
}
