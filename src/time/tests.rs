//! Dates in running text: one line per way to say one, and what must hold for any text.

use proptest::prelude::*;

use super::{Timex, TimexKind, timexes, work};
use crate::document::Edtf;
use crate::text::{Layer, TextRange};

fn found(text: &str, published: Option<&str>) -> Vec<(TextRange, Timex)> {
    let published = published.map(|day| day.parse::<Edtf>().unwrap());
    timexes(text, &Layer::default(), published.as_ref()).into_items()
}

/// `marked` holds each expression as `[text=value]`; published on Thursday, 18 January 2024.
#[track_caller]
pub(super) fn check(marked: &str) {
    check_on(Some("2024-01-18"), marked);
}

#[track_caller]
fn check_on(published: Option<&str>, marked: &str) {
    let mut text = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').expect("a closing bracket");
        text.push_str(before);
        text.push_str(inside.split_once('=').expect("a value").0);
        rest = after;
    }
    text.push_str(rest);
    let mut shown = String::new();
    let mut at = 0;
    for (range, timex) in found(&text, published) {
        shown.push_str(text.get(at..range.start as usize).unwrap());
        shown.extend(["[", range.of_text(&text), "=", &timex.value, "]"]);
        at = range.end as usize;
    }
    shown.push_str(text.get(at..).unwrap());
    assert_eq!(shown, marked);
}

/// First and last day of the only expression in the text.
#[track_caller]
fn days(text: &str) -> String {
    let all = found(text, Some("2024-01-18"));
    let interval = all.first().and_then(|(_, timex)| timex.interval);
    interval.map_or("none".to_owned(), |interval| {
        format!(
            "{} {}",
            interval.earliest.unwrap(),
            interval.latest.unwrap()
        )
    })
}

#[test]
fn full_dates_in_every_common_format() {
    check("Signed on [5 May 2024=2024-05-05] in Kyiv, in force from [1 July 2024=2024-07-01].");
    check(
        "[Oct. 3, 2019=2019-10-03], [the 3rd of May, 2019=2019-05-03], [2021-06-14=2021-06-14] and [16.01.2024=2024-01-16].",
    );
    check("On [JULY 11, 2022=2022-07-11] and on [8-May-2006=2006-05-08].");
    check("It fell in [146 BC=BC0146].");
}

#[test]
fn a_date_without_a_year_takes_the_nearest_that_the_verbs_allow() {
    check("They signed it on [December 28=2023-12-28] and will meet on [June 24=2024-06-24].");
    check_on(None, "They will meet on [June 24=XXXX-06-24].");
    check("The conference ran from [May 3=2023-05-03] to [May 5, 2023=2023-05-05].");
    check("He came on [January 16=2024-01-16] and [17=2024-01-17].");
}

#[test]
fn weekdays_and_units_lean_on_the_day_of_publication() {
    check("He said on [Thursday=2024-01-18] that talks broke down on [Tuesday=2024-01-16].");
    check("They met [last week=2024-W02], two fell ill [yesterday=2024-01-17].");
    check("It was signed [two weeks ago=2024-01-04], not [three years ago=2021].");
}

#[test]
fn the_text_itself_is_an_anchor() {
    check("It failed on [March 10, 2023=2023-03-10]. [Two days later=2023-03-12] it closed.");
    check("He took office in [2019=2019] and left [the following year=2020].");
    check(
        "She left on [March 10, 2023=2023-03-10]; [the previous day=2023-03-09] she had denied it.",
    );
}

#[test]
fn parts_of_months_and_years_have_their_days() {
    assert_eq!(days("He came in mid-October."), "2023-10-11 2023-10-20");
    assert_eq!(days("It was late last year."), "2023-10-01 2023-12-31");
    assert_eq!(
        days("It was revised early this year."),
        "2024-01-01 2024-01-18"
    );
    assert_eq!(
        days("We met at last summer's summit."),
        "2023-06-01 2023-08-31"
    );
    assert_eq!(
        days("Over the past three years it rose."),
        "2021-01-18 2024-01-18"
    );
}

#[test]
fn words_that_only_look_like_time_are_left_alone() {
    for text in [
        "Prime Minister May and Ms. April Jones may march with 2000 troops under Resolution 1325.",
        "The second vessel, with 1,914 tons of fuel and 24/7 radar, belongs to the 5th Fleet.",
        "August Wilson sat in Room 2019; the Sun reported a minute amount of spring water.",
        "The Boeing 737 and the F-16 flew at 1800 feet, some 10-12 miles apart, costing $2,023.",
    ] {
        check(text);
    }
}

#[test]
fn a_close_second_reading_is_kept() {
    let all = found("They are in Cairo on Monday.", Some("2024-01-18"));
    let (_, timex) = all.first().unwrap();
    let other = timex.alternative.as_ref().unwrap();
    let both = [&*timex.value, &*other.value];
    assert!(
        both.contains(&"2024-01-15") && both.contains(&"2024-01-22"),
        "{both:?}"
    );
}

#[test]
fn a_day_to_come_is_remembered_by_its_weekday() {
    check(
        "Talks resume on [Thursday of next week=2024-01-25]. Nothing will be signed on [Thursday=2024-01-25].",
    );
    check("They meet [next week=2024-W04], on [Thursday=2024-01-25].");
}

#[test]
fn business_quarters_compare_with_the_year_before() {
    check("Sales in [the fourth quarter of 2023=2023-Q4] rose from [a year earlier=2022-Q4].");
    check("Growth slowed in [the first half of 2022=2022-H1].");
}

#[test]
fn text_that_plans_ahead_is_no_narrative() {
    check(
        "By [2030=2030], [2040=2040] and [2050=2050] we will report again; [this year=2024] we start.",
    );
}

#[test]
fn a_narrative_goes_on_where_it_was() {
    let text = "In [1941=1941] it began. On [May 10, 1941=1941-05-10] they landed, and in [August=1941-08] more came. \
                By [December=1941-12] it was over, and in [January=1942-01] they left.";
    check(text);
}

#[test]
fn seasons_decades_and_centuries() {
    check("In [the summer of 2022=2022-SU] and [last winter=2022-WI].");
    check("From [the mid-1990s=199] on, as in [the 4th century BC=BC03].");
    check("It opens in [the spring of next year=2025-SP].");
}

#[test]
fn lengths_and_recurring_times_have_no_days() {
    check(
        "It ran for [two and a half years=P2.5Y], [a couple of weeks=P2W] or [several months=PXM].",
    );
    check("They meet [every Monday=XXXX-WXX-1], [every two years=P2Y] and [daily=P1D].");
}

#[test]
fn clock_times_take_the_day_of_their_sentence() {
    check("The missile was detected at [0600 GMT=2024-01-18T06:00] on [Thursday=2024-01-18].");
    check("It happened at [3:30 p.m. Tuesday=2024-01-16T15:30] there.");
    let all = found("It opens at 9 a.m.", None);
    assert_eq!(
        all.first().map(|(_, timex)| timex.kind),
        Some(TimexKind::Time)
    );
}

/// Texts made of the pieces dates are made of.
fn timely() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "May",
        "may ",
        "3",
        "31",
        "2023",
        "1990s",
        "'71",
        "’s",
        ", ",
        "-",
        "–",
        "/",
        ":",
        "Friday",
        "last ",
        "next ",
        "the ",
        "of ",
        "two",
        "and ",
        "a half ",
        "week",
        "weeks ",
        "ago",
        " ",
        "\n",
        "\n\n",
        "a.m.",
        "B.C.",
        "quarter",
        "mid",
        "Christmas ",
        "é",
        "🙂",
        "99999999999",
        "0600 GMT",
        "2023-10-25",
        "12/31/1999",
        "end of ",
        "century",
        "31st",
        "every ",
        "noon ",
        "0",
        "Feb. ",
        "30 ",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// What is true of everything found in any text.
fn sound(text: &str, published: Option<&str>) -> Result<(), TestCaseError> {
    let mut end = 0;
    for (range, timex) in found(text, published) {
        prop_assert!(range.start >= end && range.start < range.end);
        prop_assert!(text.get(range.bytes()).is_some());
        prop_assert!(!timex.value.is_empty());
        if let Some(edtf) = &timex.edtf {
            prop_assert!(edtf.parse::<Edtf>().is_ok(), "{}", edtf);
        }
        if let Some(interval) = timex.interval {
            prop_assert!(interval.n_days().is_none_or(|days| days > 0));
        }
        end = range.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ranges_on_characters_that_never_overlap(text in prop_oneof![timely(), any::<String>()], dated: bool) {
        sound(&text, dated.then_some("2024-01-18"))?;
    }

    #[test]
    fn random_bytes_read_as_text_are_sound(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(&String::from_utf8_lossy(&bytes), Some("2024-01-18"))?;
    }

    #[test]
    fn any_day_of_publication_is_sound(text in timely(), year in -9999_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
        let published = jiff::civil::date(year, month, day);
        if let Ok(published) = Edtf::day(published).to_string().parse::<Edtf>() {
            sound(&text, Some(published.as_str()))?;
        }
    }
}

/// Texts that would cost most if anything were quadratic: what begins many rules, what no rule ends, what has no blank.
const HOSTILE: [&str; 16] = [
    "1",
    "last ",
    "the end of ",
    "May 3 and 4, ",
    "1,000",
    "9 a.m. ",
    "two and ",
    "\u{2019}",
    "é",
    "the the the of May ",
    "twenty-",
    "hundred thousand ",
    "2023-",
    "Monday ",
    "until since by ",
    "that year, the day before that, ",
];

#[test]
fn hostile_texts_take_linear_work() {
    for piece in HOSTILE {
        let work = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            work::count(|| {
                found(&text, Some("2024-01-18"));
            })
        };
        let (some, more) = (work(20_000), work(80_000));
        assert!(
            more <= some * 5 + 80_000,
            "`{piece}`: {some} steps for 20 kB, {more} for 80 kB"
        );
        assert!(more <= 80_000 * 100, "`{piece}`: {more} steps for 80 kB");
    }
}

#[test]
fn a_million_digits_are_one_number_and_no_date() {
    assert!(found(&"1".repeat(1_000_000), Some("2024-01-18")).is_empty());
    assert!(found(&"last ".repeat(200_000), Some("2024-01-18")).is_empty());
}

#[test]
fn a_year_said_before_is_meant_by_that_year() {
    check("Trade fell in [1940=1940]. In [August of that year=1940-08] the port closed.");
    check("It opened in [2021=2021] and, on [5 March of the same year=2021-03-05], it burned.");
}

#[test]
fn the_day_after_an_event_is_dated_only_beside_a_date() {
    check(
        "On [8 October 1950=1950-10-08], [the day after=1950-10-08] the crossing, he gave the order.",
    );
    check("She wrote to him [the night before=XXXX-XX-XX] he died.");
    check("They met [last week=2024-W02], but not [the week before that=2024-W01].");
}

#[test]
fn numbers_that_are_ages_or_names_are_no_dates() {
    check("She was in her 80s and rode in the [2012=2012] Summer Games.");
    check("We enjoyed our last day there.");
}

#[test]
fn dates_before_the_era_are_counted_back() {
    check("The revolt lasted from [499=BC0499] to [493 BC=BC0493].");
    check("In [the year 71=0071] they built a wall, and in [the 480s BC=BC048] another.");
}

#[test]
fn hours_in_words_and_nights_in_general() {
    check("He rose at [five o’clock=2024-01-18T05:00] and slept at [night=XXXX-XX-XXTNI].");
    check("They ship it by [year end=2024].");
}

#[test]
fn a_month_cut_short_in_capitals_does_not_end_the_date() {
    let text = "OSLO, THURSDAY, JAN. 18, 2024 - It snowed.";
    let cut = text.find("18").unwrap();
    let sentences = [
        (TextRange::of(0, cut - 1), ()),
        (TextRange::of(cut, text.len()), ()),
    ];
    let all = timexes(text, &sentences.into_iter().collect(), None);
    let (range, timex) = all.get(0).unwrap();
    assert_eq!(range.of_text(text), "THURSDAY, JAN. 18, 2024");
    assert_eq!(&*timex.value, "2024-01-18");
}
