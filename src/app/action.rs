//! Everything the reader can do, by name: the one table behind keys, palette, command line and help.

/// Where an action belongs in the help screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Moving in the text or in a list.
    Move,
    /// Going somewhere else.
    Jump,
    /// Finding text.
    Find,
    /// Selecting and annotating.
    Annotate,
    /// What stands under the cursor.
    Inspect,
    /// Panes and how things look.
    View,
    /// The document's metadata and the library.
    Library,
    /// The program itself.
    Program,
}

impl Group {
    /// All, in the order of the help screen.
    pub const ALL: [Self; 8] = [
        Self::Move,
        Self::Jump,
        Self::Find,
        Self::Annotate,
        Self::Inspect,
        Self::View,
        Self::Library,
        Self::Program,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Jump => "Jump",
            Self::Find => "Find",
            Self::Annotate => "Annotate",
            Self::Inspect => "Look closer",
            Self::View => "View",
            Self::Library => "Library",
            Self::Program => "Program",
        }
    }
}

/// What an action takes after its name or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// One more key press: a letter.
    Letter,
    /// Text after the command's name; asked for in a prompt when it is missing. Holds what the prompt says.
    Text(&'static str),
    /// As `Text`, but the action also works without it.
    Optional(&'static str),
}

macro_rules! actions {
    ($($variant:ident $name:literal $group:ident $argument:expr, $help:literal;)*) => {
        /// What the reader wants.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// All, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in keymaps and on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, as the help screen says it.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }

            /// Where it stands in the help screen.
            pub const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)* }
            }

            /// What it takes.
            pub const fn argument(self) -> Argument {
                match self { $(Self::$variant => $argument,)* }
            }
        }
    };
}

use Argument::{Letter, None as Nothing, Optional, Text};

actions! {
    Down "down" Move Nothing, "one line down";
    Up "up" Move Nothing, "one line up";
    Left "left" Move Nothing, "one character left";
    Right "right" Move Nothing, "one character right";
    WordNext "word-next" Move Nothing, "to the next word";
    WordPrevious "word-previous" Move Nothing, "to the word before";
    LineStart "line-start" Move Nothing, "to the start of the line";
    LineEnd "line-end" Move Nothing, "to the end of the line";
    HalfPageDown "half-page-down" Move Nothing, "half a page down";
    HalfPageUp "half-page-up" Move Nothing, "half a page up";
    PageDown "page-down" Move Nothing, "a page down";
    PageUp "page-up" Move Nothing, "a page up";
    ScrollDown "scroll-down" Move Nothing, "scroll the text one line up";
    ScrollUp "scroll-up" Move Nothing, "scroll the text one line down";
    Top "top" Move Nothing, "to the first line, or to the line of the count";
    Bottom "bottom" Move Nothing, "to the last line";
    Percent "percent" Move Nothing, "to the count's percentage of the text";
    SentenceNext "sentence-next" Move Nothing, "to the next sentence";
    SentencePrevious "sentence-previous" Move Nothing, "to the sentence before";
    ParagraphNext "paragraph-next" Move Nothing, "to the next paragraph";
    ParagraphPrevious "paragraph-previous" Move Nothing, "to the paragraph before";
    HeadingNext "heading-next" Move Nothing, "to the next heading";
    HeadingPrevious "heading-previous" Move Nothing, "to the heading before";
    Centre "centre" Move Nothing, "bring the line to the middle of the pane";

    Open "open" Jump Nothing, "open or follow what is under the cursor";
    JumpTo "jump" Jump Optional("jump to"), "fuzzy jump to a document, heading, entity, bookmark or note";
    JumpBack "back" Jump Nothing, "back to where the last jump began";
    JumpForward "forward" Jump Nothing, "forward again";
    DocumentNext "document-next" Jump Nothing, "open the next document of the list";
    DocumentPrevious "document-previous" Jump Nothing, "open the document before";
    EntityNext "entity-next" Jump Nothing, "to the next name";
    EntityPrevious "entity-previous" Jump Nothing, "to the name before";
    MentionNext "mention-next" Jump Nothing, "to the next mention of the same entity; past the last one, in the next document";
    MentionPrevious "mention-previous" Jump Nothing, "to the previous mention of the same entity; before the first one, in the document before";
    DateNext "date-next" Jump Nothing, "to the next date";
    DatePrevious "date-previous" Jump Nothing, "to the date before";
    QuoteNext "quote-next" Jump Nothing, "to the next quotation";
    QuotePrevious "quote-previous" Jump Nothing, "to the quotation before";
    RepeatNext "repeat-next" Jump Nothing, "to the next sentence that other documents repeat";
    RepeatPrevious "repeat-previous" Jump Nothing, "to the repeated sentence before";
    AnnotationNext "annotation-next" Jump Nothing, "to the next annotation";
    AnnotationPrevious "annotation-previous" Jump Nothing, "to the annotation before";
    GoToDate "go" Jump Text("go to date"), "go to a date on the timeline: `:go mid-October 2023`";
    GoToMark "mark-go" Jump Letter, "go to the mark of a letter: small in this document, capital in the library";
    Outline "outline" Jump Nothing, "jump among the headings of this document";
    FollowLink "links" Jump Nothing, "show a letter at each link on the screen; the letter opens it";

    Find "find" Find Optional("find"), "find a regular expression in the text";
    FindBack "find-back" Find Optional("find backwards"), "find backwards";
    FindNext "find-next" Find Nothing, "next hit";
    FindPrevious "find-previous" Find Nothing, "hit before";
    FindEnd "find-end" Find Nothing, "leave finding and take the marks off";
    Filter "filter" Find Optional("filter"), "narrow the list or timeline as you type";
    FilterEntity "filter-entity" Find Nothing, "narrow list and timeline to the entity under the cursor";
    FilterDocument "filter-document" Find Nothing, "narrow the timeline to this document";
    FilterSaid "filter-said" Find Nothing, "narrow the timeline to what was said, then to what happened, then show all again";
    FilterAltered "filter-altered" Find Nothing, "count altered repetitions of the open document alone, or all again: in the scrollbar and for `]r`";
    FilterRange "range" Find Optional("dates"), "narrow the timeline to a range: `:range 2023-09..2023-11`";
    FilterClear "filter-clear" Find Nothing, "show everything again";

    Select "select" Annotate Nothing, "select text; the cursor moves its end";
    SelectWord "select-word" Annotate Nothing, "grow the selection by a word";
    SelectSentence "select-sentence" Annotate Nothing, "grow the selection by a sentence";
    SelectParagraph "select-paragraph" Annotate Nothing, "grow the selection by a paragraph";
    SelectSwap "select-swap" Annotate Nothing, "move the other end of the selection";
    Highlight "highlight" Annotate Nothing, "highlight the selection; on a highlight, change its colour (`3h` takes colour 3)";
    Annotate "annotate" Annotate Nothing, "write a note on the selection, the note under the cursor or this sentence";
    Tag "tag" Annotate Text("tags"), "set the tags of the selection or annotation";
    Delete "delete" Annotate Nothing, "delete the annotation or bookmark under the cursor";
    Undo "undo" Annotate Nothing, "undo what you changed last";
    Redo "redo" Annotate Nothing, "redo what you undid";
    SetMark "mark" Annotate Letter, "mark this place with a letter: small in this document, capital in the library";
    NameBookmark "bookmark" Annotate Text("bookmark name"), "set a bookmark with a name";
    Bookmarks "bookmarks" Annotate Nothing, "list bookmarks";
    Notes "notes" Annotate Optional("filter"), "list annotations: `:notes tag:grain` only those";
    Review "review" Annotate Nothing, "decide about notes whose words changed: confirm, choose a place, or give them up";
    PutNote "put-note" Annotate Nothing, "put the note that was taken up in the review (`r`) on the selection or this sentence";
    Unfinished "unfinished" Annotate Nothing, "open a note you had not finished when the program ended, or put aside (`^L`)";
    Link "link" Annotate Nothing, "link two passages: once on each, then say what the first does to the second";
    Linked "linked" Annotate Nothing, "go to the passages linked with the note under the cursor";
    Tags "tags" Annotate Nothing, "list tags with what they mean: describe, rename, merge, control";
    TagNew "tag-new" Annotate Text("new tag"), "make a tag, to be described or controlled";
    TagDescribe "tag-describe" Annotate Text("it means"), "say what the tag chosen in the list means";
    TagRename "tag-rename" Annotate Text("new name"), "rename the tag chosen in the list on all notes";
    TagMerge "tag-merge" Annotate Text("merge with"), "make the tag chosen in the list one with another";
    Import "import" Annotate Text("file of notes"), "bring in a file of notes: `:import notes.jsonld`; `u` takes it back";
    Export "export" Annotate Text("file"), "write notes to a new file: `:export notes.csv`, `:export brat folder`; from the list of notes what is shown or marked";
    Copy "copy" Annotate Nothing, "copy the selection or sentence with its citation";

    Entity "entity" Inspect Nothing, "all about the name under the cursor: names, roles, documents, every mention";
    Entities "entities" Inspect Nothing, "list everybody and everything that is named; type to narrow";
    EntityMerge "entity-merge" Inspect Nothing, "say that the entity is the same as another, chosen from the list";
    EntitySplit "entity-split" Inspect Nothing, "take apart names that are not the same entity";
    EntityName "entity-name" Inspect Text("name"), "call the entity something else";
    EntityType "entity-type" Inspect Text("person, organisation or place"), "say what the entity is: `:entity-type place`";
    EntityHide "entity-hide" Inspect Nothing, "say that it is no name at all, so that it is not marked; again to mark it";
    Trace "trace" Inspect Nothing, "show where the quotation under the cursor comes from and what was changed; elsewhere, who repeats the sentence";
    Repeats "repeats" Inspect Nothing, "list the sentences of the document: how often each is repeated and by whom, which by nobody";
    Compare "compare" Inspect Optional("compare with"), "compare the document with another, chosen from the list";
    History "history" Inspect Nothing, "follow the selection or the sentence through the series of documents: first seen, changed, dropped";
    Why "why" Inspect Nothing, "say why the date under the cursor is read as it is, and choose another reading";
    Means "means" Inspect Text("it means"), "set what the date under the cursor means: `:means 12 January 2024`; `:means none` is no date, `:means -` takes yours back";
    Warnings "warnings" Inspect Nothing, "show what importing this document noticed";
    Details "details" Inspect Nothing, "show all that stands under the cursor";

    PaneNext "pane-next" View Nothing, "next pane";
    PanePrevious "pane-previous" View Nothing, "pane before";
    PaneList "pane-list" View Nothing, "go to the document list";
    PaneReader "pane-reader" View Nothing, "go to the text";
    PaneTimeline "pane-timeline" View Nothing, "go to the timeline";
    ToggleList "toggle-list" View Nothing, "show or hide the document list";
    ToggleTimeline "toggle-timeline" View Nothing, "show or hide the timeline";
    MeasureWider "measure-wider" View Nothing, "wider lines";
    MeasureNarrower "measure-narrower" View Nothing, "narrower lines";
    Measure "measure" View Text("cells"), "set the width of the lines: `:measure 66`";
    Justify "justify" View Nothing, "justify the lines, or leave them ragged";
    Hyphenate "hyphenate" View Nothing, "hyphenate, or not";
    Theme "theme" View Optional("theme"), "set the theme: paper, ink, terminal or mono";
    Heat "heat" View Nothing, "show in the scrollbar how often each sentence is repeated, or not";
    EntityColours "entity-colours" View Nothing, "colour names each by its own, or by what they are";
    ZoomIn "zoom-in" View Nothing, "finer timeline: year, month, day";
    ZoomOut "zoom-out" View Nothing, "coarser timeline";
    Fold "fold" View Nothing, "in the list, show or hide the documents that are nearly the same; on the timeline, the passages without a day";
    Sort "sort" View Optional("sort by"), "sort the list by date, title, name or added";
    Mouse "mouse" View Nothing, "take the mouse, or leave it to the terminal";
    Redraw "redraw" View Nothing, "draw the screen anew";

    SetDate "date" Library Text("publication date"), "set the publication date: `:date 2023-10-25`; `:date -` takes yours back";
    SetTitle "title" Library Text("title"), "set the title; `:title -` takes yours back";
    SetPublisher "publisher" Library Text("publisher"), "set the publisher; `:publisher -` takes yours back";
    Edit "edit" Library Nothing, "open the source in your editor";
    Rescan "rescan" Library Nothing, "look at the files again";

    Command "command" Program Nothing, "type a command";
    Palette "palette" Program Nothing, "every command, by name";
    Help "help" Program Nothing, "this help";
    Cancel "cancel" Program Nothing, "leave, close or stop";
    Suspend "suspend" Program Nothing, "back to the shell for a while";
    Save "save" Program Nothing, "try again to save what could not be saved";
    Quit "quit" Program Nothing, "quit";
}

impl Action {
    /// The action with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }

    /// Whether it moves the cursor and so takes a count and works while text is selected.
    pub const fn is_motion(self) -> bool {
        matches!(self.group(), Group::Move)
            || matches!(
                self,
                Self::EntityNext
                    | Self::EntityPrevious
                    | Self::MentionNext
                    | Self::MentionPrevious
                    | Self::DateNext
                    | Self::DatePrevious
                    | Self::QuoteNext
                    | Self::QuotePrevious
                    | Self::RepeatNext
                    | Self::RepeatPrevious
                    | Self::AnnotationNext
                    | Self::AnnotationPrevious
                    | Self::FindNext
                    | Self::FindPrevious
                    | Self::DocumentNext
                    | Self::DocumentPrevious
                    | Self::JumpBack
                    | Self::JumpForward
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_lead_back() {
        let names: HashSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        assert!(
            Action::ALL
                .iter()
                .all(|action| Action::named(action.name()) == Some(*action))
        );
    }
}
