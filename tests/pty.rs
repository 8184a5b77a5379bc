//! The test terminal itself: what is typed arrives, what is put out is seen, and nothing of this machine leaks in.

mod terminal;

use std::rc::Rc;

use terminal::keys::encode;
use terminal::{Exit, Home, Mouse, STOPPED, Signal, Size, Terminal};

const SIZE: Size = Size { cols: 60, rows: 10 };

/// A shell script in a fresh home.
fn shell(script: &str) -> Terminal {
    Terminal::run(&Rc::new(Home::fresh()), SIZE, &["sh", "-c", script], &[])
}

/// What a program reads, as hexadecimal bytes, when `n` of them are typed by `by`.
fn received(n: usize, by: impl FnOnce(&mut Terminal)) -> String {
    let mut terminal = shell(&format!(
        "stty raw -echo; printf 'ready'; dd bs=1 count={n} 2>/dev/null | od -An -v -tx1; printf ' end'"
    ));
    terminal.wait_for("ready");
    by(&mut terminal);
    assert_eq!(terminal.exit_code(), 0);
    let screen = terminal.screen();
    let (_, read) = screen.split_once("ready").unwrap_or_default();
    let read: Vec<&str> = read
        .split_whitespace()
        .filter(|word| *word != "end")
        .collect();
    read.join(" ")
}

#[test]
fn typed_keys_arrive() {
    let mut terminal = Terminal::run(&Rc::new(Home::fresh()), SIZE, &["cat"], &[]);
    terminal.keys("a note<enter>").wait_for("a note\na note");
    terminal.keys("<C-d>");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.screen(), "a note\na note");
}

#[test]
fn named_keys_are_sent_as_a_terminal_sends_them() {
    let check = |keys: &str, bytes: &[u8]| assert_eq!(encode(keys), bytes, "{keys}");
    check("jj<tab><S-tab><C-p>", b"jj\t\x1b[Z\x10");
    check("<enter><space><bs><lt>é", "\r \u{7f}<é".as_bytes());
    check("<A-f><A-enter><C-space><C-[>", b"\x1bf\x1b\r\x00\x1b");
    check("<up><C-left><S-end>", b"\x1b[A\x1b[1;5D\x1b[1;2F");
    check(
        "<pgdn><C-del><f1><f5><f10><f12><S-f2>",
        b"\x1b[6~\x1b[3;5~\x1bOP\x1b[15~\x1b[21~\x1b[24~\x1b[1;2Q",
    );
    check("<esc>q", b"\x1b[27uq");
}

#[test]
#[should_panic(expected = "there is no key <entre>")]
fn a_misspelt_key_fails_the_test() {
    encode("<entre>");
}

#[test]
fn control_keys_pastes_and_the_mouse_reach_the_program() {
    assert_eq!(
        received(3, |t| {
            t.keys("<C-p>j<tab>");
        }),
        "10 6a 09"
    );
    assert_eq!(
        received(14, |t| {
            t.paste("a\n");
        }),
        "1b 5b 32 30 30 7e 61 0a 1b 5b 32 30 31 7e"
    );
    assert_eq!(
        received(9, |t| {
            t.mouse(Mouse::Press, 0, 8);
        }),
        "1b 5b 3c 30 3b 31 3b 39 4d"
    );
}

#[test]
fn the_screen_shows_what_the_bytes_draw_and_raw_keeps_the_bytes() {
    let mut terminal = shell(r"printf 'gone\033[2J\033[2;3Hhere \033[1mbold\033[m'");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.screen(), "\n  here bold");
    assert_eq!(
        terminal.raw(),
        b"gone\x1b[2J\x1b[2;3Hhere \x1b[1mbold\x1b[m"
    );
    assert!(terminal.look(|screen| screen.cell(1, 7).is_some_and(vt100::Cell::bold)));
}

#[test]
fn the_terminal_answers_what_it_is_asked() {
    let mut terminal = shell(
        r"stty raw -echo; printf 'ab\033[6n\033[c'; dd bs=1 count=15 2>/dev/null | tr '\033' '~'; printf ' end'",
    );
    terminal.wait_for("end");
    assert_eq!(terminal.screen(), "ab~[1;3R~[?62;22c end");
}

#[test]
fn a_resize_is_seen_by_the_program_and_on_the_screen() {
    let mut terminal = shell("stty -echo; printf 'ready\n'; while read -r _; do stty size; done");
    terminal.wait_for("ready").keys("<enter>").wait_for("10 60");
    terminal.resize(40, 12).keys("<enter>").wait_for("12 40");
    let size = terminal.look(vt100::Screen::size);
    assert_eq!((size.0.get(), size.1.get()), (12, 40));
}

#[test]
fn signals_arrive_and_the_end_is_told() {
    let waiting = "echo ready; while :; do sleep 0.05; done";
    let mut handled = shell(&format!("trap 'echo bye; exit 3' TERM; {waiting}"));
    handled.wait_for("ready").signal(Signal::Terminate);
    assert_eq!(handled.exit_code(), 3);
    assert_eq!(handled.screen(), "ready\nbye");

    let mut killed = shell(waiting);
    killed.wait_for("ready").signal(Signal::Kill);
    assert!(matches!(killed.exit(), Exit::Signal(_)));
}

#[test]
fn a_job_stops_and_goes_on() {
    let script = "echo one; kill -TSTP $$; echo two; while :; do sleep 0.05; done";
    let mut terminal =
        Terminal::run_as_job(&Rc::new(Home::fresh()), SIZE, &["sh", "-c", script], &[]);
    terminal
        .wait_for("one")
        .wait_for(STOPPED)
        .keys("<enter>")
        .wait_for("two");
    terminal.signal(Signal::Terminate);
    assert_eq!(terminal.exit_code(), 128 + 15);
}

#[test]
fn input_comes_through_a_pipe_while_keys_come_from_the_terminal() {
    let script = r#"cat; test -p /dev/stdin && read -r key </dev/tty; echo "typed $key""#;
    let home = Rc::new(Home::fresh());
    let mut terminal =
        Terminal::run_with_input(&home, SIZE, b"A statement.\n", &["sh", "-c", script], &[]);
    terminal
        .wait_for("A statement.")
        .keys("j<enter>")
        .wait_for("typed j");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_program_lives_in_the_home_of_the_test() {
    let home = Rc::new(Home::fresh());
    let script = r#"test "$PWD" -ef "$HOME" && echo kept > "$HOME/note"; env | grep -c '^POSTIL_'; echo "$WORD""#;
    let mut terminal = Terminal::run(&home, SIZE, &["sh", "-c", script], &[("WORD", "given")]);
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.screen(), "0\ngiven");
    assert_eq!(
        std::fs::read_to_string(home.path().join("note")).unwrap(),
        "kept\n"
    );

    let mut tomorrow = Terminal::run(&home, SIZE, &["cat", "note"], &[]);
    assert_eq!(tomorrow.exit_code(), 0);
    assert_eq!(tomorrow.screen(), "kept");
}

#[test]
#[should_panic(
    expected = "the program ended before there was `never` on the screen; the screen is\nonce"
)]
fn a_wait_in_vain_shows_the_screen() {
    shell("echo once").wait_for("never");
}

#[test]
fn the_binary_starts_and_ends() {
    let mut terminal = Terminal::start(SIZE, &["--version"], &[]);
    assert_eq!(terminal.exit_code(), 0);
}
