use std::borrow::Cow;
use std::collections::HashMap;

use super::diff;
use super::fold::fold_str;

/// The share of words that two texts have in common, in the same order: 0 to 1, counted in the words of the longer one.
///
/// Typography and white space count for nothing. Texts that have too few words in common in any order are not compared word by word.
pub fn overlap(then: &str, now: &str, least: f32) -> f32 {
    let mut names: HashMap<Cow<'_, str>, u32> = HashMap::new();
    let (then, now) = (ids(then, &mut names), ids(now, &mut names));
    let longer = then.len().max(now.len());
    if longer == 0 {
        return 0.0;
    }
    let share = |n: usize| n as f32 / longer as f32;
    let mut left = vec![0_u32; names.len()];
    for id in &then {
        if let Some(n) = left.get_mut(*id as usize) {
            *n += 1;
        }
    }
    let n_alike = now
        .iter()
        .filter(|id| match left.get_mut(**id as usize) {
            Some(n) if *n > 0 => {
                *n -= 1;
                true
            }
            _ => false,
        })
        .count();
    if share(n_alike) < least {
        return 0.0;
    }
    share(diff::matches(&then, &now).into_iter().flatten().count())
}

fn ids<'a>(text: &'a str, names: &mut HashMap<Cow<'a, str>, u32>) -> Vec<u32> {
    text.split_whitespace()
        .map(|word| {
            let next = names.len() as u32;
            *names.entry(fold_str(word).into()).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(then: &str, now: &str, tenths: f32) {
        let found = overlap(then, now, 0.6);
        assert!((found * 10.0 - tenths).abs() < 0.01, "{found}");
    }

    #[test]
    fn words_count_in_their_order() {
        let text = "a b c d e f g h i j";
        check(text, text, 10.0);
        check(text, "a b c d x f g h i j", 9.0);
        check(text, "a b c d\n“e”  f g h", 7.0);
        check(text, "a b c", 0.0);
        check(text, "f g h i j a b c d e", 5.0);
        check("", "", 0.0);
    }
}
