use super::*;
use crate::language::entities::{EntityId, EntityType};

fn titles(messages: &Receiver<Msg>) -> Vec<String> {
    match messages.recv_timeout(Duration::from_secs(20)) {
        Ok(Msg::Done(Outcome::Jumped(_, found))) => {
            let best = found.best.iter();
            best.map(|hit| hit.text.to_string()).collect()
        }
        other => panic!("no answer: {other:?}"),
    }
}

fn someone() -> Known {
    let count = EntityCount {
        entity: EntityId("ann-bee".into()),
        name: "Ann Bee".into(),
        kind: EntityType::Person,
        mentions: 3,
        documents: 1,
    };
    Known {
        entities: vec![(count, DocId::of_locator("/a.txt"))],
        ..Known::default()
    }
}

#[test]
fn what_the_librarian_knows_late_is_there_for_the_next_question() {
    let (requests, asked) = channel();
    let (librarian, questions) = channel();
    let (out, messages) = channel();
    let jumper = std::thread::spawn(move || {
        run(&asked, &librarian, &out, &AtomicU64::new(0));
    });
    let documents = vec![(DocId::of_locator("/a.txt"), "Annex".into(), String::new())];
    let places = Places {
        documents,
        ..Places::default()
    };
    let find = |n: u64| Request::Find(JobId(n), "ann".to_owned(), Kinds::default());
    requests.send(Request::Places(places)).unwrap();
    requests.send(find(1)).unwrap();
    // The librarian is busy: the answer comes without it.
    assert_eq!(titles(&messages), ["Annex"]);
    let Ok(librarian::Request::Places(to)) = questions.recv() else {
        panic!("the librarian was not asked");
    };
    to.send(someone()).unwrap();
    requests.send(find(2)).unwrap();
    let mut found = titles(&messages);
    found.sort();
    assert_eq!(found, ["Ann Bee", "Annex"]);
    drop(requests);
    jumper.join().unwrap();
}
