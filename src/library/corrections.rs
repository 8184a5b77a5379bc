//! What the reader set by hand about a document, over what it says and what was found in it.

use serde::{Deserialize, Serialize};

use crate::document::{Document, Edtf, Published, PublishedFrom};
use crate::time::Decision;

/// What the reader set by hand about a document; what is missing is as found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrections {
    /// `:title`
    pub title: Option<String>,
    /// `:date`
    pub published: Option<Edtf>,
    /// `:publisher`
    pub publisher: Option<String>,
    /// `:means`: what temporal expressions of the text mean, in the order they were decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Decision>,
}

impl Corrections {
    /// These with the change from one to another made to them, field by field and date by date: what else is set stays. The field that is neither as before nor as
    /// afterwards, in words, if there is one.
    pub fn amended(&self, from: &Self, to: &Self) -> Result<Self, String> {
        let mut made = self.clone();
        swap(&mut made.title, &from.title, &to.title, "the title")?;
        let date = &mut made.published;
        swap(
            date,
            &from.published,
            &to.published,
            "the date of publication",
        )?;
        let publisher = &mut made.publisher;
        swap(publisher, &from.publisher, &to.publisher, "the publisher")?;
        let means = |decided: &Decision| format!("what “{}” means", decided.exact);
        for decided in from.dates.iter().filter(|date| !to.dates.contains(date)) {
            let at = made.dates.iter().position(|date| date == decided);
            made.dates.remove(at.ok_or_else(|| means(decided))?);
        }
        for (at, decided) in to.dates.iter().enumerate() {
            if from.dates.contains(decided) {
                continue;
            }
            if made
                .dates
                .iter()
                .any(|date| is_about_the_same(date, decided))
            {
                return Err(means(decided));
            }
            made.dates.insert(at.min(made.dates.len()), decided.clone());
        }
        Ok(made)
    }

    /// Puts the metadata over what the document says. The dates are for [`analyse_with`](super::analyse_with).
    pub fn apply(&self, document: &mut Document) {
        let meta = &mut document.meta;
        if let Some(title) = &self.title {
            meta.title = Some(title.clone());
            meta.title_at = None;
        }
        if let Some(date) = &self.published {
            meta.published = Some(Published {
                date: date.clone(),
                from: PublishedFrom::User,
                at: None,
            });
        }
        if let Some(publisher) = &self.publisher {
            meta.publisher = Some(publisher.clone());
        }
    }
}
/// Puts one value where the other stands.
fn swap<T: Clone + PartialEq>(field: &mut T, from: &T, to: &T, name: &str) -> Result<(), String> {
    if from != to {
        if field != from {
            return Err(name.to_owned());
        }
        field.clone_from(to);
    }
    Ok(())
}

fn is_about_the_same(one: &Decision, other: &Decision) -> bool {
    (&one.exact, &one.prefix, &one.suffix) == (&other.exact, &other.prefix, &other.suffix)
}
