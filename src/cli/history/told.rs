//! A phrase over a series for people: what happened to it, in which words, and for how long it stayed so.

use super::Member;
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
    n_dated: usize,
    out: &mut Out,
) -> Result<(), Failure> {
    let has = |version: &&Version| version.range.is_some();
    let n_with = versions.iter().filter(has).count();
    if n_with == 0 {
        return Ok(());
    }
    let dated = versions.get(..n_dated).unwrap_or_default();
    let last = dated.iter().rposition(|version| version.range.is_some());
    out.text(&format!("In {n_with} of {} documents", members.len()))?;
    out.text("")?;
    let mut before: Option<&Member> = None;
    // Documents in which it stayed as it was, and the last of them.
    let mut stayed: (usize, Option<&Member>) = (0, None);
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
        } else if !matches!(version.event, Event::NotYet) && is_dated {
            stayed = (stayed.0 + 1, Some(member));
            if last == Some(number) {
                tell_stay(&mut stayed, out)?;
            }
        }
        if version.range.is_some() && is_dated {
            before = Some(member);
        }
    }
    tell_stay(&mut stayed, out)
}

/// In how many documents more it stayed so; without an end where nothing but that happened.
fn tell_stay(stayed: &mut (usize, Option<&Member>), out: &mut Out) -> Result<(), Failure> {
    let (n, Some(member)) = std::mem::take(stayed) else {
        return Ok(());
    };
    let lead = " ".repeat(DAY);
    let (day, title) = (day_of(member), &member.title);
    match n {
        1 => out.text(&format!("{lead}  the same in {}  {title}", day.trim_end())),
        n => out.text(&format!(
            "{lead}  the same in {n} more, up to {}  {title}",
            day.trim_end()
        )),
    }
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
