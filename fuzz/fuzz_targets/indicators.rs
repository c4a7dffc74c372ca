//! Feeds any text to the indicator scanner and to the filters: no panic, good spans, ascending.
#![no_main]

use huntdeck::{
    article::Document,
    indicator::{Context, Indicator, defang_text, extract},
    text::{defang, refang},
};
use libfuzzer_sys::fuzz_target;

fn read(document: &Document) -> Vec<Indicator> {
    extract(document, &Context::default())
}

fuzz_target!(|text: &str| {
    let mut last = 0;
    for indicator in read(&Document::from_plain(text)) {
        assert_eq!(text.get(indicator.span.range()), Some(indicator.written.as_str()));
        assert!(indicator.span.start >= last && !indicator.span.is_empty());
        last = indicator.span.start;
        refang(&defang(&indicator.value));
    }
    let page = Document::from_html(text);
    for indicator in read(&page) {
        assert_eq!(page.text.get(indicator.span.range()), Some(indicator.written.as_str()));
    }
    refang(text);
    defang_text(text);
});
