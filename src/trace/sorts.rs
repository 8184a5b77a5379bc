//! Sorts of English words by which a change is weighed: of dates, numbers, modals, negations, conditions, quantities, units. In lower case.

/// The months in order.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A weekday, a month (but "may"), a year, or a day told from today.
pub(super) fn is_date(word: &str) -> bool {
    let year = word.len() == 4
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(word.get(..2), Some("18" | "19" | "20"));
    // "May" is more often a modal.
    let month = word != "may" && MONTHS.contains(&word);
    year || month || WEEKDAYS.contains(&word) || matches!(word, "yesterday" | "today" | "tomorrow")
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || matches!(
            word,
            "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "eleven"
                | "twelve"
                | "twenty"
                | "thirty"
                | "forty"
                | "fifty"
                | "sixty"
                | "seventy"
                | "eighty"
                | "ninety"
                | "hundred"
                | "hundreds"
                | "thousand"
                | "thousands"
                | "million"
                | "millions"
                | "billion"
                | "billions"
                | "trillion"
                | "half"
                | "third"
                | "quarter"
                | "double"
                | "dozen"
                | "dozens"
                | "percent"
                | "percentage"
        )
}

pub(super) fn is_modal(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "would"
            | "shall"
            | "should"
            | "may"
            | "might"
            | "must"
            | "can"
            | "could"
            | "ought"
    )
}

pub(super) fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "none"
            | "neither"
            | "nor"
            | "without"
            | "nothing"
            | "nobody"
            | "cannot"
            | "hardly"
    ) || word.ends_with("n't")
        || word.ends_with("n’t")
}

pub(super) fn is_condition(word: &str) -> bool {
    matches!(
        word,
        "unless"
            | "if"
            | "until"
            | "till"
            | "except"
            | "only"
            | "provided"
            | "once"
            | "whether"
            | "after"
            | "before"
    )
}

pub(super) fn is_quantifier(word: &str) -> bool {
    matches!(
        word,
        "any"
            | "every"
            | "each"
            | "all"
            | "some"
            | "most"
            | "many"
            | "few"
            | "several"
            | "both"
            | "either"
            | "always"
            | "often"
            | "sometimes"
            | "more"
            | "less"
            | "fewer"
    )
}

pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "mile"
            | "miles"
            | "kilometre"
            | "kilometres"
            | "kilometer"
            | "kilometers"
            | "metre"
            | "metres"
            | "meter"
            | "meters"
            | "feet"
            | "yards"
            | "acres"
            | "hectares"
            | "ton"
            | "tons"
            | "tonne"
            | "tonnes"
            | "pounds"
            | "kilos"
            | "kilograms"
            | "barrels"
            | "euro"
            | "euros"
            | "dollar"
            | "dollars"
            | "roubles"
            | "rubles"
            | "yen"
            | "won"
            | "yuan"
            | "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
    )
}
