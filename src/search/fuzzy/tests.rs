use proptest::prelude::*;

use super::*;

fn search(texts: &[&str], query: &str) -> Vec<u32> {
    let candidates: Candidates = texts.iter().copied().collect();
    found(&mut Matcher::new(), &candidates, query)
}

fn found(matcher: &mut Matcher, candidates: &Candidates, query: &str) -> Vec<u32> {
    let all = candidates.len();
    let all_matches = matcher
        .search(candidates, &Query::parse(query), all, Scope::default())
        .unwrap();
    assert_eq!(all_matches.total, all_matches.best.len());
    all_matches.best.iter().map(|found| found.index).collect()
}

fn best<'a>(query: &str, texts: &[&'a str]) -> &'a str {
    search(texts, query)
        .first()
        .map_or("", |i| texts[*i as usize])
}

fn matches(query: &str, text: &str) -> bool {
    !search(&[text], query).is_empty()
}

/// The text with what is marked in brackets.
fn marked(query: &str, text: &str) -> String {
    let mut out = text.to_owned();
    for range in highlight(text, &Query::parse(query)).iter().rev() {
        out.insert(range.end as usize, ']');
        out.insert(range.start as usize, '[');
    }
    out
}

#[test]
fn whole_words_and_runs_come_first() {
    for (query, texts, first) in [
        (
            "rate",
            &["r a t e d", "bank rate rise"][..],
            "bank rate rise",
        ),
        ("rate", &["r a t e d", "prates"], "prates"),
        ("rate", &["separate talks", "rates rise"], "rates rise"),
        ("rate", &["rated hotels", "bank rate"], "bank rate"),
        (
            "jst",
            &["just a stop", "joint statement text"],
            "joint statement text",
        ),
        ("fm", &["of men", "fm", "foreign ministry"], "fm"),
        ("pc", &["upcoming", "press-conference"], "press-conference"),
        ("ca", &["vacant", "ClimateAccord"], "ClimateAccord"),
        ("accord", &["accord on trade", "accord"], "accord"),
        ("accord", &["an accord b", "an accord a"], "an accord b"),
    ] {
        assert_eq!(best(query, texts), first, "{query}");
    }
}

#[test]
fn terms_match_in_any_order_and_all_of_them() {
    assert!(matches("accord climate", "climate accord"));
    assert!(!matches("accord trade", "climate accord"));
    assert!(matches("  ", "anything"));
}

#[test]
fn case_matters_only_when_a_capital_is_typed() {
    assert!(matches("us", "talks with us"));
    assert!(matches("us", "talks with the US"));
    assert!(matches("US", "talks with the US"));
    assert!(!matches("US", "talks with us"));
    assert!(!matches("Us", "talks with the US"));
    assert!(matches("US talks", "TALKS WITH THE US"));
    assert!(matches("Ł", "Łódź") && !matches("Ł", "mała"));
}

#[test]
fn accents_never_matter() {
    for (query, text) in [
        ("sao paulo", "São Paulo"),
        ("São", "Sao Paulo"),
        ("lodz", "Łódź"),
        ("oresund", "Øresund"),
        ("strasse", "Straße"),
        ("izmir", "İzmir"),
        ("'etat", "l'e\u{301}tat"),
        ("don't", "They don’t agree"),
        ("正常化", "日中国交正常化"),
        ("йорк", "Нью-Йорк"),
    ] {
        assert!(matches(query, text), "{query} in {text}");
    }
}

#[test]
fn signs_say_how_a_term_must_stand() {
    for (query, text, expected) in [
        ("'rate", "corporate", true),
        ("'rate", "r a t e", false),
        ("^rate", "rates rise", true),
        ("^rate", "bank rate", false),
        ("rate$", "bank rate", true),
        ("rate$", "rates", false),
        ("^rate$", "Rate", true),
        ("^rate$", "rates", false),
        ("!rate", "bank rate", false),
        ("!rate", "r a t e", true),
        ("!^bank", "bank rate", false),
        ("!^bank", "the bank", true),
        ("!rate$", "bank rate", false),
        ("!rate$", "rates", true),
        ("'bank\\ rate", "the bank rate", true),
        ("'bank\\ rate", "bank of rate", false),
        ("!", "anything", true),
        ("^ ' $", "anything", true),
    ] {
        assert_eq!(matches(query, text), expected, "{query} in {text}");
    }
}

#[test]
fn what_matched_is_marked() {
    for (query, text, expected) in [
        ("rate", "corporate bank rate", "corporate bank [rate]"),
        ("sao paulo", "In São Paulo", "In [São] [Paulo]"),
        ("'etat", "l'e\u{301}tat", "l'[e\u{301}tat]"),
        ("strasse", "Straße", "[Straße]"),
        ("stras", "Straße", "[Straß]e"),
        ("cfr", "Call for restraint", "[C]all [f]or [r]estraint"),
        ("cA", "climate of Accord", "[c]limate of [A]ccord"),
        ("CA", "climate ClimateAccord", "climate [C]limate[A]ccord"),
        ("oru", "Łódź, Öresund", "Łódź, [Ör]es[u]nd"),
        ("rate$ !trade", "rates, rate", "rates, [rate]"),
        ("!rate", "none", "none"),
        ("x", "none", "none"),
        ("ab abc", "xabcd", "x[abc]d"),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn priors_and_filters_decide_beside_the_query() {
    let candidates: Candidates = ["one rate", "two rate", "six rate"].into_iter().collect();
    let pick = |query: &str, scope: Scope<'_>| {
        let found = Matcher::new()
            .search(&candidates, &Query::parse(query), 2, scope)
            .unwrap();
        (
            found.total,
            found
                .best
                .iter()
                .map(|found| found.index)
                .collect::<Vec<_>>(),
        )
    };
    let prior = |index: u32| if index == 2 { 5 } else { 0 };
    let recent = Scope {
        prior: Some(&prior),
        ..Scope::default()
    };
    assert_eq!(pick("rate", recent), (3, vec![2, 0]));
    assert_eq!(pick("", recent), (3, vec![2, 0]));
    let keep = |index: u32| index != 0;
    let kind = Scope {
        keep: Some(&keep),
        ..Scope::default()
    };
    assert_eq!(pick("rate", kind), (2, vec![1, 2]));
}

#[test]
fn a_cancelled_search_gives_nothing_and_forgets_nothing() {
    let candidates: Candidates = ["rate", "ratio", "none"].into_iter().collect();
    let mut matcher = Matcher::new();
    assert_eq!(found(&mut matcher, &candidates, "ra"), [0, 1]);
    let stop = || true;
    let scope = Scope {
        cancelled: Some(&stop),
        ..Scope::default()
    };
    assert_eq!(
        matcher.search(&candidates, &Query::parse("rat"), 9, scope),
        None
    );
    assert_eq!(found(&mut matcher, &candidates, "rat"), [0, 1]);
}

#[test]
fn candidates_that_came_later_and_other_sets_are_seen() {
    let mut candidates: Candidates = ["rate", "none"].into_iter().collect();
    let mut matcher = Matcher::new();
    assert_eq!(found(&mut matcher, &candidates, "ra"), [0]);
    candidates.push("rating");
    assert_eq!(found(&mut matcher, &candidates, "rat"), [0, 2]);
    let other: Candidates = ["none", "the rating"].into_iter().collect();
    assert_eq!(found(&mut matcher, &other, "rati"), [1]);
}

#[test]
fn texts_of_any_size_are_held() {
    let long = "ab ".repeat(50_000);
    let mut candidates = Candidates::new();
    candidates.push(&long);
    candidates.push("");
    assert_eq!(found(&mut Matcher::new(), &candidates, "abab"), [0]);
    assert_eq!(found(&mut Matcher::new(), &candidates, "").len(), 2);
    assert_eq!(highlight(&long, &Query::parse("bb")).len(), 2);
}

#[test]
fn a_large_set_shared_out_ranks_as_a_small_one() {
    let texts: Vec<String> = (0..70_000_u32)
        .map(|n| format!("{} rate {}", n.wrapping_mul(2_654_435_761) % 9_973, n % 7))
        .collect();
    let candidates: Candidates = texts.iter().map(String::as_str).collect();
    let query = Query::parse("12 rate");
    let best = |k| {
        Matcher::new()
            .search(&candidates, &query, k, Scope::default())
            .unwrap()
    };
    let (few, all) = (best(25), best(texts.len()));
    assert_eq!(few.total, all.total);
    assert_eq!(few.best, all.best[..25]);
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[abAéßŁ \u{301}한/-]{0,12}", 0..12)
}

/// What is typed key by key.
fn typed() -> impl Strategy<Value = String> {
    "[abAésŁ '^$!한]{0,7}"
}

proptest! {
    #[test]
    fn narrowing_gives_what_a_search_from_scratch_gives(texts in texts(), typed in typed()) {
        let candidates: Candidates = texts.iter().map(String::as_str).collect();
        let mut matcher = Matcher::new();
        let mut query = String::new();
        for c in typed.chars() {
            query.push(c);
            prop_assert_eq!(found(&mut matcher, &candidates, &query), found(&mut Matcher::new(), &candidates, &query), "{}", query);
        }
    }

    #[test]
    fn the_best_k_are_the_first_of_all(texts in texts(), typed in typed(), k in 0_usize..5) {
        let candidates: Candidates = texts.iter().map(String::as_str).collect();
        let query = Query::parse(&typed);
        let best = |k| Matcher::new().search(&candidates, &query, k, Scope::default()).unwrap();
        let (few, all) = (best(k), best(texts.len()));
        prop_assert_eq!(few.total, all.total);
        prop_assert_eq!(&few.best[..], &all.best[..k.min(all.best.len())]);
    }

    #[test]
    fn a_score_depends_on_query_and_text_alone(texts in texts(), typed in typed()) {
        let candidates: Candidates = texts.iter().map(String::as_str).collect();
        let query = Query::parse(&typed);
        let together = Matcher::new().search(&candidates, &query, 99, Scope::default()).unwrap();
        for found in together.best {
            let alone: Candidates = [texts[found.index as usize].as_str()].into_iter().collect();
            let alone = Matcher::new().search(&alone, &query, 1, Scope::default()).unwrap();
            prop_assert_eq!(alone.best[0].score, found.score);
        }
    }

    #[test]
    fn marks_are_whole_characters_in_order(text in "[abAéßŁ \u{301}한ﬁ/🇺🇳-]{0,16}", typed in typed()) {
        let ranges = highlight(&text, &Query::parse(&typed));
        for range in &ranges {
            prop_assert!(text.get(range.bytes()).is_some_and(|part| !part.is_empty()));
        }
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        prop_assert!(matches(&typed, &text) || ranges.is_empty());
    }
}
