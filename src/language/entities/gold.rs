//! Scores against marked documents, where they are at hand.

use super::*;
use crate::language::sentence::sentences;
use crate::text::Offsets;
use std::path::Path;

#[test]
fn names_in_marked_documents_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/docs");
    let Ok(gold) = std::fs::read_to_string(folder.join("gold.json")) else {
        eprintln!("no marked documents at hand: skipped");
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let (mut right, mut linked, mut found, mut wanted) = (0, 0, 0, 0);
    let mut pairs = Vec::new();
    for (name, marked) in gold.as_object().unwrap() {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let document = crate::language::sample::document(&text);
        let offsets = Offsets::new(&text);
        let layer = mentions(&document, &sentences(&document));
        found += layer.len();
        for entity in marked["entities"].as_array().unwrap() {
            if !matches!(entity["type"].as_str(), Some("PERSON" | "ORG" | "PLACE")) {
                continue;
            }
            wanted += 1;
            let byte =
                |key: &str| offsets.byte_of_code_point(&text, entity[key].as_u64().unwrap() as u32);
            let range = TextRange::new(byte("start"), byte("end"));
            match layer.iter().find(|(found, _)| *found == range) {
                Some((_, mention)) => {
                    right += 1;
                    let gold = entity["canonical"].as_str().unwrap().to_owned();
                    pairs.push((gold, mention.entity.as_str().to_owned()));
                    linked += usize::from(entity["canonical"] == mention.entity.as_str());
                }
                None => println!("missed in {name}: {}", range.of_text(&text)),
            }
        }
    }
    let linking = b_cubed(&pairs);
    println!("linking B-cubed F1 {linking:.3}");
    assert!(linking >= 0.97, "{linking}");
    println!("{right} of {wanted} found, {linked} linked, {found} mentions in all");
    assert!(right * 100 >= wanted * 92, "{right} of {wanted}");
    assert!(linked * 100 >= wanted * 85, "{linked} of {wanted}");
    assert!(found * 100 <= wanted * 115, "{found} for {wanted}");
}

/// Agreement of two groupings of the same mentions, each given by its group in the gold and in what was found (Bagga and Baldwin 1998).
fn b_cubed(pairs: &[(String, String)]) -> f64 {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (gold, found) in pairs {
        let both = pairs
            .iter()
            .filter(|pair| pair.0 == *gold && pair.1 == *found)
            .count() as f64;
        precision += both / pairs.iter().filter(|pair| pair.1 == *found).count() as f64;
        recall += both / pairs.iter().filter(|pair| pair.0 == *gold).count() as f64;
    }
    2.0 * precision * recall / (precision + recall) / pairs.len() as f64
}
