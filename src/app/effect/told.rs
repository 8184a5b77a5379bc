//! What the status line says of a change once it was saved.

use super::{Cause, Change};
use crate::annotation::{self, Annotation, Tag};
use crate::language::entities::EntityType;
use crate::library::entities::Decision;

impl Change {
    /// What the status line says once it was saved.
    pub fn told(&self, cause: Cause) -> String {
        let thing = |note: &Annotation| {
            if note.body.note.is_empty() {
                "highlight"
            } else {
                "note"
            }
        };
        let (what, how) = match self {
            Self::Annotation {
                before: None,
                after: Some(note),
            } => (thing(note), "added"),
            Self::Annotation {
                before: Some(note),
                after: None,
            } => (thing(note), "deleted"),
            Self::Annotation {
                after: Some(note), ..
            } => (thing(note), "changed"),
            Self::Annotation {
                before: None,
                after: None,
            } => ("nothing", "changed"),
            Self::Bookmark { after: None, .. } => ("bookmark", "deleted"),
            Self::Bookmark { .. } => ("bookmark", "set"),
            Self::Meta { before, after, .. } => {
                let what = if before.published != after.published {
                    "publication date"
                } else if before.title != after.title {
                    "title"
                } else if before.publisher != after.publisher {
                    "publisher"
                } else {
                    "meaning of the date"
                };
                (what, "set")
            }
            Self::Entity { before, after } => {
                return told_of_entity(before.as_ref(), after.as_ref(), cause);
            }
            Self::Place { after, .. } => return told_of_place(*after, cause),
            Self::Link { after: None, .. } => ("link", "deleted"),
            Self::Link { .. } => ("link", "set"),
            Self::Tag { before, after } => {
                return told_of_tag(before.as_ref(), after.as_ref(), cause);
            }
        };
        let back = match how {
            "added" => "is back",
            "deleted" => "is gone",
            _ => "is as it was",
        };
        match cause {
            Cause::Edit => format!("Saved · {what} {how}"),
            Cause::Undo => format!("Undone · the {what} {back}"),
            Cause::Redo => format!("Redone · {what} {how}"),
        }
    }
}

/// What the status line says of a tag: what it is now, also when that was taken back.
fn told_of_tag(before: Option<&Tag>, after: Option<&Tag>, cause: Cause) -> String {
    let name = before.or(after).map_or("", |tag| &tag.name);
    let (was, is) = [before, after]
        .map(|tag| tag.cloned().unwrap_or_else(|| Tag::plain(name)))
        .into();
    let done = if was.control != is.control {
        format!("{name} is {} now", is.control.as_str())
    } else if is.description.is_empty() {
        format!("{name} has no description now")
    } else {
        format!("{name} is described")
    };
    match cause {
        Cause::Edit => format!("Saved · {done}"),
        Cause::Undo => format!("Undone · {done}"),
        Cause::Redo => format!("Redone · {done}"),
    }
}

/// What the status line says of a decision about a place.
fn told_of_place(decision: annotation::Decision, cause: Cause) -> String {
    let done = match decision {
        annotation::Decision::Confirm(_) => "the note stands there",
        annotation::Decision::Pick(_) => "the note stands at that place",
        annotation::Decision::Reject => "the note is lost in this text",
        annotation::Decision::Withdraw => "the note needs a decision again",
    };
    match cause {
        Cause::Edit => format!("Saved · {done}"),
        Cause::Undo => format!("Undone · {done}"),
        Cause::Redo => format!("Redone · {done}"),
    }
}

/// What the status line says of a decision about an entity.
fn told_of_entity(before: Option<&Decision>, after: Option<&Decision>, cause: Cause) -> String {
    let done = match (after, before) {
        (Some(Decision::Merge { .. }), _) => "the two are one now".to_owned(),
        (Some(Decision::Split { .. }), _) => "it stands alone now".to_owned(),
        (Some(Decision::Distinct { .. }), _) => "the two stay apart".to_owned(),
        (Some(Decision::Part { .. }), _) => "in that document it is another now".to_owned(),
        (Some(Decision::PartSpelling { written, doc, .. }), _) => match doc {
            Some(_) => format!("“{written}” in that document is another now"),
            None => format!("“{written}” is another now"),
        },
        (Some(Decision::Rename { name, .. }), _) => format!("it is called {name} now"),
        (Some(Decision::Retype { kind, .. }), _) => match kind {
            EntityType::Person => "it is a person now".to_owned(),
            EntityType::Org => "it is an organisation now".to_owned(),
            EntityType::Place => "it is a place now".to_owned(),
        },
        (Some(Decision::Hide { .. }), _) => "it is hidden, not marked any more".to_owned(),
        (None, Some(Decision::Merge { .. })) => "the two are apart again".to_owned(),
        (None, Some(Decision::Split { .. })) => "it is with its like again".to_owned(),
        (None, Some(Decision::Distinct { .. })) => "the two may be one again".to_owned(),
        (None, Some(Decision::PartSpelling { written, .. })) => {
            format!("“{written}” is with the others again")
        }
        (None, Some(Decision::Part { .. })) => "it is one over the documents again".to_owned(),
        (None, Some(Decision::Rename { .. })) => "it has its old name".to_owned(),
        (None, Some(Decision::Retype { .. })) => "it is what it was".to_owned(),
        (None, Some(Decision::Hide { .. })) => "it is shown again".to_owned(),
        (None, None) => "nothing had to be changed".to_owned(),
    };
    match cause {
        Cause::Edit => format!("Saved · {done}"),
        Cause::Undo => format!("Undone · {done}"),
        Cause::Redo => format!("Redone · {done}"),
    }
}
