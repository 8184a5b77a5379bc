//! The card of an entity, the list of all, and what is decided about them.

mod card;
mod deciding;
mod everywhere;

use std::sync::Arc;

use super::*;
use crate::app::model::Colouring;
use crate::app::msg::Gathered;
use crate::app::overlay::Overlay;
use crate::app::overlay::entity::{EntityCard, Section};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Companion, Context, Decision, Facts, Links, Seen};

fn id(id: &str) -> EntityId {
    EntityId(id.into())
}

/// `japan Japan 9`: an id, a name, a number of mentions; people have a blank in their names.
fn seen(line: &str) -> Seen {
    let (entity, rest) = line.split_once(' ').unwrap();
    let (name, n) = rest.rsplit_once(' ').unwrap();
    let person = name.contains(' ');
    Seen {
        id: id(entity),
        name: name.into(),
        kind: if person {
            EntityType::Person
        } else {
            EntityType::Place
        },
        mentions: n.parse().unwrap(),
        documents: 1,
        acronyms: Vec::new(),
    }
}

const LIBRARY: [&str; 4] = [
    "japan Japan 9",
    "france France 4",
    "lavrov-sergei Sergei Lavrov 3",
    "lavrov-anna Anna Lavrov 1",
];

pub(super) fn links(decisions: &[Decision]) -> Arc<Links> {
    Arc::new(Links::new(
        LIBRARY.iter().map(|line| seen(line)).collect(),
        decisions,
        |_, _| false,
    ))
}

/// The note open and the names of the library known.
fn library() -> App {
    let mut app = open(NOTE);
    app.done(Outcome::Linked(links(&[])));
    app
}

fn card(app: &App) -> &EntityCard {
    match app.model.overlays.last() {
        Some(Overlay::Entity(card)) => card,
        other => panic!("no card: {other:?}"),
    }
}

fn facts(app: &App) -> Facts {
    let linked = app.model.links.entity(&card(app).id).unwrap();
    Facts {
        id: linked.id.clone(),
        name: linked.name.clone(),
        kind: linked.kind,
        hidden: linked.hidden,
        mentions: linked.mentions,
        documents: 2,
        aliases: vec![(linked.name.to_string(), linked.mentions)],
        roles: Vec::new(),
        first: None,
        last: None,
        with: vec![Companion {
            id: id("france"),
            name: "France".into(),
            kind: EntityType::Place,
            documents: 2,
        }],
        events: vec![passage(3, 7, "2024-07-02")],
        members: linked.members.clone(),
        offers: linked.offers.clone(),
    }
}

fn context(n: u64, at: u32) -> Context {
    Context {
        doc: doc(n),
        range: TextRange::new(at, at + 5),
        before: "before ".into(),
        name: "Japan".into(),
        after: " after".into(),
    }
}

/// The card of what is written in two ways, in two documents.
fn spelled_card() -> App {
    let mut app = opened_card();
    let mut facts = facts(&app);
    facts.aliases = vec![("Japan".to_owned(), 7), ("Nippon".to_owned(), 2)];
    let job = card(&app).job;
    app.done(Outcome::EntityFacts(job, Some(Box::new(facts))));
    app
}

/// Answers what the topmost card asked; `n` mentions in document 2, and whether there are more.
fn answer(app: &mut App, n: u32, next: Option<u32>) {
    let (facts_job, job) = (card(app).job, card(app).contexts_job);
    let facts = facts(app);
    app.done(Outcome::EntityFacts(facts_job, Some(Box::new(facts))));
    app.done(Outcome::Contexts(
        job,
        Gathered {
            contexts: (0..n).map(|at| context(2, at * 12)).collect(),
            next,
            coverage: Coverage::Whole,
        },
    ));
}

fn opened_card() -> App {
    let mut app = library();
    app.keys("]ee");
    answer(&mut app, 3, None);
    app
}

fn decided(effects: Vec<Effect>) -> Vec<String> {
    let told = |change: Change| match change {
        Change::Entity {
            after: Some(after), ..
        } => after.to_string(),
        Change::Entity {
            before: Some(before),
            after: None,
        } => format!("not {before}"),
        other => panic!("{other:?}"),
    };
    saves(effects)
        .into_iter()
        .flat_map(|(changes, _)| changes)
        .map(told)
        .collect()
}
