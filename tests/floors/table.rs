//! The table under "Floors" in ARCHITECTURE.md, read as the rule that it is.
//!
//! A row's last cell is `—` (nothing), a list of modules, `all above`, `everything above` or `X and below`; the last three
//! may go on with `but a, b`. A row may only name rows that stand before it.

/// One row: a module and the modules it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Floor {
    pub(crate) module: String,
    pub(crate) may_use: Vec<String>,
}

/// The rows in order, lowest floor first, or what is wrong with the table.
pub(crate) fn parse(page: &str) -> Result<Vec<Floor>, String> {
    let mut floors: Vec<Floor> = Vec::new();
    let rows = page
        .lines()
        .skip_while(|line| line.trim() != "## Floors")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(row);
    for (module, cell) in rows {
        let above: Vec<String> = floors.iter().map(|floor| floor.module.clone()).collect();
        let may_use = allowed(&cell, &above).map_err(|word| {
            format!(
                "ARCHITECTURE.md: the row of `{module}` names `{word}`, which is no module of a row above it; \
                 correct the word or move the row"
            )
        })?;
        floors.push(Floor { module, may_use });
    }
    if floors.is_empty() {
        return Err(
            "ARCHITECTURE.md: there is no table under `## Floors` with rows like \
             \"| `text` | question | — |\"; restore it"
                .to_owned(),
        );
    }
    Ok(floors)
}

/// Module and last cell of a row whose first cell is a name in backquotes; headings and rules are no such rows.
fn row(line: &str) -> Option<(String, String)> {
    let cells: Vec<&str> = line
        .trim()
        .strip_prefix('|')?
        .split('|')
        .map(str::trim)
        .collect();
    let module = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
    Some((module.to_owned(), (*cells.get(2)?).to_owned()))
}

fn allowed(cell: &str, above: &[String]) -> Result<Vec<String>, String> {
    let words: Vec<&str> = cell
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let (base, except) = match words.iter().position(|word| *word == "but") {
        Some(at) => (&words[..at], &words[at + 1..]),
        None => (words.as_slice(), &words[..0]),
    };
    let place = |word: &str| {
        above
            .iter()
            .position(|module| module == word)
            .ok_or_else(|| word.to_owned())
    };
    let mut may_use = match base {
        ["—"] => Vec::new(),
        ["all" | "everything", "above"] => above.to_vec(),
        [top, "and", "below"] => above[..=place(top)?].to_vec(),
        list => {
            for word in list {
                place(word)?;
            }
            list.iter().map(|word| (*word).to_owned()).collect()
        }
    };
    for word in except {
        place(word)?;
        may_use.retain(|module| module != word);
    }
    Ok(may_use)
}
