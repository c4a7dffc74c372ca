//! Indicators as rows of comma-separated values (RFC 4180) that a spreadsheet reads as text.

use std::borrow::Cow;

use super::{ArticleOptions, Exported, Format, IndicatorOptions, IndicatorSet};
use crate::{
    indicator::{Indicator, Tier},
    text::Safe,
};

/// First characters that make a spreadsheet compute a cell; the wide ones do in East Asian editions.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// One row for each indicator.
pub static CSV: Format = Format {
    name: "csv",
    ending: "csv",
    head: "type,value,tier,defanged,place,reason,from,article,url\n",
    separator: "",
    tail: "",
    is_prose: false,
    write_article: Some(article),
    write_indicators: Some(indicators),
};

fn article(out: &mut String, exported: &Exported<'_>, _options: &ArticleOptions<'_>) {
    let wanted = |hit: &&Indicator| hit.tier == Tier::Indicator;
    let hits: Vec<&Indicator> = exported.briefing.indicators.iter().filter(wanted).collect();
    let url = exported.article.url.as_deref().unwrap_or_default();
    let set = IndicatorSet { from: exported.id, title: &exported.article.title, url, indicators: &hits };
    indicators(out, &set, IndicatorOptions::default());
}

fn indicators(out: &mut String, set: &IndicatorSet<'_>, options: IndicatorOptions) {
    for hit in set.indicators {
        let value = if options.live { Cow::from(&hit.value) } else { hit.shown() };
        let cells = [
            hit.kind.name(),
            &value,
            hit.tier.name(),
            if hit.defanged { "yes" } else { "no" },
            hit.place.name(),
            hit.reason.as_deref().unwrap_or_default(),
            set.from,
            set.title,
            set.url,
        ];
        out.push_str(&row(cells));
        out.push('\n');
    }
}

/// Writes one row, without its line end.
///
/// Every cell is one safe line, quoted where it has to be. A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front, as spreadsheets mark text themselves; every other cell reads back as it was.
fn row<const CELLS: usize>(cells: [&str; CELLS]) -> String {
    cells.map(cell).join(",")
}

fn cell(text: &str) -> String {
    let safe = Safe::line(text);
    let text = safe.as_str();
    let formula = text.trim_start().starts_with(FORMULA);
    if !formula && !text.contains([',', '"', ';']) && text.trim() == text {
        return safe.into_string();
    }
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{FORMULA, cell, row};

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be() {
        assert_eq!(row(["a", "b c", ""]), "a,b c,");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(cell(" a"), "\" a\"");
        assert_eq!(cell("a\r\n\u{1b}[2Jb"), "a [2Jb");
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("\t@SUM(A1)"), "\"' @SUM(A1)\"");
        assert_eq!(cell("-nop -w hidden"), "\"'-nop -w hidden\"");
        assert_eq!(cell("hxxps://evil[.]example/?a=-1"), "hxxps://evil[.]example/?a=-1");
    }

    proptest! {
        #[test]
        fn no_cell_computes_or_leaves_its_column(text in any::<String>()) {
            let cell = cell(&text);
            let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            assert!(!inner.unwrap_or(&cell).trim_start().starts_with(FORMULA));
            assert!(inner.map_or(!cell.contains([',', '"']), |inner| !inner.replace("\"\"", "").contains('"')));
        }
    }
}
