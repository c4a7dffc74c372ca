//! Feeds any text to the indicator scanner: no panic, good spans, ascending.
#![no_main]

use huntdeck::{
    article::Document,
    indicator::{Context, extract},
    text::refang,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut last = 0;
    for indicator in extract(&Document::from_plain(text), &Context::default()) {
        assert_eq!(text.get(indicator.span.range()), Some(indicator.written.as_str()));
        assert!(indicator.span.start >= last);
        last = indicator.span.start;
    }
    refang(text);
});
