//! Sentences for every class of expression, with the values meant on Thursday, 18 January 2024. What has no brackets is no expression.

use super::tests::check;

#[test]
fn this_last_next_and_that_unit() {
    check(
        "They will vote [this week=2024-W03] or [early next week=2024-W04], by [the middle of next week=2024-W04] at the latest.",
    );
    check("Until [the end of the year=2024] it rents; it hopes to build [later this year=2024].");
    check("At [the end of last month=2023-12] it closed; [this past summer=2023-SU] it was full.");
    check(
        "He spoke over [the weekend=2024-W02-WE]. They will meet over [the weekend=2024-W03-WE].",
    );
    check(
        "Growth is likely in [the current quarter=2024-Q1] and in [the current fiscal year=2024]; the current president agrees.",
    );
    check(
        "[This year=2024]'s budget, [last week=2024-W02]'s vote, [yesterday=2024-01-17]'s talks.",
    );
}

#[test]
fn quarters_and_fiscal_years() {
    check(
        "The company's [fiscal 2024 first quarter=2024-Q1] beat [the 1989 fourth quarter=1989-Q4] and [1989's third quarter=1989-Q3].",
    );
    check("In [the latest quarter=2023-Q4] it earned more than in [the previous quarter=2023-Q3].");
    check(
        "[The second quarter of this year=2024-Q2] and [the first half of next year=2025-H1] look better.",
    );
    check(
        "Revenue for [the quarter=2023-Q2] ended [June 30=2023-06-30] rose; in [the quarter=2022-Q1] ending [March 31, 2022=2022-03-31] it fell.",
    );
    check("For [fiscal year 2023=2023] the deficit was a record.");
}

#[test]
fn weekdays_follow_the_verbs() {
    check(
        "He told reporters [Saturday=2024-01-13] that by [Friday=2024-01-19] the work should be done.",
    );
    check(
        "The vote is set for [Tuesday=2024-01-23]. A new mayor takes office [Monday=2024-01-22].",
    );
    check("Talks may resume [Monday=2024-01-22]; they broke off [Tuesday=2024-01-16].");
    check(
        "He will return [this Friday=2024-01-19] or [next Tuesday=2024-01-23], not [last Monday=2024-01-15].",
    );
    check(
        "It meets on [the second Monday in October=2023-10-09] as it met on [the last Friday in March 2022=2022-03-25].",
    );
}

#[test]
fn months_and_days_follow_the_verbs() {
    check(
        "The hearing, scheduled for [Feb. 3=2024-02-03], was moved to [March 7-8=2024-03-07/2024-03-08].",
    );
    check("The referendum is to be held from [August 20=2024-08-20] to [September 11=2024-09-11].");
    check(
        "In [March=2024-03] he will leave; he left in [September=2023-09], no later than [September 9=2023-09-09].",
    );
    check(
        "It gave them until [March 1=2024-03-01]; talks were put back to [mid-February=2024-02].",
    );
    check("Prices rose [last month=2023-12] after falling in [November=2023-11].");
    check(
        "Between [May=1950-05] and [August 1950=1950-08], or ([May=1950-05]-[August 1950=1950-08]), they landed.",
    );
}

#[test]
fn lengths_that_end_or_begin_today() {
    check(
        "Over [the past two weeks=P2W], in [the last 24 hours=PT24H] and in [the next five years=P5Y].",
    );
    check(
        "It may come in [the coming days=PXD], in [the next few weeks=PXW] or over [the next decade=P10Y].",
    );
    check("In [the previous 24 hours=PT24H] and for [two consecutive years=P2Y].");
}

#[test]
fn lengths_bare_described_and_possessive() {
    check("For [two bloody weeks=P2W] they fought, after [three difficult years=P3Y].");
    check(
        "After [three days'=P3D] talks he had [six months'=P6M] pay; the '[three days=P3D]' war.",
    );
    check(
        "Talks may take [weeks=PXW], even [months=PXM]; a [month-long=P1M] siege, [months-long=PXM] talks.",
    );
    check(
        "[A quarter of a century=P25Y], [a quarter century=P25Y], [half a century=P50Y] and [seven decades=P70Y].",
    );
    check("For 5-12-year-olds and 12-year-olds, in its 375 million second phase.");
    check("A decade-old law, a two-week-old truce, a 24-year-old man of 24.");
    check("He left in the early hours of [Monday=2024-01-15], the wee hours.");
}

#[test]
fn so_long_ago_and_later() {
    check(
        "[Three days ago=2024-01-15], [two months ago=2023-11], [a decade ago=2014], [two years ago today=2022-01-18].",
    );
    check("[A few weeks ago=PAST_REF], [many years ago=PAST_REF], [a long time ago=PAST_REF].");
    check(
        "It came out [an hour or so ago=2024-01-18]; I think that [next week=2024-W04] they will go.",
    );
    check("He came [a couple of years back=2022], they say.");
    check(
        "It was signed on [March 10, 2023=2023-03-10]. [Two years before=2021], the other side refused; [three days later=2023-03-13] it fell.",
    );
    check(
        "[The day after tomorrow=2024-01-20] they meet, as [the day before yesterday=2024-01-16].",
    );
}

#[test]
fn sets_and_rates() {
    check(
        "He takes it [twice daily=P1D] and [every single day=P1D]; the board meets [every other Tuesday=XXXX-WXX-2].",
    );
    check(
        "It flew 60 times; it did so [three times a week=P1W], [once a year=P1Y] and on [Sundays=XXXX-WXX-7].",
    );
}

#[test]
fn clock_times_with_their_day() {
    check(
        "The quake struck at [6:30 p.m.=2024-01-17T18:30] ([1030 GMT=2024-01-17T10:30]) on [Wednesday=2024-01-17].",
    );
    check("He was killed at about [10 p.m.=2024-01-15T22:00] on [Monday night=2024-01-15TNI].");
    check(
        "At [5 o'clock this morning=2024-01-18T05:00], at [8:30 p.m. last night=2024-01-17T20:30].",
    );
    check("It arrived on [5 May 2023 10:30 a.m.=2023-05-05T10:30].");
}

#[test]
fn seasons_and_what_is_held_in_them() {
    check(
        "In [the spring=2024-SP] it opens; [last summer=2023-SU] it closed; [later in the summer=2023-SU] it burned.",
    );
    check(
        "The rebels began a [spring=2023-SP] offensive; the Winter Palace and the Summer Olympics stayed out of it.",
    );
}

#[test]
fn decades_centuries_and_years_before_the_era() {
    check("From [the 15th=14] to [the 19th century=18], and in [the early 20th century=19].");
    check("In [the '80s=198] style, closed in [the mid-'90s=199], famed in [the later 1800s=18].");
    check("From about [1200=BC1200] to about [400 BC=BC0400]; in [A.D. 79=0079].");
    assert_later_part_of_a_century();
}

/// "The later 1800s" are the last quarter of that century.
fn assert_later_part_of_a_century() {
    let text = "It was famed in the later 1800s.";
    let all = super::timexes(text, &crate::text::Layer::default(), None);
    let interval = all.get(0).unwrap().1.interval.unwrap();
    assert_eq!(interval.earliest.unwrap().to_string(), "1875-01-01");
    assert_eq!(interval.latest.unwrap().to_string(), "1899-12-31");
}

#[test]
fn named_days() {
    check(
        "They meet on [Valentine's Day=2024-02-14] and on [Good Friday=2024-03-29], not on [Easter Monday 2021=2021-04-05].",
    );
    check(
        "It closed on [Martin Luther King Jr. Day=2024-01-15] and [last Christmas=2023-12-25]; it opens on [May Day=2024-05-01].",
    );
    check("She was seen on [Black Friday=2023-11-24] and on Super Bowl Sunday.");
}

#[test]
fn a_story_of_another_century_keeps_its_century() {
    check(
        "The revolt of [1789=1789], the war of [1792=1792] and the coup of [1799=1799] were told by the men of ['89=1789].",
    );
}

#[test]
fn a_story_goes_on_in_the_year_it_is_in() {
    check(
        "In [1941=1941], on [December 7=1941-12-07] (their time), [1941=1941], they struck. The port fell on [May 6, 1942=1942-05-06]. It had been theirs since [1898=1898]. \
         In [June=1942-06] they turned back.",
    );
}
