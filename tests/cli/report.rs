//! The HTML report in a real browser: what stands on the page, and that it asks nobody for anything.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::home::Home;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What a browser made of a page.
struct Shown {
    /// The page as it understood it.
    dom: String,
    /// What it said on the console.
    console: Vec<String>,
    /// What the page asked the network for.
    requests: Vec<String>,
}

/// Opens a page from disk, with the network out of reach; none where there is no browser.
fn open(page: &Path, home: &Home) -> Option<Shown> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = BROWSERS.iter().find_map(|name| -> Option<PathBuf> {
        let mut folders = std::env::split_paths(&path);
        folders.find_map(|folder| {
            let program = folder.join(name);
            program.is_file().then_some(program)
        })
    });
    let Some(browser) = found else {
        eprintln!("skipped: none of {BROWSERS:?} is here");
        return None;
    };
    let log = home.path().join("net.json");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
        ])
        .args([
            "--disable-extensions",
            "--disable-sync",
            "--disable-default-apps",
        ])
        .args([
            "--proxy-server=http://127.0.0.1:9",
            "--enable-logging=stderr",
            "--v=0",
        ])
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!(
            "--user-data-dir={}",
            home.path().join("browser").display()
        ))
        .args(["--timeout=20000", "--dump-dom"])
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let console = said.lines().filter(|line| line.contains("CONSOLE"));
    let text = std::fs::read_to_string(&log).unwrap_or_default();
    Some(Shown {
        dom: String::from_utf8_lossy(&output.stdout).into_owned(),
        console: console.map(str::to_owned).collect(),
        requests: requests(&text),
    })
}

/// The addresses that pages asked for; what the browser asks for by itself has no origin.
fn requests(log: &str) -> Vec<String> {
    // A browser that is ended leaves its log open.
    let whole = serde_json::from_str::<Value>(log)
        .or_else(|_| serde_json::from_str(&format!("{}]}}", log.trim_end().trim_end_matches(','))));
    let Ok(log) = whole else {
        return Vec::new();
    };
    let events = log["events"].as_array().cloned().unwrap_or_default();
    let asked = events.iter().filter_map(|event| {
        let params = &event["params"];
        let url = params["url"].as_str()?;
        let by_a_page = params["initiator"]
            .as_str()
            .is_some_and(|initiator| initiator != "not an origin");
        (by_a_page && !url.starts_with("file:")).then(|| url.to_owned())
    });
    asked.collect()
}

const STATEMENT: &str = "---\ntitle: Notes on the 👩‍👧 talks\ndate: 2024-05-05\npublisher: Foreign Ministry\n---\n\n\
    # River talks\n\nOn 3 May 2024 the ministers of Japan and France met in 東京. They agreed on nothing.\n\n\
    - Emmanuel Macron spoke first.\n- A coup d'e\u{301}tat was denied on 4 May 2024.\n";

/// A report with two notes, one of them across two paragraphs.
fn report() -> (Home, PathBuf) {
    let home = Home::fresh();
    let path = home.write("talks.md", STATEMENT);
    let shown = home.run(&["show", &path, "--json"]).values();
    let text = shown[0]["text"].as_str().unwrap().to_owned();
    let at = |words: &str| {
        let byte = text.find(words).unwrap();
        let start = text.get(..byte).unwrap().chars().count();
        format!("{start}:{}", start + words.chars().count())
    };
    let across = text
        .get(text.find("nothing").unwrap()..)
        .and_then(|rest| rest.find("spoke").and_then(|end| rest.get(..end)))
        .unwrap();
    for (passage, note, colour) in [
        ("met in 東京", "<script>alert(1)</script> & more", "pink"),
        (across, "across", "green"),
        ("e\u{301}tat", "", "blue"),
    ] {
        home.run(&[
            "note",
            "add",
            &path,
            "--at",
            &at(passage),
            "--text",
            note,
            "--colour",
            colour,
            "--tag",
            "river",
        ])
        .done();
    }
    home.run(&["export", &path, "--format", "html", "--out", "talks.html"])
        .done();
    let page = home.path().join("talks.html");
    (home, page)
}

#[test]
fn a_report_opens_from_disk_and_asks_nobody_for_anything() {
    let (home, page) = report();
    let Some(shown) = open(&page, &home) else {
        return;
    };
    let dom = &shown.dom;
    for part in [
        "<h1>Notes on the 👩‍👧 talks</h1>",
        "<mark class=\"pink unchanged\" id=\"passage-1\">met in ",
        "<a href=\"#note-1\">1</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more",
        "<section class=\"note green\" id=\"note-2\">",
        "e\u{301}tat</mark>",
        "#river</span>",
        "<span class=\"place\" title=\"France\">France</span>",
        "<span class=\"person\">Emmanuel Macron</span></td><td>person</td>",
        "<section id=\"timeline\">",
        ">2024-05-03</a></td><td>3 May 2024</td>",
    ] {
        assert!(dom.contains(part), "{part} in: {dom}");
    }
    assert!(
        dom.trim_end().ends_with("</html>") && !dom.contains("<script"),
        "{dom}"
    );
    // Every link leads somewhere on the page.
    for link in dom.split("href=\"").skip(1) {
        let to = link.split('"').next().and_then(|to| to.strip_prefix('#'));
        let to = to.unwrap_or_else(|| panic!("it leads elsewhere: {link}"));
        assert!(dom.contains(&format!("id=\"{to}\"")), "#{to} is nowhere");
    }
    assert_eq!(shown.console, Vec::<String>::new());
    assert_eq!(shown.requests, Vec::<String>::new());
}

#[test]
fn the_page_itself_forbids_scripts_and_addresses() {
    let (home, page) = report();
    let text = std::fs::read_to_string(&page).unwrap();
    let smuggled =
        "<img src=\"http://127.0.0.1:9/x.png\"><script>document.title='ran'</script></body>";
    let bad = home.write("bad.html", text.replace("</body>", smuggled));
    let Some(shown) = open(Path::new(&bad), &home) else {
        return;
    };
    let refused = shown
        .console
        .iter()
        .filter(|line| line.contains("Content Security Policy"));
    assert_eq!(refused.count(), 2, "{:?}", shown.console);
    assert!(!shown.dom.contains("<title>ran"), "{}", shown.dom);
    assert_eq!(shown.requests, Vec::<String>::new());
    // Without that rule the same test sees the request.
    let open_page = home.write(
        "open.html",
        "<!DOCTYPE html><title>x</title><img src=\"http://127.0.0.1:9/x.png\">",
    );
    if let Some(shown) = open(Path::new(&open_page), &home) {
        assert_eq!(shown.requests, ["http://127.0.0.1:9/x.png"]);
    }
}
