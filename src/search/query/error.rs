use std::fmt;

use crate::document::EdtfError;

/// Why a filter cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterError {
    /// A key that there is not.
    UnknownKey {
        /// As written.
        key: String,
    },
    /// A key without a value.
    NoValue {
        /// The key.
        key: &'static str,
    },
    /// A quotation mark that is never closed.
    OpenQuote,
    /// A value of `in:` that is no kind of document.
    NoKind {
        /// As written.
        value: String,
    },
    /// A value of `colour:` that is no colour.
    NoColour {
        /// As written.
        value: String,
    },
    /// A value of `status:` that is none.
    NoStatus {
        /// As written.
        value: String,
    },
    /// A value of a date key that is no date, or has no beginning or end that the key could count from.
    NoDate {
        /// The key.
        key: &'static str,
        /// As written.
        value: String,
        /// What is wrong with it, if it is no date at all.
        cause: Option<EdtfError>,
    },
    /// More parts than anybody types.
    TooMany,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { key } => write!(
                f,
                "`{key}:` is not a key; use one of {}, or put quotation marks around words with a colon",
                super::parse::key_names()
            ),
            Self::NoValue { key } => {
                write!(f, "`{key}:` has no value; write one right after the colon")
            }
            Self::OpenQuote => f.write_str("a quotation mark is open; close it with `\"`"),
            Self::NoKind { value } => write!(
                f,
                "`{value}` is not a kind of document; use one of {}",
                super::parse::KINDS
                    .map(crate::document::DocKind::as_str)
                    .join(", ")
            ),
            Self::NoColour { value } => write!(
                f,
                "`{value}` is not a colour; use one of {}",
                super::parse::COLOURS.join(", ")
            ),
            Self::NoDate {
                key,
                cause: Some(cause),
                ..
            } => write!(f, "`{key}:` needs a date; {cause}"),
            Self::NoDate {
                key,
                value,
                cause: None,
            } => write!(
                f,
                "`{key}:{value}` has no day to count from: that end of it is open; write a date with both ends"
            ),
            Self::NoStatus { value } => write!(
                f,
                "`{value}` is not where a note's words may stand; after `status:` use {}",
                super::parse::STATUSES.join(", ")
            ),
            Self::TooMany => write!(
                f,
                "the filter has more than {} parts; leave some out",
                super::parse::MOST_PARTS
            ),
        }
    }
}

impl std::error::Error for FilterError {}
