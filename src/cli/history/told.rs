//! A phrase over a series for people: what happened to it, in which words, and for how long it stayed so.

use super::{Member, Series};
use crate::cli::failure::Failure;
use crate::cli::out::Out;
use crate::library::tracing::changes;
use crate::trace::history::{Event, Version};
use crate::trace::passage::Change;

/// Cells of a day.
const DAY: usize = 10;

/// Prints it. The first `n_dated` are in the order of their days.
pub(super) fn people(
    members: &[Member],
    versions: &[Version],
    (n_dated, series): (usize, Series),
    out: &mut Out,
) -> Result<(), Failure> {
    let has = |version: &&Version| version.range.is_some();
    let n_with = versions.iter().filter(has).count();
    if n_with == 0 {
        return Ok(());
    }
    let dated = versions.get(..n_dated).unwrap_or_default();
    let last = dated.iter().rposition(|version| version.range.is_some());
    let known = match series {
        Series::Known => "",
        Series::Unknown => {
            "; no series is known here: those that have it, --like DOC takes the series of one"
        }
    };
    out.text(&format!(
        "In {n_with} of {} documents{known}",
        members.len()
    ))?;
    out.text("")?;
    let mut before: Option<&Member> = None;
    let mut dropped = false;
    let mut stayed = Stay::default();
    for (number, (member, version)) in members.iter().zip(versions).enumerate() {
        let (what, changes) = told(&version.event);
        let is_dated = number < n_dated;
        if let Some(what) = what {
            tell_stay(&mut stayed, out)?;
            let seen = match (last == Some(number), &version.event) {
                (true, Event::FirstSeen) => "first and last seen",
                (true, _) => &format!("{what}, last seen"),
                (false, _) => what,
            };
            out.text(&format!("{}  {seen}  {}", day_of(member), member.title))?;
            words(member, before, version, changes, out)?;
        } else if is_dated && (version.range.is_some() || dropped) {
            stayed.n += 1;
            stayed.last = Some(member);
            if last == Some(number) {
                stayed.what = What::LastSeen;
                tell_stay(&mut stayed, out)?;
            }
        }
        if matches!(version.event, Event::Dropped) {
            dropped = true;
            stayed.what = What::Absent;
        } else if version.range.is_some() && is_dated {
            dropped = false;
            stayed.what = What::Kept;
        }
        if version.range.is_some() && is_dated {
            before = Some(member);
        }
    }
    tell_stay(&mut stayed, out)
}

/// Documents in which nothing happened to it since something did, and the last of them.
#[derive(Default)]
struct Stay<'a> {
    n: usize,
    last: Option<&'a Member>,
    what: What,
}

/// What did not change.
#[derive(Clone, Copy, Default)]
enum What {
    /// It is there.
    #[default]
    Kept,
    /// It is there, for the last time.
    LastSeen,
    /// It is not there.
    Absent,
}

/// In how many documents it stayed so.
fn tell_stay(stayed: &mut Stay, out: &mut Out) -> Result<(), Failure> {
    let Stay { n, last, what } = std::mem::take(stayed);
    let Some(last) = last else {
        stayed.what = what;
        return Ok(());
    };
    let told = match (what, n) {
        (What::Kept, 1) => "kept".to_owned(),
        (What::Kept, n) => format!("kept in {n}"),
        (What::LastSeen, 1) => "last seen".to_owned(),
        (What::LastSeen, n) => format!("kept in {n}, last seen"),
        (What::Absent, 1) => "not there".to_owned(),
        (What::Absent, n) => format!("not in {n}"),
    };
    out.text(&format!("{}  {told}  {}", day_of(last), last.title))
}

/// The words where they are first seen, else what was changed in them.
fn words(
    member: &Member,
    before: Option<&Member>,
    version: &Version,
    changed: &[Change],
    out: &mut Out,
) -> Result<(), Failure> {
    let lead = " ".repeat(DAY + 2);
    if let (Event::FirstSeen, Some(range)) = (&version.event, version.range) {
        let words: Vec<&str> = range.of_text(member.text()).split_whitespace().collect();
        return out.text(&format!("{lead}“{}”", words.join(" ")));
    }
    let source = before.map_or("", Member::text);
    for (sort, told) in changes(member.text(), source, changed) {
        out.text(&format!("{lead}{sort}: {told}"))?;
    }
    Ok(())
}

/// What happened in plain words, where something did, and what was changed.
fn told(event: &Event) -> (Option<&'static str>, &[Change]) {
    match event {
        Event::NotYet | Event::Kept | Event::Absent => (None, &[]),
        Event::FirstSeen => (Some("first seen"), &[]),
        Event::Changed(changes) => (Some("changed to"), changes.as_slice()),
        Event::Dropped => (Some("dropped"), &[]),
        Event::Returned(changes) => (Some("seen again"), changes.as_slice()),
        Event::Undated(changes) => (Some("has it"), changes.as_slice()),
    }
}

/// The day a document was published on, in ten cells.
fn day_of(member: &Member) -> String {
    member
        .published
        .map_or_else(|| "undated   ".to_owned(), |day| day.to_string())
}
