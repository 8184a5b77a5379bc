//! Where everything stands on the screen, from its size and what the reader wants shown.
//!
//! From 110 columns the three panes stand side by side; from 60 the text has the screen, and moves over for list or timeline while they have the focus,
//! so that what they lead to can be read beside them; below that they take the whole screen. The last row is the status line, the first holds the panes' titles.

use ratatui::layout::Rect;

use super::model::{Model, Pane};

/// Columns from which three panes stand side by side.
pub const WIDE: u16 = 110;
/// Columns below which a pane takes the whole screen.
pub const NARROW: u16 = 60;
/// Cells left of the text for the marks of the gutter.
pub const GUTTER_CELLS: u16 = 2;
/// Cells the text pane needs for the usual measure of 76.
const USUAL_READER: u16 = 82;

/// Cells beyond which a wider timeline says no more.
const WIDEST_TIMELINE: u16 = 56;

/// The areas of one frame; a pane's area holds its title row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The document list, where it is shown.
    pub list: Option<Rect>,
    /// The text.
    pub reader: Rect,
    /// The timeline, where it is shown.
    pub timeline: Option<Rect>,
    /// The last row.
    pub status: Rect,
    /// Columns of rules between panes.
    pub rules: [Option<u16>; 2],
}

impl Areas {
    /// The areas for the model as it is.
    pub fn of(model: &Model) -> Self {
        let (cols, rows) = model.size;
        let body = Rect::new(0, 0, cols, rows.saturating_sub(1));
        let status = Rect::new(0, rows.saturating_sub(1), cols, u16::from(rows > 0));
        let mut areas = Self {
            list: None,
            reader: body,
            timeline: None,
            status,
            rules: [None, None],
        };
        if cols >= WIDE {
            let (list, timeline) = (list_cells(model), timeline_cells(model));
            if model.panes.list {
                areas.list = Some(Rect {
                    width: list,
                    ..body
                });
                areas.rules[0] = Some(list);
                areas.reader.x = list + 1;
                areas.reader.width -= list + 1;
            }
            if model.panes.timeline {
                let x = cols - timeline;
                areas.timeline = Some(Rect {
                    x,
                    width: timeline,
                    ..body
                });
                areas.rules[1] = Some(x - 1);
                areas.reader.width = areas.reader.width.saturating_sub(timeline + 1);
            }
            return areas;
        }
        let drawer = if cols < NARROW {
            cols
        } else {
            (cols / 5 * 2).max(30)
        };
        let beside = cols - drawer;
        match model.focus {
            Pane::List => {
                areas.list = Some(Rect {
                    width: drawer,
                    ..body
                });
                if beside > 0 {
                    areas.rules[0] = Some(drawer);
                    areas.reader.x = drawer + 1;
                    areas.reader.width = beside - 1;
                }
            }
            Pane::Timeline => {
                areas.timeline = Some(Rect {
                    x: beside,
                    width: drawer,
                    ..body
                });
                if beside > 0 {
                    areas.rules[1] = Some(beside - 1);
                    areas.reader.width = beside - 1;
                }
            }
            Pane::Reader => {}
        }
        areas
    }

    /// The rows below the title row of a pane.
    pub fn content(pane: Rect) -> Rect {
        Rect {
            y: pane.y + u16::from(pane.height > 0),
            height: pane.height.saturating_sub(1),
            ..pane
        }
    }

    /// The rows of text in the reader pane: the measure, centred, without gutter and scrollbar.
    pub fn text(&self, measure_cells: u16) -> Rect {
        let content = Self::content(self.reader);
        let room = content.width.saturating_sub(GUTTER_CELLS + 2);
        let width = measure_cells.min(room).max(1);
        Rect {
            x: content.x + GUTTER_CELLS + (room.saturating_sub(width)) / 2,
            width,
            ..content
        }
    }
}

/// Cells of the list pane: a third of the screen at most.
fn list_cells(model: &Model) -> u16 {
    let cols = model.size.0;
    model
        .panes
        .list_cells
        .unwrap_or((cols / 5).clamp(28, 40))
        .clamp(16, cols / 3)
}

/// Cells of the timeline pane: what the text does not need, between a quarter and a third of the screen.
fn timeline_cells(model: &Model) -> u16 {
    let cols = model.size.0;
    let list = if model.panes.list {
        list_cells(model) + 1
    } else {
        0
    };
    let spare = cols.saturating_sub(list + 1 + USUAL_READER);
    model
        .panes
        .timeline_cells
        .unwrap_or(spare.clamp((cols / 4).min(WIDEST_TIMELINE), WIDEST_TIMELINE))
        .clamp(18, cols / 3)
}

/// The area of an overlay: `width` by `height` at most, never more than four fifths of a large screen, centred or at the bottom. Where only slivers of
/// text would be left beside it, it takes all columns.
pub fn overlay(size: (u16, u16), width: u16, height: u16, at: Placement) -> Rect {
    let (cols, rows) = (size.0, size.1.saturating_sub(1));
    let most = |room: u16, small: u16| if room < small { room } else { room / 5 * 4 };
    let width = width.min(most(cols, 100));
    let height = height.min(most(rows, 20));
    let y = match at {
        Placement::Centre => (rows - height) / 2,
        Placement::Bottom => rows - height,
    };
    Rect::new((cols - width) / 2, y, width, height)
}

/// Where an overlay floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the middle.
    Centre,
    /// Above the status line.
    Bottom,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::Keymap;
    use crate::app::settings::Settings;

    #[test]
    fn panes_stay_on_the_screen_at_every_width() {
        for cols in 1..=600 {
            for (list, timeline) in [(true, true), (true, false), (false, true)] {
                let (keymap, _) = Keymap::with_patch("");
                let mut model = Model::new((cols, 40), Settings::default(), keymap);
                (model.panes.list, model.panes.timeline) = (list, timeline);
                for focus in [Pane::List, Pane::Reader, Pane::Timeline] {
                    model.focus = focus;
                    let areas = Areas::of(&model);
                    let panes = [areas.list, Some(areas.reader), areas.timeline];
                    assert!(
                        panes.iter().flatten().all(|pane| pane.right() <= cols),
                        "{areas:?}"
                    );
                    if cols >= WIDE {
                        assert!(areas.reader.width >= cols / 4, "{areas:?}");
                    }
                }
            }
        }
    }
}
