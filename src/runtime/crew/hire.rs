//! Starting the workers: each gets what it works with and a channel to be asked through.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::mpsc::{Sender, channel};

use super::Crew;
use crate::app::msg::Msg;
use crate::language::entities::Lists;
use crate::library::entities::Parts;
use crate::library::samples::SCHEME;
use crate::runtime::collection::Collection;
use crate::runtime::paths::Paths;
use crate::runtime::source::{STDIN, Sources};
use crate::runtime::{
    analyst, clock, concordance, counter, desk, jumper, keeper, librarian, screen, scribe, tracer,
    watch,
};
use crate::store::Store;
use crate::store::catalogue::{Catalogue, Linking};

/// What the workers begin with.
pub(in crate::runtime) struct Start {
    pub(in crate::runtime) store: Option<Store>,
    pub(in crate::runtime) trouble: Option<String>,
    /// The catalogue, where there is one.
    pub(in crate::runtime) catalogue: Option<Catalogue>,
    pub(in crate::runtime) collection: Collection,
    pub(in crate::runtime) sources: Sources,
    pub(in crate::runtime) paths: Paths,
    /// The reader's own names.
    pub(in crate::runtime) names: Arc<Lists>,
    pub(in crate::runtime) out: Sender<Msg>,
    pub(in crate::runtime) stop: Arc<AtomicBool>,
}

impl Crew {
    /// Starts the workers.
    #[expect(
        clippy::too_many_lines,
        reason = "one stanza a worker, and nothing else"
    )]
    pub(in crate::runtime) fn hire(start: Start) -> Self {
        let Start {
            store,
            trouble,
            catalogue,
            collection,
            sources,
            paths,
            names,
            out,
            stop,
        } = start;
        let (desk, desk_requests) = channel();
        let (keeper, keeper_requests) = channel();
        let (librarian, librarian_requests) = channel();
        let (jumper, jumper_requests) = channel();
        let (analyst, analyst_requests) = channel();
        let (counter, counter_requests) = channel();
        let (concordance, concordance_requests) = channel();
        let (tracer, tracer_requests) = channel();
        let newest_jump = Arc::new(AtomicU64::new(0));

        let read = store
            .as_ref()
            .map(screen::read_percents)
            .unwrap_or_default();
        // Before anything is read, so that what others write meanwhile is noticed.
        let seen_version = store.as_ref().and_then(|store| store.data_version().ok());
        let overrides = store
            .as_ref()
            .and_then(|store| store.all_meta().ok())
            .unwrap_or_default();
        let decisions = store
            .as_ref()
            .and_then(|store| store.entity_decisions().ok())
            .unwrap_or_default();
        let frecent = store
            .as_ref()
            .and_then(|store| store.frecent(None, 500, clock::now()).ok())
            .unwrap_or_default();
        let visits = frecent
            .into_iter()
            .map(|visit| ((visit.kind, visit.key), visit.score))
            .collect();
        let (watched_store, watched) = (paths.store.clone(), collection.clone());
        let (watch_keeper, watch_librarian, watch_desk) =
            (keeper.clone(), librarian.clone(), desk.clone());
        spawn("watch", move || {
            watch::run(
                &watched_store,
                &watched,
                &watch_keeper,
                watch_librarian,
                watch_desk,
            );
        });

        let lasting = !collection
            .roots
            .iter()
            .any(|root| root == STDIN || root == SCHEME);
        let (store_path, reader_names) = (paths.store.clone(), names.clone());
        let the_keeper = keeper::Keeper {
            store,
            path: paths.store,
            out: out.clone(),
            analyst: analyst.clone(),
            librarian: librarian.clone(),
            open: None,
            seen_version,
            told: trouble,
            roots: if lasting {
                collection.roots.clone()
            } else {
                Vec::new()
            },
            shelf: keeper::Shelf::default(),
        };
        spawn("keeper", move || the_keeper.run(&keeper_requests));
        let (read_sources, read_out) = (sources.clone(), out.clone());
        let read_names = names.clone();
        spawn("concordance", move || {
            concordance::run(&concordance_requests, &read_sources, &read_names, &read_out);
        });
        let (traced_sources, traced_out) = (sources.clone(), out.clone());
        let indexed = lasting.then(|| (collection.clone(), paths.catalogue.clone()));
        spawn("tracer", move || {
            tracer::run(&tracer_requests, traced_sources, indexed, &traced_out);
        });
        let (desk_sources, desk_out, desk_keeper) = (sources.clone(), out.clone(), keeper.clone());
        spawn("desk", move || {
            desk::run(&desk_requests, &desk_sources, &desk_out, &desk_keeper);
        });
        let (analyst_out, analyst_librarian) = (out.clone(), librarian.clone());
        let stop_analyst = Arc::new(AtomicBool::new(false));
        let stop_analysis = stop_analyst.clone();
        let analyst_names = names.clone();
        spawn("analyst", move || {
            analyst::run(
                &analyst_requests,
                &analyst_out,
                &analyst_librarian,
                &analyst_names,
                &stop_analysis,
            );
        });
        let catalogue_path = paths.catalogue;
        let (the_out, the_keeper_requests, the_stop) = (out.clone(), keeper.clone(), stop.clone());
        let the_librarian = move |catalogue| librarian::Librarian {
            catalogue,
            collection,
            sources,
            overrides,
            read,
            out: the_out,
            keeper: the_keeper_requests,
            stop: the_stop,
            undated: None,
            timeline: None,
            problems: Vec::new(),
            decisions,
            linking: Linking::default(),
            analyst,
            concordance,
            names,
            parts: Parts::default(),
        };
        spawn("librarian", move || {
            let opened = catalogue
                .or_else(|| Catalogue::open(&catalogue_path).ok())
                .or_else(|| Catalogue::in_memory().ok());
            if let Some(catalogue) = opened {
                the_librarian(catalogue).run(&librarian_requests);
            }
        });
        let (scribe, scribe_requests) = channel();
        let (drafts_beside, scribe_out) = (store_path.clone(), out.clone());
        spawn("scribe", move || {
            scribe::run(&scribe_requests, &drafts_beside, &scribe_out);
        });
        let (jumper_out, newest) = (out.clone(), newest_jump.clone());
        let asked_by_jumper = librarian.clone();
        spawn("jumper", move || {
            jumper::run(&jumper_requests, &asked_by_jumper, &jumper_out, &newest);
        });
        let counter_out = out.clone();
        spawn("counter", move || {
            counter::run(&counter_requests, &counter_out);
        });
        Self {
            desk,
            keeper,
            librarian,
            jumper,
            counter,
            tracer,
            scribe,
            newest_jump,
            out,
            stop,
            stop_analyst,
            documents: Vec::new(),
            locators: HashMap::new(),
            tried: HashSet::new(),
            places_stale: true,
            visits,
            store: store_path,
            names: reader_names,
        }
    }
}

pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    // Without threads there is no program; the first send then fails and says so.
    drop(
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(work),
    );
}
