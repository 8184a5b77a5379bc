//! The sample library: the documents of `seeds/`, carried in the binary.

/// One sample document: its file name and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// The name of the file in `seeds/`.
    pub name: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

/// What begins the locator of a sample document.
pub const SCHEME: &str = "sample:";

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        /// All sample documents, in the order of their names.
        pub const SAMPLES: &[Sample] = &[$(Sample { name: $name, bytes: include_bytes!(concat!("../../seeds/", $name)) },)*];
    };
}

samples![
    "00-welcome.md",
    "01-joint-statement.md",
    "02-editorial.md",
    "03-brief-seoul.txt",
    "04-brief-new-york.txt",
    "05-blog.md",
    "06-later-statement.md",
    "07-brief-tokyo.txt",
    "08-undated.txt",
    "09-week-in-brief.txt",
    "10-press-briefing.md",
    "11-declaration.md",
    "12-background.md"
];

/// The sample at a locator.
pub fn at_locator(locator: &str) -> Option<&'static Sample> {
    let name = locator.strip_prefix(SCHEME)?;
    SAMPLES.iter().find(|sample| sample.name == name)
}
