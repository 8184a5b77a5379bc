//! Overlapping layers of style cut into disjoint runs.
//!
//! In: one line's range and what lies on it, each range with the [`Role`] it plays, undermost first. Out: stretches that
//! follow one another, cover the line and never overlap, each with the one style it is painted in. A later layer wins for each colour by
//! itself and modifiers add up, so a date inside a note keeps its underline on the note's background. Graphemes and cells are not looked at.

use ratatui::style::Style;

use super::theme::{Role, Theme};
use crate::text::TextRange;

/// The runs of `line` in order; adjacent runs differ in style. O(n log n) in the number of layers.
///
/// What no layer covers has the default style; give the whole line a role as the first layer. An empty line has no runs.
pub fn runs(
    line: TextRange,
    layers: &[(TextRange, Role)],
    theme: &Theme,
) -> Vec<(TextRange, Style)> {
    let mut edges: Vec<(u32, usize, Style)> = Vec::with_capacity(layers.len() * 2);
    for (index, (range, role)) in layers.iter().enumerate() {
        if let Some(range) = range.intersection(line) {
            edges.push((range.start, index, theme.style(*role)));
            edges.push((range.end, index, Style::default()));
        }
    }
    edges.sort_unstable_by_key(|(at, index, _)| (*at, *index));
    let mut stack = Stack::new(layers.len());
    let mut runs: Vec<(TextRange, Style)> = Vec::with_capacity(edges.len() + 1);
    let mut from = line.start;
    for (at, index, style) in edges {
        push(&mut runs, TextRange::new(from, at), stack.top());
        from = at;
        stack.set(index, style);
    }
    push(&mut runs, TextRange::new(from, line.end), stack.top());
    runs
}

fn push(runs: &mut Vec<(TextRange, Style)>, range: TextRange, style: Style) {
    if range.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some((last, same)) if *same == style => last.end = range.end,
        _ => runs.push((range, style)),
    }
}

/// The styles of the layers in force, patched in order: a tree in which each node is its children patched, so that one layer
/// changes in O(log n).
struct Stack {
    nodes: Vec<Style>,
    n_leaves: usize,
}

impl Stack {
    fn new(n_layers: usize) -> Self {
        let n_leaves = n_layers.next_power_of_two();
        Self {
            nodes: vec![Style::default(); n_leaves * 2],
            n_leaves,
        }
    }

    fn top(&self) -> Style {
        self.node(1)
    }

    fn node(&self, at: usize) -> Style {
        self.nodes.get(at).copied().unwrap_or_default()
    }

    fn set(&mut self, layer: usize, style: Style) {
        let mut at = self.n_leaves + layer;
        let mut style = style;
        while let Some(node) = self.nodes.get_mut(at) {
            *node = style;
            at /= 2;
            if at == 0 {
                break;
            }
            style = self.node(at * 2).patch(self.node(at * 2 + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    fn theme() -> Theme {
        Theme::named("ink").unwrap()
    }

    /// The style of every byte, layer after layer.
    fn painted(line: TextRange, layers: &[(TextRange, Role)], theme: &Theme) -> Vec<Style> {
        (line.start..line.end)
            .map(|at| {
                layers
                    .iter()
                    .filter(|(range, _)| range.contains(at))
                    .fold(Style::default(), |style, (_, role)| {
                        style.patch(theme.style(*role))
                    })
            })
            .collect()
    }

    #[test]
    fn a_date_inside_a_note_keeps_its_underline_on_the_note() {
        let theme = theme();
        let layers = [
            (TextRange::new(0, 10), Role::Text),
            (TextRange::new(2, 9), Role::Note1),
            (TextRange::new(4, 6), Role::Date),
        ];
        let runs = runs(TextRange::new(0, 10), &layers, &theme);
        let ranges: Vec<_> = runs.iter().map(|(run, _)| (run.start, run.end)).collect();
        assert_eq!(ranges, [(0, 2), (2, 4), (4, 6), (6, 9), (9, 10)]);
        let (_, both) = runs[2];
        assert_eq!(both.bg, theme.style(Role::Note1).bg);
        assert_eq!(both.fg, theme.style(Role::Date).fg);
        assert!(both.add_modifier.contains(Modifier::UNDERLINED));
    }

    #[test]
    fn an_empty_line_has_no_runs_and_a_bare_one_has_one() {
        let role = (TextRange::new(0, 9), Role::Text);
        assert_eq!(runs(TextRange::empty(4), &[role], &theme()), []);
        assert_eq!(
            runs(TextRange::new(3, 5), &[], &theme()),
            [(TextRange::new(3, 5), Style::default())]
        );
    }

    proptest! {
        #[test]
        fn runs_are_what_a_painter_of_single_bytes_would_paint(
            (start, len) in (0_u32..40, 0_u32..60),
            layers in prop::collection::vec((0_u32..120, 0_u32..120, prop::sample::select(Role::ALL.to_vec())), 0..20),
        ) {
            let theme = theme();
            let line = TextRange::new(start, start + len);
            let layers: Vec<_> = layers.into_iter().map(|(a, b, role)| (TextRange::new(a, b), role)).collect();
            let runs = runs(line, &layers, &theme);
            let mut at = line.start;
            for (run, _) in &runs {
                prop_assert_eq!(run.start, at);
                prop_assert!(!run.is_empty());
                at = run.end;
            }
            prop_assert!(at == line.end);
            prop_assert!(runs.windows(2).all(|pair| pair[0].1 != pair[1].1));
            let spread: Vec<_> = runs.iter().flat_map(|(run, style)| vec![*style; run.len() as usize]).collect();
            prop_assert_eq!(spread, painted(line, &layers, &theme));
        }
    }
}
