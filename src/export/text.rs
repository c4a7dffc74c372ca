use std::borrow::Cow;

use super::{Format, IndicatorOptions, IndicatorSet};
use crate::text::Safe;

/// One line for each indicator, with a tab between its fields, for `cut` and `awk`.
pub(super) static TEXT: Format = Format {
    name: "text",
    ending: "txt",
    head: "",
    separator: "",
    tail: "",
    is_prose: false,
    write_article: None,
    write_indicators: Some(indicators),
};

fn indicators(out: &mut String, set: &IndicatorSet<'_>, options: IndicatorOptions) {
    for hit in set.indicators {
        let value = if options.live { Cow::from(&hit.value) } else { hit.shown() };
        let mut fields = vec![hit.kind.name(), &value];
        if options.all_tiers {
            fields.extend([hit.tier.name(), hit.reason.as_deref().unwrap_or_default()]);
        }
        let safe: Vec<String> = fields.into_iter().map(|field| Safe::line(field).into_string()).collect();
        out.push_str(&safe.join("\t"));
        out.push('\n');
    }
}
