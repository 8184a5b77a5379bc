use std::fmt;

/// Something an import did that the reader should know of; the text is readable all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Bytes that mean nothing in the document's encoding were replaced by U+FFFD.
    Undecodable {
        /// How many places.
        places: u64,
        /// The encoding they were read in.
        encoding: &'static str,
    },
    /// The encoding is stated nowhere and was guessed from the bytes.
    EncodingGuessed {
        /// The guess, as the WHATWG Encoding Standard names it.
        encoding: &'static str,
    },
    /// The front matter could not be read.
    FrontMatter {
        /// Line in the file, from 1.
        line: u64,
        /// What the parser says, one sanitised line.
        reason: String,
    },
    /// A field of the front matter was not understood.
    Field {
        /// Its name.
        field: &'static str,
        /// Its value, one sanitised line.
        value: String,
    },
    /// NUL bytes were taken out of otherwise good text.
    Nuls {
        /// How many.
        count: u64,
    },
    /// Escape sequences, controls and characters that hide text were taken out.
    Controls {
        /// How many.
        count: u64,
    },
    /// The text reached 4 GiB and ends there.
    Truncated {
        /// Bytes left out.
        bytes: u64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable { places, encoding } => {
                let are = counted(*places, "place is", "places are");
                write!(
                    f,
                    "{are} not valid {encoding}, shown as U+FFFD; the file is unchanged"
                )
            }
            Self::EncodingGuessed { encoding } => {
                write!(
                    f,
                    "the encoding is not stated; read as {encoding}, save the file as UTF-8 if letters look wrong"
                )
            }
            Self::FrontMatter { line, reason } => {
                write!(
                    f,
                    "line {line}: the front matter cannot be read ({reason}); its fields are ignored, set them with `:date` and `:title`"
                )
            }
            Self::Field { field, value } => {
                write!(
                    f,
                    "front matter: `{value}` is no {field}; the field is ignored"
                )
            }
            Self::Nuls { count } => {
                let are = counted(*count, "NUL byte is", "NUL bytes are");
                write!(f, "{are} left out of the text")
            }
            Self::Controls { count } => {
                let are = counted(
                    *count,
                    "control character or escape sequence is",
                    "control characters or escape sequences are",
                );
                write!(f, "{are} left out of the text")
            }
            Self::Truncated { bytes } => {
                let are = counted(*bytes, "byte is", "bytes are");
                write!(
                    f,
                    "the text is cut at 4 GiB; {are} not shown, split the file to read them"
                )
            }
        }
    }
}

/// How many, with the words for one and for any other number.
fn counted(n: u64, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// They begin as a known file format does.
    Format(
        /// Its name.
        &'static str,
    ),
    /// Too many of them are controls, or NULs in no pattern of UTF-16.
    Binary,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(name) => write!(
                f,
                "this is a {name}, not text; save it as plain text or Markdown first"
            ),
            Self::Binary => f.write_str(
                "this is not text: too many control bytes; save it as plain text or Markdown first",
            ),
        }
    }
}
