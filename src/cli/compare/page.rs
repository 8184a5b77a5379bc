//! A redline as a page that needs nothing else: no script, no address, light or dark as the reader's system is.

use std::fmt::Write as _;

use super::{Compared, Look};
use crate::text::sanitise;
use crate::trace::redline::Fate;

/// Colours of at least 4.5:1 on either ground; what was deleted and inserted differs in line too.
const STYLE: &str = ":root{color-scheme:light dark;--ground:#fdfcf8;--text:#1c1b19;--dim:#5c5953;--out:#a3172c;--in:#11653a;--changed:#8f6a00;--moved:#1f62a5}\
@media(prefers-color-scheme:dark){:root{--ground:#181a1f;--text:#dcdad4;--dim:#a09c93;--out:#f08a92;--in:#7fce9f;--changed:#d9b44a;--moved:#86b7ec}}\
body{max-width:44em;margin:2em auto;padding:0 1em;font:1.1em/1.5 Georgia,serif;background:var(--ground);color:var(--text);overflow-wrap:anywhere}\
header{color:var(--dim);font-size:.9em;margin-bottom:1.5em}p{margin:.5em 0;padding-left:.7em;border-left:3px solid transparent}\
.changed{border-color:var(--changed)}.moved{border-color:var(--moved)}.dropped{border-color:var(--out)}.new{border-color:var(--in)}\
del{color:var(--out)}ins{color:var(--in);text-decoration:underline}aside{margin:0 0 .5em 1.5em;font-size:.85em;color:var(--dim)}\
.fate{float:right;margin-left:1em;font:.75em sans-serif;color:var(--dim)}@media print{body{max-width:none;margin:0}}";

impl Compared {
    /// The page.
    pub(super) fn html(&self) -> String {
        let headline = escape(&self.headline()).replace('\n', "<br>");
        let title = escape(self.new.opened.document.title());
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{title}</title>\n\
             <style>{STYLE}</style></head>\n<body><header>{headline}</header>\n"
        );
        for row in &self.redline.rows {
            let fate = row.fate.as_str();
            let told = match row.fate {
                Fate::Kept | Fate::Changed => String::new(),
                Fate::Moved | Fate::Dropped | Fate::New => {
                    format!("<span class=\"fate\">{fate}</span>")
                }
            };
            let _ = write!(page, "<p class=\"{fate}\" title=\"{fate}\">{told}");
            for (look, text) in self.pieces(row) {
                let text = escape(&text);
                let _ = match look {
                    Look::Kept => write!(page, "{text}"),
                    Look::Deleted => write!(page, "<del>{text}</del>"),
                    Look::Inserted => write!(page, "<ins>{text}</ins>"),
                };
            }
            page.push_str("</p>\n");
            for aside in self.asides(row) {
                let _ = writeln!(page, "<aside>{}</aside>", escape(&aside));
            }
        }
        page.push_str("</body></html>\n");
        page
    }
}

/// Text as HTML shows it, without what drives a terminal.
fn escape(text: &str) -> String {
    let safe = sanitise::lines(text);
    safe.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
