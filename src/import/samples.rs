//! The sample documents that may lie beside the project: right titles and dates, and nothing dated that is not.

use std::path::PathBuf;

use super::*;

/// The files of a folder in order; none where the samples are absent.
fn files(folder: &str) -> Vec<(String, Document)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(folder);
    if !root.exists() {
        eprintln!("skipped: {} is absent", root.display());
        return Vec::new();
    }
    walk(&[root])
        .filter_map(|entry| match entry {
            Entry::Found(found) => Some(found.path),
            Entry::Problem(_) | Entry::Other => None,
        })
        .map(|path| {
            let Import::Document(imported) =
                import(&path.to_string_lossy(), &std::fs::read(&path).unwrap())
            else {
                panic!("{} was skipped", path.display())
            };
            assert_eq!(
                imported
                    .warnings
                    .iter()
                    .filter(|warning| !matches!(warning, Warning::Controls { .. }))
                    .count(),
                0
            );
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                imported.document,
            )
        })
        .collect()
}

#[test]
fn exactly_two_seeds_are_dated_and_three_have_a_title() {
    for (name, document) in files("seeds") {
        let dated = document
            .meta
            .published
            .as_ref()
            .map(|published| (published.date.as_str(), published.from));
        let (date, titled) = match name.get(..3) {
            Some("000" | "002") => (None, false),
            Some("001") => (None, true),
            Some("003") => (Some(("2023-10-30", PublishedFrom::Byline)), true),
            Some("004") => (Some(("2024-01-16", PublishedFrom::Dateline)), true),
            _ => continue,
        };
        assert_eq!(
            (dated, document.meta.title_at.is_some()),
            (date, titled),
            "{name}"
        );
        let opening = document.title().ends_with('…');
        assert_eq!(opening, !titled, "{name}: {}", document.title());
        assert_eq!(document.meta.language.as_deref(), Some("en"), "{name}");
    }
}

#[test]
fn seeds_fall_into_the_paragraphs_a_reader_sees() {
    let counts: Vec<_> = files("seeds")
        .iter()
        .map(|(name, document)| (name.get(..3).unwrap().to_owned(), document.blocks.len()))
        .collect();
    if !counts.is_empty() {
        let expected = [("000", 8), ("001", 8), ("002", 7), ("003", 9), ("004", 15)];
        assert_eq!(
            counts,
            expected.map(|(name, count)| (name.to_owned(), count))
        );
    }
}

#[test]
fn the_documents_have_the_titles_of_their_index() {
    let index = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/docs/index.json");
    let Ok(index) = std::fs::read(index) else {
        eprintln!("skipped: the index is absent");
        return;
    };
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let documents = files("docs");
    for entry in index.as_array().unwrap() {
        let field = |name: &str| {
            entry
                .get(name)
                .and_then(serde_json::Value::as_str)
                .unwrap()
                .to_owned()
        };
        let (_, document) = documents
            .iter()
            .find(|(name, _)| *name == field("file"))
            .unwrap();
        assert_eq!(
            document.title(),
            title::one_line(&field("title")),
            "{}",
            field("file")
        );
        assert_eq!(
            document.meta.language.as_deref(),
            Some(&*field("lang")),
            "{}",
            field("file")
        );
        assert_eq!(
            document.meta.kind.as_str(),
            field("genre"),
            "{}",
            field("file")
        );
        assert_eq!(document.meta.published, None, "{}", field("file"));
    }
}
