//! `postil analyze`, the machine interface: lines in, lines out, in order, whatever comes.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used)]

#[path = "cli/home.rs"]
mod home;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use home::{Home, chars, seeds, values};
use serde_json::{Value, json};

fn line(id: &str, text: &str) -> String {
    json!({ "id": id, "text": text, "published": "2023-11-05" }).to_string() + "\n"
}

/// Analyses JSONL and gives the answers, with the exit code.
fn analyse(input: &[u8], arguments: &[&str]) -> (i32, Vec<Value>) {
    let all = [&["analyze", "--input", "jsonl", "-"], arguments].concat();
    let said = Home::fresh().pipe(input, &all);
    assert_eq!(said.err, "");
    let raw = said
        .out
        .chars()
        .find(|c| *c != '\n' && postil::text::sanitise::is_unsafe(*c));
    assert_eq!(raw, None);
    (said.code, values(&said.out))
}

/// What is found in one text, by kind, checked against the text at its offsets.
fn found(text: &str) -> Value {
    let (code, mut answers) = analyse(line("a", text).as_bytes(), &[]);
    assert_eq!((code, answers.len()), (0, 1));
    let answer = answers.remove(0);
    for kind in ["entities", "timexes", "quotes"] {
        for span in answer[kind].as_array().unwrap() {
            assert_eq!(chars(text, span), span["text"].as_str().unwrap(), "{span}");
        }
    }
    answer
}

#[test]
fn every_field_is_there() {
    let text =
        "Sergei Lavrov said in mid-October that “Japan 🙂 must wait and see”. It took three days.";
    let answer = found(text);
    let keys: Vec<&str> = answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let named = [
        "entities",
        "events",
        "id",
        "language",
        "published",
        "published_from",
        "quotes",
        "timexes",
        "title",
    ];
    assert!(named.iter().all(|key| keys.contains(key)), "{keys:?}");
    assert!(!keys.contains(&"text"));
    assert_eq!(
        (&answer["published"], &answer["published_from"]),
        (&json!("2023-11-05"), &json!("input"))
    );
    assert_eq!(
        answer["entities"][1],
        json!({"start": 40, "end": 45, "text": "Japan", "type": "PLACE", "entity": "japan", "name": "Japan", "adjective": false})
    );
    assert_eq!(
        answer["timexes"][0],
        json!({"start": 22, "end": 33, "text": "mid-October", "type": "DATE", "value": "2023-10", "mod": "MID", "earliest": "2023-10-11",
               "latest": "2023-10-20", "edtf": "2023-10-11/2023-10-20", "anchored_to": "published"})
    );
    let length = &answer["timexes"][1];
    assert_eq!(
        (&length["type"], &length["value"], &length["earliest"]),
        (&json!("DURATION"), &json!("P3D"), &json!(null))
    );
    let quote = &answer["quotes"][0];
    assert_eq!(quote["text"], "Japan 🙂 must wait and see");
    assert_eq!(
        quote["speaker"],
        json!({"start": 0, "end": 13, "entity": answer["entities"][0]["entity"]})
    );
    assert_eq!(chars(text, &quote["cue"]), "said");
    let event = &answer["events"][0];
    assert_eq!(
        chars(text, event),
        text.split_inclusive("”.").next().unwrap()
    );
    assert_eq!(
        (&event["earliest"], &event["latest"]),
        (&json!("2023-10-11"), &json!("2023-10-20"))
    );
}

#[test]
fn offsets_count_code_points_of_the_text_as_given() {
    for text in [
        "  \t 👩\u{200d}🚀 Japan met Russia on 3 May.\r\n\r\nＪ e\u{301}té in Tokyo",
        "\u{feff}漢字。Ukraine\u{0} and \u{1b}[31mPoland\u{1b}[0m on 5 May 2024",
        "e\u{301}e\u{301}e\u{301} Ukraine “we 🙂 are here to stay,” he said.",
        "\u{202e}Japan\u{202c}\u{85}France\u{2028}Egypt",
    ] {
        let answer = found(text);
        assert!(
            !answer["entities"].as_array().unwrap().is_empty(),
            "{text:?}"
        );
    }
}

#[test]
fn output_keeps_the_order_of_the_input() {
    let mut input = String::new();
    for n in 0..300 {
        // Every seventh is long, so that those after it are done first.
        let repeats = if n % 7 == 0 { 400 } else { 1 };
        input += &line(
            &n.to_string(),
            &"Japan met Russia on 3 May. ".repeat(repeats),
        );
    }
    let (code, four) = analyse(input.as_bytes(), &["--jobs", "4"]);
    assert_eq!(code, 0);
    let ids: Vec<String> = four
        .iter()
        .map(|answer| answer["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..300).map(|n| n.to_string()).collect::<Vec<_>>());
    let (_, one) = analyse(input.as_bytes(), &["--jobs", "1"]);
    assert_eq!(one, four);
}

#[test]
fn a_line_that_is_no_document_gives_an_error_in_its_place() {
    let bad: [(&[u8], Value, &str); 12] = [
        (b"not json", json!(null), "not a JSON object"),
        (b"", json!(null), "not a JSON object"),
        (b"[\"a\", \"b\"]", json!(null), "not a JSON object"),
        (b"{\"id\": \"x\"", json!(null), "not a JSON object"),
        (b"{\"text\": \"t\"}", json!(null), "no \"id\""),
        (b"{\"id\": \"x\"}", json!("x"), "no \"text\""),
        (
            b"{\"id\": 7, \"text\": \"t\"}",
            json!(null),
            "\"id\" is not a string",
        ),
        (
            b"{\"id\": \"x\", \"text\": [1]}",
            json!("x"),
            "\"text\" is not a string",
        ),
        (
            b"{\"id\": \"x\", \"text\": \"t\", \"published\": \"soon\"}",
            json!("x"),
            "`soon` is not a date",
        ),
        (
            b"{\"id\": \"x\", \"text\": \"\xff\xfe\"}",
            json!(null),
            "not a JSON object",
        ),
        (
            b"{\"id\": \"x\", \"text\": \"\\ud800\"}",
            json!(null),
            "not a JSON object",
        ),
        (
            b"\x00\x1b]0;title\x07\x9b",
            json!(null),
            "not a JSON object",
        ),
    ];
    let mut input = line("first", "Japan.").into_bytes();
    for (bytes, ..) in &bad {
        input.extend_from_slice(bytes);
        input.push(b'\n');
    }
    input.extend(line("last", "Russia.").trim_end().bytes());
    let (code, answers) = analyse(&input, &["--jobs", "3"]);
    assert_eq!((code, answers.len()), (1, bad.len() + 2));
    assert_eq!(
        (&answers[0]["id"], &answers[bad.len() + 1]["id"]),
        (&json!("first"), &json!("last"))
    );
    for (n, (bytes, id, why)) in bad.iter().enumerate() {
        let answer = &answers[n + 1];
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(
            (&answer["line"], &answer["id"]),
            (&json!(n + 2), id),
            "{shown}"
        );
        assert!(
            answer["error"].as_str().unwrap().contains(why),
            "{shown}: {answer}"
        );
    }
}

#[test]
fn a_huge_line_is_a_document() {
    let text = "Japan met Russia on 3 May 2024 and said nothing. ".repeat(8_000);
    let (code, answers) = analyse(line("big", &text).as_bytes(), &["--jobs", "2"]);
    assert_eq!(code, 0);
    let entities = answers[0]["entities"].as_array().unwrap();
    assert_eq!(entities.len(), 16_000);
    assert_eq!(chars(&text, &entities[15_999]), "Russia");
}

#[test]
fn an_answer_comes_before_the_next_line_is_asked_for() {
    let home = Home::fresh();
    let mut child = home
        .command(&["analyze", "--input", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["one", "two", "three"] {
        stdin.write_all(line(id, "Japan.").as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let home = Home::fresh();
    let mut child = home
        .command(&["analyze", "--input", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(line("one", "Japan.").as_bytes()).unwrap();
    answers.read_line(&mut String::new()).unwrap();
    drop(answers);
    // Its input stays open: it must end by itself.
    stdin.write_all(line("two", "Japan.").as_bytes()).ok();
    let status = child.wait().unwrap();
    assert!(status.success());
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    assert_eq!(said, "");
    drop(stdin);
}

#[test]
fn files_come_with_their_text_and_path() {
    let home = Home::fresh();
    let path = home.write(
        "in/a.txt",
        "\u{feff}River Talks\r\n\r\nOn\t3 May 2024 \u{1b}[31mJapan\u{1b}[0m met 🙂 Russia.\r\n",
    );
    let picture = home.write("in/b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    home.write("in/c.txt", "Egypt and Qatar met.\n");
    let said = home.run(&["analyze", "in", "--published", "2024-06", "--jobs", "2"]);
    let answers = values(&said.out);
    assert_eq!((said.code, answers.len()), (1, 3), "{}", said.err);
    assert_eq!(
        (&answers[0]["path"], &answers[0]["published"]),
        (&json!(path), &json!("2024-06"))
    );
    let text = answers[0]["text"].as_str().unwrap();
    assert!(!answers[0]["entities"].as_array().unwrap().is_empty());
    for span in answers[0]["entities"].as_array().unwrap() {
        assert_eq!(chars(text, span), span["text"].as_str().unwrap());
    }
    assert_eq!(answers[1]["path"], json!(picture));
    assert!(answers[1]["error"].as_str().unwrap().contains("not text"));
    assert_eq!(answers[2]["entities"].as_array().unwrap().len(), 2);
}

#[test]
fn standard_input_is_one_document_unless_told_otherwise() {
    let said = Home::fresh().pipe(b"River Talks\n\nJapan met Russia.\n", &["analyze", "-"]);
    let answers = said.values();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0]["title"], "River Talks");
    assert!(
        answers[0]["text"]
            .as_str()
            .unwrap()
            .ends_with("Japan met Russia.")
    );
    let (_, answers) = analyse(line("a", "Text.").as_bytes(), &["--with-text"]);
    assert_eq!(answers[0]["text"], "Text.");
}

#[test]
fn neither_store_nor_home_is_touched() {
    let home = Home::fresh();
    home.run(&["analyze", &seeds()]).done();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn nothing_that_comes_in_is_a_panic() {
    let mut input = Vec::new();
    let mut seed = 7_u32;
    for n in 0..200 {
        let mut text = String::new();
        for _ in 0..n {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let c = match seed >> 29 {
                0 => char::from((seed >> 16) as u8 & 0x7f),
                1 => ['“', '”', '"', '\'', '(', ')', '—', '\n'][(seed >> 8) as usize % 8],
                2 => char::from_u32((seed >> 4) % 0x0011_0000).unwrap_or('\u{fffd}'),
                3 => ['J', 'a', 'n', '.', ' ', '2', '0', '-'][(seed >> 8) as usize % 8],
                _ => ' ',
            };
            text.push(c);
            if seed.is_multiple_of(11) {
                text += [
                    "Jan. 31",
                    " said ",
                    "Kim Jong Un",
                    "mid-",
                    "last week",
                    "99999999999",
                    "\u{301}",
                ][(seed >> 12) as usize % 7];
            }
        }
        input.extend(line(&n.to_string(), &text).bytes());
    }
    let (code, answers) = analyse(&input, &["--jobs", "4"]);
    assert_eq!((code, answers.len()), (0, 200));
}

#[test]
fn spans_on_real_statements_are_those_read_by_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/docs");
    let Ok(gold) = std::fs::read_to_string(folder.join("gold.json")) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let mut input = String::new();
    for (name, wanted) in gold.as_object().unwrap() {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let record = json!({ "id": name, "text": text, "published": wanted["published"] });
        input += &record.to_string();
        input.push('\n');
    }
    let (code, answers) = analyse(input.as_bytes(), &[]);
    assert_eq!(code, 0);
    for (kind, in_gold) in [
        ("entities", "entities"),
        ("timexes", "temporal"),
        ("quotes", "quotes"),
    ] {
        let (mut hits, mut wanted_all, mut found_all) = (0, 0, 0);
        for answer in &answers {
            let spans = |of: &Value| -> Vec<(u64, u64)> {
                let spans = of.as_array().map(Vec::as_slice).unwrap_or_default();
                let ends = spans
                    .iter()
                    .filter_map(|span| Some((span["start"].as_u64()?, span["end"].as_u64()?)));
                ends.collect()
            };
            let wanted = spans(&gold[answer["id"].as_str().unwrap()][in_gold]);
            let found = spans(&answer[kind]);
            // Whether "the" belongs to a date is a matter of taste; where it stands is none.
            let hit = |span: &&(u64, u64)| {
                found
                    .iter()
                    .any(|(start, end)| *start < span.1 && span.0 < *end)
            };
            hits += wanted.iter().filter(hit).count();
            wanted_all += wanted.len();
            found_all += found.len();
        }
        eprintln!("{kind}: {hits} of {wanted_all}, {found_all} found");
        assert!(
            hits * 10 >= wanted_all * 9,
            "{kind}: {hits} of {wanted_all}"
        );
    }
}
