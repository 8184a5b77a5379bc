//! A note being written. The draft stays open until its save has succeeded.

use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::annotation::{Annotation, Body, Draft, DraftId, RecordId, Target};
use crate::app::effect::Change;
use crate::text::sanitise;
use jiff::Timestamp;

/// A note being written.
#[derive(Debug)]
pub struct Editor {
    /// The text.
    pub area: TextArea<'static>,
    /// The annotation as it was, when it is not a new one.
    pub before: Option<Annotation>,
    /// The passage.
    pub target: Target,
    /// Tags and colour; the note is in `area`.
    pub body: Body,
    /// Where the save stands.
    pub saving: Saving,
    /// What was sent to be saved, to know its answer.
    pub sent: Option<Change>,
    /// Whether it goes on with what was not finished.
    pub origin: Origin,
    /// The number under which it is kept on disk while it is not saved.
    pub draft: Option<DraftId>,
}

/// Where the text of an editor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The note as it is, or nothing.
    Begun,
    /// What was not finished.
    Resumed,
}

/// Where the save of a draft stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Not begun.
    No,
    /// Sent; no answer yet.
    Sent,
    /// Failed, for this reason.
    Failed(String),
    /// Not begun, and the note was changed elsewhere meanwhile: how it begins there.
    Changed(String),
    /// Not begun, and the note was deleted elsewhere: saving makes a new one.
    Gone,
}

impl Editor {
    /// Begins with what there is.
    pub fn new(before: Option<Annotation>, target: Target, body: Body) -> Self {
        let mut area = TextArea::new(body.note.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::Word);
        area.set_placeholder_text("Your note…");
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            area,
            before,
            target,
            body,
            saving: Saving::No,
            sent: None,
            origin: Origin::Begun,
            draft: None,
        }
    }

    /// Goes on with what was not finished.
    pub fn resumed(draft: Draft) -> Self {
        Self {
            origin: Origin::Resumed,
            draft: Some(draft.id),
            ..Self::new(draft.before, draft.target, draft.body)
        }
    }

    /// As far as it is written.
    pub fn as_draft(&self, id: DraftId, now: Timestamp) -> Draft {
        Draft {
            id,
            before: self.before.clone(),
            target: self.target.clone(),
            body: Body {
                note: self.note(),
                ..self.body.clone()
            },
            locator: String::new(),
            touched: now,
        }
    }

    /// The note as it stands, sanitised, without blank lines at its end.
    pub fn note(&self) -> String {
        sanitise::lines(self.area.lines().join("\n").trim_end()).into_owned()
    }

    /// Puts another text there, as one step that can be undone.
    pub fn replace(&mut self, text: &str) {
        self.area.select_all();
        self.area.cut();
        self.paste(text.trim_end());
    }

    /// Adds text at the cursor.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(sanitise::lines(
            &text.replace("\r\n", "\n").replace('\r', "\n"),
        ));
    }

    /// Whether there is anything to save.
    pub fn is_changed(&self) -> bool {
        match &self.before {
            Some(before) => before.body.note != self.note(),
            None => !self.note().is_empty(),
        }
    }

    /// What saving it changes.
    pub fn change(&self, now: Timestamp) -> Change {
        let body = Body {
            note: self.note(),
            ..self.body.clone()
        };
        let after = match &self.before {
            Some(before) => Annotation {
                body,
                modified: now,
                ..before.clone()
            },
            None => Annotation {
                id: RecordId(0),
                target: self.target.clone(),
                body,
                created: now,
                modified: now,
            },
        };
        Change::Annotation {
            before: self.before.clone(),
            after: Some(after),
        }
    }
}
