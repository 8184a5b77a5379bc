//! Two documents compared: side by side where there is room, else in one column.

use ratatui::layout::Rect;

use super::marked::{self, Line, Signs, noted_lines};
use crate::app::model::Model;
use crate::app::overlay::RedlinePage;
use crate::app::overlay::redline::{Order, Side};
use crate::library::tracing::{Compared, NoteAt, Pair};
use crate::trace::redline::Fate;
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, thousands, wrapped};

/// Columns from which the two stand side by side.
const BESIDE: u16 = 120;
/// Cells before a sentence: of the mark of the chosen one, and of the sign of its fate with a blank.
const SIGN: u16 = 3;

pub(super) fn paint(model: &Model, page: &RedlinePage, pen: &mut Pen) {
    let area = Rect::new(0, 0, model.size.0, model.size.1.saturating_sub(1));
    let n_notes = page.n_notes();
    let hints = match (page.chosen_note(), page.order) {
        (Some(_), _) => {
            "Enter opens the note|Enter opens it · a A next note, the one before|a A next note · ]c [c next change, the one before|]c [c change · Esc closes"
        }
        (None, Order::Reading) if n_notes > 0 => {
            "]c [c next change, the one before|]c [c change · Enter goes there|Enter goes · a next note|a note · r the weightiest first|r by weight · Tab other side|Tab side · Esc closes"
        }
        (None, Order::Reading) => {
            "]c [c next change, the one before|]c [c change · Enter goes there|Enter goes · r the weightiest first|r by weight · Tab other side|Tab side · Esc closes"
        }
        (None, Order::Ranked) => {
            "]c [c next change, the one before|]c [c change · Enter goes there|Enter goes · r as they stand · Tab other side|Tab side · Esc closes"
        }
    };
    let inner = frame::paint(area, "Compared", hints, pen);
    let Some(found) = &page.found else {
        let says = format!("Comparing with {}…", page.other);
        pen.spans(inner.x, inner.y, inner.right(), &[span(says, Role::Dim)]);
        return;
    };
    if inner.height < 3 || inner.width < 12 {
        return;
    }
    let beside = area.width >= BESIDE;
    let mut body = head(page, found, inner, beside, pen);
    pen.spans(
        body.x,
        body.y,
        body.right(),
        &summary(found, page, body.width),
    );
    let gap = 1 + u16::from(inner.height > 12);
    body.y += gap;
    body.height = body.height.saturating_sub(gap);
    if page.is_empty() {
        let says = match page.order {
            Order::Reading => "There is no sentence in either",
            Order::Ranked => "Nothing was changed",
        };
        pen.spans(body.x, body.y, body.right(), &[span(says, Role::Dim)]);
        return;
    }
    if let Some(note) = page.chosen_note() {
        // The words of the chosen note stand at the foot.
        let words = note_words(model, note, body.width);
        let foot = (words.len() as u16).min((body.height / 4).max(1));
        body.height = body.height.saturating_sub(foot);
        pen.sign(body.x, body.bottom(), pen.symbols().note, Role::NoteMark);
        for (y, line) in (body.bottom()..body.bottom() + foot).zip(&words) {
            pen.put(body.x + 2, y, body.right(), line, Role::Text);
        }
    }
    rows(page, body, beside, pen);
}

/// The words of a note and its tags, in lines of so many cells.
fn note_words(model: &Model, note: &NoteAt, cells: u16) -> Vec<String> {
    let mut notes = model.kept.annotations.iter();
    let Some(note) = notes.find(|one| one.id == note.id) else {
        return Vec::new();
    };
    let body = &note.body;
    let tags: Vec<String> = body.tags.iter().map(|tag| format!("#{tag}")).collect();
    let said = match (body.note.is_empty(), tags.is_empty()) {
        (true, true) => "a highlight without words".to_owned(),
        (true, false) => tags.join(" "),
        (false, true) => one_line(&body.note),
        (false, false) => format!("{}  {}", one_line(&body.note), tags.join(" ")),
    };
    wrapped(&said, usize::from(cells.saturating_sub(2)))
}

/// The titles of the two, the side Enter goes to marked; what is left of the area.
fn head(page: &RedlinePage, found: &Compared, area: Rect, beside: bool, pen: &mut Pen) -> Rect {
    let title = |side: Side| {
        let (of, name) = match side {
            Side::Old => (&found.old, "old"),
            Side::New => (&found.new, "new"),
        };
        let role = if page.side == side {
            Role::PaneFocused
        } else {
            Role::Dim
        };
        let sign = if page.side == side {
            pen_sign(pen)
        } else {
            " "
        };
        let date = of
            .published
            .as_ref()
            .map_or("undated", crate::document::Edtf::as_str);
        vec![
            span(format!("{sign} {name}  "), role),
            span(format!("{date}  "), Role::When),
            span(of.title.clone(), role),
        ]
    };
    let (old, new) = (title(Side::Old), title(Side::New));
    if beside {
        let [left, right] = halves(area);
        pen.spans(left.x, area.y, left.right(), &old);
        pen.spans(right.x, area.y, right.right(), &new);
    } else {
        pen.spans(area.x, area.y, area.right(), &old);
        pen.spans(area.x, area.y + 1, area.right(), &new);
    }
    let n = if beside { 1 } else { 2 };
    Rect {
        y: area.y + n,
        height: area.height.saturating_sub(n),
        ..area
    }
}

fn pen_sign(pen: &Pen) -> &'static str {
    pen.symbols().chosen
}

fn summary(found: &Compared, page: &RedlinePage, cells: u16) -> Line {
    let one = &found.summary;
    let parts = [
        (one.kept, "kept"),
        (one.changed, "changed"),
        (one.moved, "moved"),
        (one.dropped, "dropped"),
        (one.new, "new"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(n, _)| cells >= 60 || *n > 0)
        .map(|(n, what)| format!("{} {what}", thousands(*n)))
        .collect();
    let mut line = vec![span(told.join(" · "), Role::Text)];
    if cells >= 60 {
        let (out, into) = (thousands(one.n_deleted), thousands(one.n_inserted));
        let words = if cells >= 90 {
            let out = counted(one.n_deleted, "word");
            format!("   {out} deleted, {into} inserted")
        } else {
            format!("   words: -{out} +{into}")
        };
        line.push(span(words, Role::Dim));
        if page.order == Order::Ranked {
            line.push(span("   the weightiest first", Role::Accent));
        }
    }
    line
}

/// The two halves of an area, a column for the rule between them.
fn halves(area: Rect) -> [Rect; 2] {
    let width = area.width.saturating_sub(3) / 2;
    [
        Rect { width, ..area },
        Rect {
            x: area.x + width + 3,
            width: area.width.saturating_sub(width + 3),
            ..area
        },
    ]
}

/// A row as it is painted.
struct Set {
    left: Vec<Line>,
    right: Vec<Line>,
}

impl Set {
    fn of(row: &Pair, area: Rect, (beside, most): (bool, usize), pen: &Pen) -> Self {
        let note = pen.symbols().note;
        if beside {
            let [left, right] = halves(area);
            let cells = |half: Rect| usize::from(half.width.saturating_sub(SIGN));
            // What was kept needs to be read once only.
            let text = if row.fate == Fate::Kept {
                Role::Dim
            } else {
                Role::Text
            };
            Self {
                left: noted_lines(
                    Pair::side(&row.old),
                    (cells(left), most),
                    text,
                    Signs::None,
                    note,
                ),
                right: noted_lines(
                    Pair::side(&row.new),
                    (cells(right), most),
                    text,
                    Signs::None,
                    note,
                ),
            }
        } else {
            let cells = usize::from(area.width.saturating_sub(SIGN));
            let signs = signs(row, pen);
            let text = if row.fate == Fate::Kept {
                Role::Dim
            } else {
                Role::Text
            };
            let words = row.together();
            Self {
                left: noted_lines(&words, (cells, most), text, signs, note),
                right: Vec::new(),
            }
        }
    }

    fn height(&self) -> usize {
        self.left.len().max(self.right.len()).max(1)
    }
}

/// Brackets are for changes in colours alone cannot tell apart; of a sentence that is dropped or new as a whole the sign before it is enough.
fn signs(row: &Pair, pen: &Pen) -> Signs {
    let plain = |role: Role| {
        let style = pen.style(role);
        style.fg.is_none() && style.bg.is_none()
    };
    match row.fate {
        Fate::Dropped | Fate::New => Signs::None,
        Fate::Kept | Fate::Changed | Fate::Moved
            if plain(Role::Deleted) || plain(Role::Inserted) =>
        {
            Signs::Brackets
        }
        Fate::Kept | Fate::Changed | Fate::Moved => Signs::Apart,
    }
}

/// The sentences around the chosen one, that in the upper half.
fn rows(page: &RedlinePage, area: Rect, beside: bool, pen: &mut Pen) {
    let most = usize::from(area.height).max(1);
    let set = |index: usize, pen: &Pen| {
        let row = page.row(index)?;
        Some(Set::of(row, area, (beside, most), pen))
    };
    let mut first = page.selected;
    let mut above = 0;
    while let Some(before) = first.checked_sub(1)
        && let Some(height) = set(before, pen).map(|row| row.height())
    {
        if above + height > most / 2 {
            break;
        }
        above += height;
        first = before;
    }
    // Where the end leaves room below, more is shown above.
    let mut y = area.y;
    for index in first..page.len() {
        let (Some(row), Some(set)) = (page.row(index), set(index, pen)) else {
            break;
        };
        let height = (set.height() as u16).min(area.bottom().saturating_sub(y));
        if height == 0 {
            break;
        }
        let place = Rect { y, height, ..area };
        paint_row(row, &set, place, (beside, index == page.selected), pen);
        y += height;
    }
}

fn paint_row(row: &Pair, set: &Set, area: Rect, (beside, chosen): (bool, bool), pen: &mut Pen) {
    let (sign, role) = match row.fate {
        Fate::Kept => (" ", Role::Dim),
        Fate::Changed => ("~", Role::Warn),
        Fate::Moved => (">", Role::Accent),
        Fate::Dropped => ("-", Role::Deleted),
        Fate::New => ("+", Role::Inserted),
    };
    let inside = |half: Rect| Rect {
        x: half.x + SIGN,
        width: half.width.saturating_sub(SIGN),
        ..half
    };
    // The sign stands on the side that has the sentence.
    let at = if beside {
        let [left, right] = halves(area);
        marked::paint(&set.left, 0, inside(left), pen);
        marked::paint(&set.right, 0, inside(right), pen);
        for y in area.top()..area.bottom() {
            pen.sign(left.right() + 1, y, pen.symbols().rule_vertical, Role::Rule);
        }
        if row.fate == Fate::Dropped {
            left.x
        } else {
            right.x
        }
    } else {
        marked::paint(&set.left, 0, inside(area), pen);
        area.x
    };
    pen.sign(at + 1, area.y, sign, role);
    if chosen {
        // The ground of a chosen row would hide what was struck out; the mark before it is enough.
        pen.sign(area.x, area.y, pen.symbols().chosen, Role::Accent);
    }
}
