//! The real program in a real terminal: it starts, takes keys, sizes and signals, keeps what was saved, and no document drives the terminal.

mod terminal;

use std::rc::Rc;

use terminal::{Exit, Home, STOPPED, Signal, Size, Terminal};

const WIDE: Size = Size {
    cols: 160,
    rows: 48,
};
const USUAL: Size = Size { cols: 80, rows: 24 };
const SMALL: Size = Size { cols: 40, rows: 12 };

const STATEMENT: &str = "Joint Statement on Grain\n\nBy Ann Bee | 5 May 2024\n\n\
    The ministers of Norland and Sudland met in Berlin on 3 May 2024 and agreed on grain.\n\n\
    They will meet again in June. Nobody spoke of fish.\n";

fn at_home(home: &Rc<Home>, size: Size, args: &[&str]) -> Terminal {
    Terminal::start_in(home, size, args, &[])
}

/// A home with one document, and the program on it.
fn reading(size: Size, text: &[u8]) -> Terminal {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", text);
    at_home(&home, size, &[&path.to_string_lossy()])
}

/// What the program put out when nothing but its own drawing is left: every escape sequence it may send.
fn foreign_bytes(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let mut foreign = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => {
                    let mut sequence = String::new();
                    for c in chars.by_ref() {
                        sequence.push(c);
                        if matches!(c, '@'..='~') {
                            break;
                        }
                    }
                    let known = sequence.ends_with([
                        'H', 'm', 'J', 'K', 'h', 'l', 'u', 'A', 'B', 'C', 'D', 'S', 'T', 'r', 'L',
                        'M', 'X',
                    ]);
                    if !known {
                        foreign.push(format!("CSI {sequence}"));
                    }
                }
                other => foreign.push(format!("ESC {other:?}")),
            },
            '\r' | '\n' => {}
            c if c.is_control() || ('\u{80}'..='\u{9f}').contains(&c) => {
                foreign.push(format!("{:#x}", u32::from(c)));
            }
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{feff}' => foreign.push(format!("{:#x}", u32::from(c))),
            _ => {}
        }
    }
    foreign
}

#[test]
fn the_sample_library_opens_at_every_size_and_q_leaves() {
    for size in [WIDE, USUAL, SMALL] {
        let mut terminal = Terminal::start(size, &[], &[]);
        terminal.wait_for("reading table").keys("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn a_document_is_read_searched_and_left() {
    let mut terminal = reading(USUAL, STATEMENT.as_bytes());
    terminal
        .wait_for("met in Berlin")
        .keys("/fish<enter>")
        .wait_for("the only hit")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_resize_storm_keeps_the_text_on_the_screen() {
    let mut terminal = reading(WIDE, STATEMENT.as_bytes());
    terminal.wait_for("Nobody spoke");
    for step in 0..40_u16 {
        terminal.resize(30 + step * 3, 8 + step % 20);
    }
    terminal
        .resize(100, 30)
        .wait_for("Nobody spoke of fish")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_note_is_there_again_tomorrow_and_in_the_other_window_at_once() {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", STATEMENT);
    let path = path.to_str().unwrap();
    let mut first = at_home(&home, WIDE, &[path]);
    first.wait_for("met in Berlin");
    let mut second = at_home(&home, WIDE, &[path]);
    second.wait_for("met in Berlin");
    first.keys("jjjaThe first claim.<esc>").wait_for("Saved");
    second.keys("A").wait_for("The first claim.").keys("<esc>q");
    first.keys("q");
    assert_eq!((first.exit_code(), second.exit_code()), (0, 0));

    let mut tomorrow = at_home(&home, WIDE, &[path]);
    tomorrow
        .wait_for("met in Berlin")
        .keys("A")
        .wait_for("The first claim.")
        .keys("<esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}

#[test]
fn a_date_decided_holds_tomorrow_and_the_library_suggests_one_for_what_has_none() {
    let home = Rc::new(Home::fresh());
    home.write("papers/statement.txt", STATEMENT);
    let undated = home.write(
        "papers/undated.txt",
        "An undated brief\n\nThe ministers of Norland and Sudland met in Berlin on May 3 and agreed on grain.\n",
    );
    let papers = undated.parent().unwrap().to_str().unwrap();
    let mut terminal = at_home(&home, WIDE, &[papers]);
    terminal
        .wait_for("Timeline 3")
        .keys("]]")
        .wait_for("perhaps 2024-05-03~")
        .keys(":date<enter>")
        .wait_for("publication date: 2024-05-03~")
        .keys("<enter>")
        .wait_for("Saved")
        .keys("]d")
        .wait_for("from the publication date")
        .keys("dG<enter>4 May 2024<enter>")
        .wait_for("meaning of the date set")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let mut tomorrow = at_home(&home, WIDE, &[papers]);
    tomorrow
        .wait_for("as you decided")
        .keys("d")
        .wait_for("takes your decision back")
        .keys("<esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}

#[test]
fn what_was_shown_as_saved_survives_being_killed() {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", STATEMENT);
    let path = path.to_str().unwrap();
    let mut noted = 0;
    for round in 0..10 {
        let mut terminal = at_home(&home, USUAL, &[path]);
        terminal.wait_for("met in Berlin");
        for note in 0..10 {
            // A passage is selected, so that each is a note of its own and not a change of the one under the cursor.
            terminal
                .keys(&format!("ggvwaround {round}, note {note}<esc>"))
                .wait_for("Saved");
            noted += 1;
            terminal.keys("k").wait_gone("Saved");
        }
        // In the middle of another one.
        terminal.keys("vahalf a th").signal(Signal::Kill);
        assert!(matches!(terminal.exit(), Exit::Signal(_)));
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["note", "list", path, "--json"])
        .env_clear()
        .envs(home.environment())
        .output()
        .unwrap();
    let listed = String::from_utf8_lossy(&output.stdout);
    let kept = listed.matches("\"text\":\"round ").count();
    assert_eq!((noted, kept), (100, 100), "{listed}");
}

#[test]
fn no_byte_of_a_document_drives_the_terminal() {
    let mut hostile = b"Hostile title \x1b]0;owned\x07\n\n".to_vec();
    hostile.extend_from_slice(b"Before \x1b[31mred\x1b[0m \x1b[2J\x1b[999;999H \x1bPq#0\x1b\\ \x1b]52;c;b3duZWQ=\x07 \x9b2J \xc2\x9b2J after.\n\n");
    hostile.extend((0x80..=0x9f_u8).flat_map(|byte| [b'x', 0xc2, byte, b'y', b' ']));
    hostile.extend_from_slice("\n\nbidi \u{202e}drow\u{202c} \u{2066}isolate\u{2069} zero\u{200b}width\u{feff} end of it.\n".as_bytes());
    let mut terminal = reading(USUAL, &hostile);
    terminal
        .wait_for("Before")
        .keys("G")
        .wait_for("end of it")
        .keys("gg")
        .keys("y")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let mut raw = terminal.raw();
    // What the reader copied goes to the clipboard, base64 in the program's own OSC 52.
    if let Some(start) = raw.windows(7).position(|bytes| bytes == b"\x1b]52;c;") {
        let end = raw.iter().skip(start).position(|byte| *byte == 7).unwrap() + start;
        raw.drain(start..=end);
    }
    assert_eq!(foreign_bytes(&raw), Vec::<String>::new());
}

#[test]
fn standard_input_is_read_while_keys_come_from_the_terminal() {
    let mut terminal = Terminal::start_with_input(USUAL, STATEMENT.as_bytes(), &["-"], &[]);
    terminal.wait_for("met in Berlin").keys("G").keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn control_z_gives_the_shell_back_and_the_page_comes_again() {
    let mut terminal = Terminal::start_as_job(USUAL, &[], &[]);
    terminal
        .wait_for("reading table")
        .keys("<C-z>")
        .wait_for(STOPPED)
        .keys("<enter>")
        .wait_for("reading table")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_request_to_end_restores_the_terminal() {
    let mut terminal = reading(USUAL, STATEMENT.as_bytes());
    terminal.wait_for("met in Berlin").signal(Signal::Terminate);
    assert_eq!(terminal.exit_code(), 0);
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    assert!(
        raw.contains("\u{1b}[?1049l") && raw.contains("\u{1b}[?25h"),
        "the alternate screen was not left"
    );
}

#[test]
fn a_panic_restores_the_terminal_before_it_is_told() {
    let home = Rc::new(Home::fresh());
    let mut terminal = Terminal::start_in(&home, USUAL, &[], &[("POSTIL_PANIC_ON", "!")]);
    terminal
        .wait_for("reading table")
        .keys("!")
        .wait_for("asked to panic");
    assert!(!matches!(terminal.exit(), Exit::Code(0)));
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let (left, told) = (raw.find("\u{1b}[?1049l"), raw.find("asked to panic"));
    assert!(
        left.is_some() && left < told,
        "the alternate screen was not left before the message"
    );
}

#[test]
fn pasted_text_never_acts_as_keys() {
    let mut terminal = reading(USUAL, STATEMENT.as_bytes());
    terminal
        .wait_for("met in Berlin")
        .paste("qqq:quit\n")
        .wait_for("met in Berlin");
    terminal
        .keys("a")
        .paste("two\nlines")
        .keys("<esc>")
        .wait_for("Saved")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_binary_file_is_refused_with_the_reason() {
    let mut terminal = reading(USUAL, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0");
    terminal.wait_for("left out").keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_file_changed_under_the_reader_is_read_again_and_its_note_stays_with_its_words() {
    let home = Rc::new(Home::fresh());
    let path = home.write("papers/statement.txt", STATEMENT);
    let folder = home.path().join("papers");
    let mut terminal = at_home(&home, WIDE, &[&folder.to_string_lossy()]);
    terminal.wait_for("Nobody spoke").keys("Gva");
    terminal.keys("About the fish.<esc>").wait_for("Saved");
    let longer = STATEMENT.replace("They will meet", "The envoys were late. They will meet");
    std::fs::write(&path, longer).unwrap();
    terminal.wait_for("The envoys were late");
    terminal
        .keys("A")
        .wait_for("About the fish.")
        .keys("<enter>");
    std::fs::rename(&path, folder.join("renamed.txt")).unwrap();
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);

    let mut tomorrow = at_home(&home, WIDE, &[&folder.to_string_lossy()]);
    tomorrow
        .wait_for("The envoys were late")
        .keys("A")
        .wait_for("About the fish.")
        .keys("<esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}

#[test]
fn the_three_panes_follow_one_cursor() {
    let mut terminal = Terminal::start(WIDE, &[], &[]);
    terminal
        .wait_for("25|26 Oct")
        .keys("<tab>")
        .wait_for("TIME")
        .keys("gg<enter>")
        .wait_for("READ");
    terminal
        .keys("<C-p>week in brief<enter>")
        .wait_for("The Harbour Gazette · 2023-10-31")
        .keys("]d");
    terminal.keys("?").wait_for("Move").keys("<esc>").keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn what_was_decided_about_a_name_holds_after_a_restart() {
    let home = Rc::new(Home::fresh());
    let path = home.write(
        "papers/statement.txt",
        "The talks\n\nThe ministers of Japan and France met in Berlin.\n",
    );
    let path = path.parent().unwrap().to_str().unwrap().to_owned();
    let mut first = at_home(&home, WIDE, &[&path]);
    first
        .wait_for("met in Berlin")
        .keys("gejap")
        .wait_for("place       1 in")
        .keys("<enter>")
        .wait_for("1 mention in 1 document")
        .keys("r<C-u>Nippon<enter>")
        .wait_for("Nippon ─")
        .keys("<esc><C-u>fran")
        .wait_for("France ")
        .keys("<enter>")
        .wait_for("1 mention in 1 document")
        .keys("x")
        .wait_for("x shows it again")
        .keys("<esc><esc>q");
    assert_eq!(first.exit_code(), 0);

    let mut tomorrow = at_home(&home, WIDE, &[&path]);
    tomorrow
        .wait_for("met in Berlin")
        .keys("ge")
        .wait_for("Nippon")
        .wait_gone("France  ")
        .keys("<S-tab>")
        .wait_for("France")
        .keys("<enter>")
        .wait_for("x shows it again")
        .keys("x")
        .wait_for("shown again")
        .keys("u")
        .wait_for("x shows it again")
        .keys("<esc><esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}

#[test]
fn a_spelling_taken_out_stays_out_after_a_restart_and_a_mention_leads_back_to_its_card() {
    let home = Rc::new(Home::fresh());
    let path = home.write(
        "papers/statement.txt",
        "The talks\n\nThe ministers of Japan and France met in Berlin. Japanese officials stayed in Tokyo.\n",
    );
    let path = path.parent().unwrap().to_str().unwrap().to_owned();
    let mut first = at_home(&home, WIDE, &[&path]);
    first
        .wait_for("met in Berlin")
        .keys("gejap")
        .wait_for("place       2 in")
        .keys("<enter>")
        .wait_for("Japan 1 · Japanese 1")
        .wait_for("1 of 2")
        .keys("<enter>")
        .wait_for("^O goes back to the card of Japan")
        .keys("<C-o>")
        .wait_for("2 mentions in 1 document")
        .keys("<S-tab>G")
        .wait_for("s takes this spelling out")
        .keys("s")
        .wait_for("“Japanese” is another now")
        .wait_for("1 mention in 1 document")
        .keys("<esc>")
        .wait_for("Names 2")
        .keys("<esc>q");
    assert_eq!(first.exit_code(), 0);

    let mut tomorrow = at_home(&home, WIDE, &[&path]);
    tomorrow
        .wait_for("met in Berlin")
        .keys("gejap")
        .wait_for("Names 2")
        .wait_for("Japanese  ")
        .keys("<esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}

#[test]
fn a_quotation_of_the_samples_is_traced_and_left_again() {
    let mut terminal = Terminal::start(WIDE, &[], &[]);
    terminal
        .wait_for("A Price Paid")
        .keys("<C-p>Price Paid")
        .wait_for("1 of")
        .keys("<enter>")
        .wait_for("322 words")
        .wait_for("❝ The ministers begin")
        .keys("]q]qo")
        .wait_for("altered: capabilities → ambitions")
        .keys("<enter>")
        .wait_for("military capabilities, and")
        .keys("<C-o>")
        .wait_for("military ambitions")
        .keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_note_whose_words_changed_is_reviewed_and_the_decision_holds_after_a_restart() {
    let home = Rc::new(Home::fresh());
    let then = "The pier\n\nThe envoys of both sides signed the long paper on the northern pier before noon that day.\n\nThe minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.\n";
    let now = "The pier\n\nThe minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.\n\nThe envoys of two sides had signed a long paper at the southern pier before noon that day.\n";
    let path = home.write("papers/pier.txt", then);
    let folder = path.parent().unwrap().to_str().unwrap().to_owned();
    let mut first = at_home(&home, WIDE, &[&folder]);
    first
        .wait_for("northern pier")
        .keys("jj")
        .keys("a")
        .keys("Which pier?<esc>")
        .wait_for("Saved");
    std::fs::write(&path, now).unwrap();
    first
        .wait_for("southern pier")
        .keys("gr")
        .wait_for("1 to decide")
        .wait_for("similar words")
        .keys("y")
        .wait_for("everything is decided")
        .keys("u")
        .wait_for("1 to decide")
        .keys("n")
        .wait_for("everything is decided")
        .keys("<esc>q");
    assert_eq!(first.exit_code(), 0);

    let mut tomorrow = at_home(&home, WIDE, &[&folder]);
    tomorrow
        .wait_for("southern pier")
        .keys("gr")
        .wait_for("No note needs a decision")
        .keys("<esc>A")
        .wait_for("lost")
        .keys("<esc>q");
    assert_eq!(tomorrow.exit_code(), 0);
}
