//! Sentences in the style of news agencies and business pages, with the values a TimeML annotator would give them on Thursday, 18 January 2024.

use super::tests::check;

#[test]
fn quarters_and_the_year_before() {
    check("Profit fell 12 percent in [the third quarter=2023-Q3] from [a year earlier=2022-Q3].");
    check("Revenue in [the fourth quarter=2023-Q4] beat that of [the year-ago quarter=2022-Q4].");
    check(
        "For [the first half of 2023=2023-H1] it lost $3 million, against a gain in [the year-earlier period=2022-H1].",
    );
    check("The bank earned $2 a share in [fiscal 1990=1990] and less in [fiscal 1991=1991].");
    check("Net income for [the quarter=2023-Q4] ended [Dec. 31=2023-12-31] was flat.");
}

#[test]
fn weekdays_lean_on_the_day_of_the_paper() {
    check("The minister said [Wednesday=2024-01-17] that talks would go on.");
    check("Shares closed at 32 [late Tuesday=2024-01-16].");
    check(
        "The council meets again [next Monday=2024-01-22], officials said [yesterday=2024-01-17].",
    );
    check("He was arrested [last Friday=2024-01-12] and freed on [Sunday night=2024-01-14TNI].");
    check("Voting begins at [8 a.m. Saturday=2024-01-20T08:00].");
    check("The strike is to end on [Friday=2024-01-19].");
}

#[test]
fn this_last_and_next() {
    check("A ruling is expected [this week=2024-W03] or [early next month=2024-02].");
    check(
        "Exports have risen [every month=P1M] so far [this year=2024]; [last year=2023] they fell.",
    );
    check("The law takes effect [early next year=2025].");
    check("He resigned [last spring=2023-SP], [three months=P3M] before the vote.");
    check(
        "Prices in [December=2023-12] were up; those for [January=2024-01] come out in [February=2024-02].",
    );
    check("The plant was sold [a decade ago=2014] and closed [three months ago=2023-10].");
}

#[test]
fn lengths_and_what_recurs() {
    check("They signed a [two-year=P2Y] contract and a [90-day=P90D] truce.");
    check("The yield on the [10-year=P10Y] note rose again.");
    check(
        "The board meets [twice a week=P1W]; its paper appears [daily=P1D] and its accounts [quarterly=P1Q].",
    );
    check("In [recent months=PXM] traffic has grown, after [several years=PXY] of decline.");
    check("It shipped 4 million tons in [the past 12 months=P12M].");
}

#[test]
fn words_for_now_and_then() {
    check(
        "The company [currently=PRESENT_REF] employs 4,000; [now=PRESENT_REF] it will hire more.",
    );
    check(
        "The chairman [recently=PAST_REF] sold his shares, and his former partner left soon after.",
    );
    check("Meanwhile, the annual meeting ended immediately.");
    check("She hopes to return in [the near future=FUTURE_REF].");
}

#[test]
fn datelines_and_clock_times() {
    check(
        "They waited for [a year and a half=P1.5Y]; [a year and a half ago=2022-07] they had met.",
    );
    check("LONDON, [Jan. 17=2024-01-17] (Meridian Wire) - Oil rose.");
    check("The blast was heard at [3:40 p.m. EST today=2024-01-18T15:40].");
    check("Trading stopped at [noon=2024-01-17T12:00] on [Wednesday=2024-01-17].");
    check("Flights resumed [Thursday morning=2024-01-18TMO].");
    check("The treaty expires at [midnight=2024-01-31T24:00] on [Jan. 31=2024-01-31].");
}
