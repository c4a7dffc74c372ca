use markdown::{CompileOptions, Options, to_html_with_options};
use proptest::{prop_assert, proptest};

use super::{address, block, code, line, lines};

/// Renders Markdown as a careless program does: with HTML, any scheme, and bare addresses as links.
fn rendered(markdown: &str) -> String {
    let compile = CompileOptions {
        allow_dangerous_html: true,
        allow_dangerous_protocol: true,
        allow_any_img_src: true,
        gfm_tagfilter: false,
        ..CompileOptions::gfm()
    };
    to_html_with_options(markdown, &Options { compile, ..Options::gfm() }).unwrap()
}

fn acts(html: &str) -> bool {
    ["<a ", "<img", "<h1", "<h2", "<script", "<b>", "<pre", "<!--"].iter().any(|tag| html.contains(tag))
}

#[test]
fn a_line_is_no_link_no_picture_and_no_html() {
    assert_eq!(line("a\n[b](javascript:c) ![d](e)"), "a [b]\\(javascript:c) ![d]\\(e)");
    assert_eq!(line("<img src=x> <!-- a < b"), "\\<img src=x> \\<!-- a < b");
    assert_eq!(line("a_b *c* `d` [...]"), "a_b *c* `d` [...]");
}

#[test]
fn a_backslash_of_the_text_frees_nothing() {
    for text in ["\\<img src=x>", "\\\\<b>x</b>", "[a]\\(b)", "\\[a](b)", "a\\\\\\<script>"] {
        assert!(!acts(&rendered(&line(text))), "{}", line(text));
    }
}

#[test]
fn bare_addresses_are_no_links() {
    assert_eq!(
        line("see https://evil.example/a?b (www.evil.example)"),
        "see hxxps://evil[.]example/a?b (www[.]evil[.]example)"
    );
    for text in ["*http://evil.example*", "HTTPS://evil.example", "www.evil.example", "mail a@evil.example now"] {
        assert!(!acts(&rendered(&line(text))), "{}", line(text));
    }
}

#[test]
fn lines_begin_no_heading_and_no_fence() {
    let text = "Text\n---\n# One\n#tag\n  ```sh\n~~~\n[a]: b\n- item\n- # two\n> 1. ~~~";
    let expected = "Text\n\\---\n\\# One\n#tag\n  \\```sh\n\\~~~\n[a]\\: b\n- item\n- \\# two\n> 1. \\~~~";
    assert_eq!(lines(text), expected);
}

#[test]
fn no_line_defines_a_link() {
    for text in ["[a]: javascript:x\n\n[a]", "- [a]: x\n\n[a]", "[a\nb]: x\n\n[a b]", "> [a]:\n> x\n\n[a]"] {
        assert!(!acts(&rendered(&lines(text))), "{}", rendered(&lines(text)));
    }
}

#[test]
fn a_host_that_a_defanged_scheme_completes_is_no_mailbox() {
    for text in ["a@b.cd@.http://", "[a]: x@.http://", "a@http://"] {
        assert!(!acts(&rendered(&format!("Title: {}", line(text)))), "{text}");
    }
}

#[test]
fn code_holds_any_backticks() {
    assert_eq!(code("evil[.]example"), "`evil[.]example`");
    assert_eq!(code("a`b``c"), "``` a`b``c ```");
    assert_eq!(block("spl", "a | `b`"), "```spl\na | `b`\n```");
    assert_eq!(block("kql", "a\n```\nb"), "````kql\na\n```\nb\n````");
}

#[test]
fn only_the_web_has_an_address_and_it_stays_one() {
    assert_eq!(address(" https://news.example/a?b=1#c ").as_deref(), Some("https://news.example/a?b=1#c"));
    assert_eq!(
        address("https://news.example/>[x](javascript:y)").as_deref(),
        Some("https://news.example/%3E%5Bx%5D%28javascript:y%29")
    );
    assert_eq!(address("https://news.example/a b").as_deref(), Some("https://news.example/a%20b"));
    for other in ["javascript:alert(1)", "file:///etc/passwd", "", "/a", "https://", "data:text/html,x"] {
        assert_eq!(address(other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn no_line_acts(text in "([a#`~=\\-\\[\\]<>(:\\\\!/*_@. \t\u{e9}]|https?://|www\\.|javascript:|<b>|!\\[x\\]\\(|a@b\\.cd){0,24}") {
        let html = rendered(&format!("Title: {}", line(&text)));
        prop_assert!(!acts(&html), "{text:?} {html}");
    }

    #[test]
    fn no_text_becomes_a_heading_a_fence_or_a_link(
        text in "([a1#`~=\\-\\[\\]<>(:\\\\!/*_@.) \n\t]|https?://|www\\.|\\[a\\]: x|\\[a\\]|<b>|a@b\\.cd){0,24}",
    ) {
        let html = rendered(&format!("Text\n{}", lines(&text))).replace("<pre><code>", "");
        prop_assert!(!acts(&html), "{text:?} {html}");
    }
}
