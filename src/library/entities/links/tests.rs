use super::*;
use crate::library::entities::read;

fn seen(line: &str) -> Seen {
    let mut parts = line.split(" | ");
    let (id, name, n) = (
        parts.next().unwrap(),
        parts.next().unwrap(),
        parts.next().unwrap_or("1"),
    );
    let kind = match id.split(':').next() {
        Some("org") => EntityType::Org,
        Some("place") => EntityType::Place,
        _ => EntityType::Person,
    };
    Seen {
        id: EntityId(id.into()),
        name: name.into(),
        kind,
        mentions: n.parse().unwrap(),
        documents: 1,
        acronyms: parts.map(Into::into).collect(),
    }
}

fn links_of(names: &[&str], decisions: &str) -> Links {
    Links::new(
        names.iter().map(|line| seen(line)).collect(),
        &read(decisions).unwrap(),
        |_, _| false,
    )
}

/// Names of people, each its own id: those that are one stand together, most mentioned (the first) first.
fn check(names: &[&str], groups: &[&str]) {
    let lines: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(index, name)| format!("p{index} | {name} | {}", names.len() - index))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut found = shown(&links_of(&lines, ""));
    let mut groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
    found.sort();
    groups.sort();
    assert_eq!(found, groups);
}

fn shown(links: &Links) -> Vec<String> {
    links
        .entities()
        .iter()
        .map(|entity| {
            let names: Vec<&str> = entity.members.iter().map(|member| &*member.name).collect();
            names.join(" = ")
        })
        .collect()
}

fn offers(links: &Links, id: &str) -> Vec<String> {
    let entity = links.entity(&EntityId(id.into())).unwrap();
    entity
        .offers
        .iter()
        .map(|offer| format!("{}: {}", offer.name, offer.why.describe()))
        .collect()
}

#[test]
fn spellings_of_one_person_are_one() {
    check(
        &["Kim Jong Un", "Kim Jung Un", "Kim Jong-un"],
        &["Kim Jong Un = Kim Jung Un = Kim Jong-un"],
    );
    check(
        &["Sergei Lavrov", "Sergey Lavrov"],
        &["Sergei Lavrov = Sergey Lavrov"],
    );
    check(
        &["Shin Wonsik", "Shin Won-sik", "Shin Won Sik"],
        &["Shin Wonsik = Shin Won-sik = Shin Won Sik"],
    );
    check(
        &["Yoko Kamikawa", "Kamikawa Yoko"],
        &["Yoko Kamikawa = Kamikawa Yoko"],
    );
    check(
        &["Antony Blinken", "Antony J. Blinken", "A. Blinken"],
        &["Antony Blinken = Antony J. Blinken = A. Blinken"],
    );
    check(
        &["Volodymyr Zelenskyy", "Volodymyr Zelensky"],
        &["Volodymyr Zelenskyy = Volodymyr Zelensky"],
    );
    check(
        &["José Manuel Albares", "Jose Manuel Albares"],
        &["José Manuel Albares = Jose Manuel Albares"],
    );
    check(
        &["Ursula Gertrud Leyen", "Ursula Leyen"],
        &["Ursula Gertrud Leyen = Ursula Leyen"],
    );
}

#[test]
fn initials_are_those_of_all_the_names() {
    check(
        &["J. H. Dahl", "Jon Dahl", "Jon Henrik Dahl"],
        &["J. H. Dahl = Jon Dahl = Jon Henrik Dahl"],
    );
    check(&["A. R. Omar", "Ali Omar"], &["A. R. Omar", "Ali Omar"]);
    check(
        &["A. R. Omar", "Ali Said Omar"],
        &["A. R. Omar", "Ali Said Omar"],
    );
}

#[test]
fn different_people_stay_apart() {
    check(
        &["Kim Jong Un", "Kim Jong Il", "Kim Yo Jong"],
        &["Kim Jong Un", "Kim Jong Il", "Kim Yo Jong"],
    );
    check(&["Park Jin", "Park Jun"], &["Park Jin", "Park Jun"]);
    check(
        &["Kim Chol", "Kim Yong Chol"],
        &["Kim Chol", "Kim Yong Chol"],
    );
    check(
        &["Anna Berta Smith", "Anna Smyth"],
        &["Anna Berta Smith", "Anna Smyth"],
    );
    check(
        &["Maria Lopez", "Mario Lopez"],
        &["Maria Lopez", "Mario Lopez"],
    );
    check(
        &["George Bush", "George W. Bush", "George H. W. Bush"],
        &["George Bush", "George W. Bush", "George H. W. Bush"],
    );
    check(
        &["J. Smith", "John Smith", "Jane Smith"],
        &["J. Smith", "John Smith", "Jane Smith"],
    );
    check(
        &["Lavrov", "Sergei Lavrov", "Anna Lavrov"],
        &["Lavrov", "Sergei Lavrov", "Anna Lavrov"],
    );
}

#[test]
fn people_who_share_only_a_surname_are_offered() {
    let links = links_of(
        &[
            "a | Lavrov",
            "b | Sergei Lavrov | 5",
            "c | Anna Lavrov | 2",
            "d | Kim",
            "e | Kim Jong Un",
        ],
        "",
    );
    assert_eq!(links.entities().len(), 5);
    assert_eq!(
        offers(&links, "a"),
        ["Sergei Lavrov: same surname", "Anna Lavrov: same surname"]
    );
    assert_eq!(offers(&links, "b"), ["Lavrov: same surname"]);
    assert_eq!(offers(&links, "e"), ["Kim: same surname"]);
    let links = links_of(&["a | Lavrov", "b | Sergei Lavrov | 5"], "merge a into b");
    assert_eq!(shown(&links), ["Sergei Lavrov = Lavrov"]);
    assert!(offers(&links, "a").is_empty());
    let links = links_of(
        &["a | Lavrov", "b | Sergei Lavrov | 5"],
        "distinct b from a",
    );
    assert!(offers(&links, "a").is_empty());
}

#[test]
fn whoever_writes_both_spellings_tells_them_apart() {
    let names = ["a | Kim Song Nam | 3", "b | Kim Sang Nam | 2"]
        .map(seen)
        .to_vec();
    let apart = Links::new(names.clone(), &[], |_, _| true);
    assert_eq!(apart.entities().len(), 2);
    assert_eq!(offers(&apart, "a"), ["Kim Sang Nam: another spelling"]);
    assert_eq!(Links::new(names, &[], |_, _| false).entities().len(), 1);
}

#[test]
fn bodies_are_linked_by_name_and_by_the_short_form_one_document_explains() {
    let links = links_of(
        &[
            "org:a | Ministry of Defence | 4",
            "org:b | Ministry of Defense | 2",
            "org:c | Gulf Cooperation Council | 1 | GCC",
            "org:d | GCC | 9",
            "place:e | São Tomé | 1",
            "place:f | Sao Tome | 1",
        ],
        "",
    );
    let mut found = shown(&links);
    found.sort();
    assert_eq!(
        found,
        [
            "GCC = Gulf Cooperation Council",
            "Ministry of Defence = Ministry of Defense",
            "São Tomé = Sao Tome"
        ]
    );
    let gcc = links.entity(&EntityId("org:d".into())).unwrap();
    assert_eq!(&*gcc.name, "Gulf Cooperation Council");
    let links = links_of(
        &[
            "org:a | Arms Control Body | 1 | ACB",
            "org:b | Arab Central Bank | 1 | ACB",
            "org:c | ACB | 9",
        ],
        "",
    );
    assert_eq!(links.entities().len(), 3);
    assert_eq!(offers(&links, "org:c").len(), 2);
    let links = links_of(
        &[
            "org:a | Arms Control Body | 1 | ACB",
            "org:b | Harbour Fund | 1 | ACB",
            "org:c | ACB | 9",
        ],
        "",
    );
    assert_eq!(links.entities().len(), 2);
    assert_eq!(
        offers(&links, "org:b"),
        ["Arms Control Body: short for it in a document"]
    );
}

#[test]
fn decisions_hold_for_the_entity_an_id_belongs_to() {
    let names = [
        "b | Sergei Lavrov | 2",
        "a | Sergey Lavrov | 1",
        "c | Monday | 1",
    ];
    let links = links_of(
        &names,
        "rename a to S. V. Lavrov\nretype b to organisation\nhide c",
    );
    let lavrov = links.entity(&EntityId("b".into())).unwrap();
    assert_eq!(
        (lavrov.id.as_str(), &*lavrov.name, lavrov.kind),
        ("a", "S. V. Lavrov", EntityType::Org)
    );
    assert_eq!(links.resolve(&EntityId("c".into())), None);
    assert_eq!(
        links.resolve(&EntityId("unseen".into())),
        Some(EntityId("unseen".into()))
    );
    assert_eq!(links_of(&names, "split a").entities().len(), 3);
    assert_eq!(
        links_of(&names, "merge c into b\nmerge a into c")
            .entities()
            .len(),
        1
    );
    assert_eq!(
        links_of(&names, "merge a into b\ndistinct a from b")
            .entities()
            .len(),
        3
    );
    assert_eq!(
        links_of(&names, "distinct a from b\nmerge a into b")
            .entities()
            .len(),
        2
    );
}

#[test]
fn a_split_undoes_the_merges_before_it_and_a_merge_the_split() {
    let names = ["a | Ann Bee | 2", "b | Cara Dee | 1", "c | Eve Fay | 1"];
    let n = |decisions: &str| links_of(&names, decisions).entities().len();
    assert_eq!(n("merge a into b\nmerge c into b"), 1);
    assert_eq!(n("merge a into b\nmerge c into b\nsplit b"), 3);
    assert_eq!(n("split b\nmerge a into b"), 2);
}

#[test]
fn a_decision_about_an_id_no_document_names_waits() {
    let links = links_of(&["a | Ann Bee | 1"], "merge ghost into a\nhide other");
    let bee = links.entity(&EntityId("ghost".into())).unwrap();
    assert_eq!((bee.id.as_str(), bee.mentions), ("a", 1));
}

#[test]
fn links_do_not_depend_on_the_order_documents_came_in() {
    let names = [
        "p1 | Kim Jong Un | 3",
        "p2 | Kim Jung Un | 2",
        "p3 | Un Kim-Jong | 2",
        "p4 | George Bush | 1",
        "p5 | George W. Bush | 1",
    ];
    let forward = links_of(&names, "");
    let mut names = names;
    names.reverse();
    assert_eq!(forward, links_of(&names, ""));
}

#[test]
fn many_names_are_linked_at_once() {
    let seen: Vec<Seen> = (0..20_000)
        .map(|n| seen(&format!("p{n} | Ann{} Bee{} | 1", n % 300, n / 300)))
        .collect();
    assert_eq!(
        Links::new(seen, &[], |_, _| false)
            .entities()
            .iter()
            .map(|entity| entity.members.len())
            .sum::<usize>(),
        20_000
    );
}
