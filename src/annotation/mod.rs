//! What the reader adds to a text: highlights, notes, tags and bookmarks, and how they find their words again.
//!
//! In: an annotation's [`Target`], the text it was made on where that was kept, and the present text. Out: an [`Anchor`] that says whether
//! its words still stand there, moved, changed or are gone. Never silently other words: what is not certain is `Ambiguous` or `Probable`, what is not there
//! is `Lost`. Selectors follow the W3C Web Annotation model (`TextQuoteSelector`, `TextPositionSelector`). No I/O, no clock.

mod align;
mod anchor;
mod anchoring;
mod approximate;
mod body;
mod bookmark;
mod candidates;
mod decision;
mod diff;
mod draft;
mod elsewhere;
mod fold;
mod laid;
mod link;
mod overlap;
mod resemblance;
mod rivals;
mod sentence;
mod stretch;
mod support;
mod tag;
mod target;
mod travel;
mod wording;
mod words;

pub use align::Alignment;
pub use anchor::{anchor, anchor_aligned, glance, in_same_text, locate, locate_aligned};
pub use anchoring::{Anchor, Anchoring, Method};
pub use approximate::{Likeness, approximate, distance};
pub use body::{Annotation, Body, Colour};
pub use bookmark::{Bookmark, BookmarkName};
pub use decision::Decision;
pub use draft::{Draft, DraftId};
pub use link::{Link, LinkKind};
pub use overlap::overlap;
pub use tag::{Control, Tag};
pub use target::{RecordId, Target, TextQuote};
pub use travel::{Origin, Signed, Uid};
pub use wording::{Wording, wording};
