//! Words of programs and file systems that look like the last labels of domains, and the other way round.

/// Top-level domains that are English or programming words, so that `this.name` and `date.today` are no domains.
const WORD_TOPS: &[&str] = &[
    "am",
    "app",
    "as",
    "at",
    "be",
    "business",
    "cc",
    "center",
    "click",
    "cloud",
    "data",
    "day",
    "dev",
    "do",
    "download",
    "email",
    "file",
    "find",
    "fit",
    "foo",
    "game",
    "global",
    "group",
    "guru",
    "help",
    "here",
    "host",
    "how",
    "id",
    "in",
    "info",
    "is",
    "it",
    "jobs",
    "land",
    "life",
    "link",
    "live",
    "love",
    "map",
    "market",
    "me",
    "media",
    "menu",
    "microsoft",
    "mobi",
    "moe",
    "my",
    "name",
    "news",
    "next",
    "no",
    "now",
    "one",
    "open",
    "page",
    "parts",
    "photo",
    "pics",
    "play",
    "plus",
    "post",
    "prof",
    "properties",
    "re",
    "red",
    "report",
    "review",
    "run",
    "save",
    "school",
    "search",
    "select",
    "services",
    "set",
    "shop",
    "show",
    "site",
    "so",
    "social",
    "software",
    "space",
    "store",
    "stream",
    "style",
    "support",
    "systems",
    "target",
    "to",
    "today",
    "tools",
    "top",
    "trade",
    "watch",
    "work",
    "works",
    "zone",
];

/// Tells whether a top-level domain is a word that programs and sentences use too.
pub(super) fn is_word_top(top: &str) -> bool {
    is_among(WORD_TOPS, top) || is_shared_extension(top)
}

/// Words that programs put before a dot: objects, classes, variables.
const PROGRAM_WORDS: &[&str] = &[
    "account",
    "activex",
    "actor",
    "adodb",
    "app",
    "arg",
    "args",
    "array",
    "buf",
    "buffer",
    "cell",
    "client",
    "col",
    "column",
    "compile",
    "config",
    "console",
    "container",
    "context",
    "ctx",
    "date",
    "db",
    "details",
    "document",
    "download",
    "e",
    "el",
    "elem",
    "element",
    "entry",
    "env",
    "err",
    "error",
    "event",
    "fi",
    "field",
    "file",
    "form",
    "fs",
    "http",
    "https",
    "i",
    "image",
    "index",
    "input",
    "int",
    "io",
    "item",
    "items",
    "json",
    "key",
    "list",
    "login",
    "main",
    "math",
    "model",
    "net",
    "node",
    "num",
    "numbers",
    "obj",
    "object",
    "order",
    "os",
    "output",
    "param",
    "params",
    "path",
    "process",
    "proposal",
    "query",
    "question",
    "range",
    "record",
    "req",
    "request",
    "res",
    "response",
    "result",
    "row",
    "second",
    "self",
    "server",
    "session",
    "set",
    "setup",
    "sheet",
    "shell",
    "socket",
    "str",
    "string",
    "sub",
    "sys",
    "system",
    "t",
    "table",
    "temp",
    "test",
    "tests",
    "that",
    "this",
    "tmp",
    "update",
    "user",
    "users",
    "util",
    "utils",
    "val",
    "value",
    "view",
    "window",
    "workbook",
    "worksheet",
    "wshshell",
    "x",
    "y",
];

/// Tells whether a word is one that programs put before a dot.
pub(super) fn is_program_word(word: &str) -> bool {
    is_among(PROGRAM_WORDS, word)
}

/// Extensions that are top-level domains too, and far more often a file in a report than a domain.
const SHARED: &[&str] = &["app", "cab", "js", "md", "mov", "name", "py", "rs", "sh", "so", "zip"];

/// Tells whether a top-level domain is a file extension too, so that a plain name in prose is a file.
pub(super) fn is_shared_extension(top: &str) -> bool {
    is_among(SHARED, top)
}

/// File extensions that reports name.
const EXTENSIONS: &[&str] = &[
    "7z", "apk", "ashx", "asp", "aspx", "bak", "bat", "bin", "bmp", "bz2", "c", "cab", "cfg", "cgi", "cjs", "class",
    "cmd", "com", "conf", "config", "cpl", "cpp", "cs", "csv", "dat", "db", "dex", "dll", "dmg", "doc", "docm", "docx",
    "dot", "dotm", "dotx", "drv", "dylib", "ear", "elf", "eml", "exe", "gif", "go", "gz", "h", "hta", "htm", "html",
    "ico", "img", "inf", "ini", "ipa", "iso", "jar", "java", "job", "jpeg", "jpg", "js", "jse", "json", "jsp", "jspx",
    "lnk", "log", "mht", "mjs", "msc", "msi", "msp", "mui", "ocx", "odt", "one", "pdf", "php", "pif", "pkg", "pl",
    "plist", "png", "pps", "ppsx", "ppt", "pptm", "pptx", "ps1", "psd1", "psm1", "py", "pyc", "pyd", "pyw", "rar",
    "rb", "reg", "rs", "rtf", "scr", "sct", "sh", "so", "sqlite", "svg", "sys", "tar", "tgz", "tmp", "toml", "txt",
    "url", "vba", "vbe", "vbs", "vhd", "vhdx", "war", "wsc", "wsf", "wsh", "xlam", "xll", "xls", "xlsb", "xlsm",
    "xlsx", "xml", "xz", "yaml", "yml", "zip",
];

/// Tells whether the last label of a name is a file extension.
pub(super) fn is_extension(last: &str) -> bool {
    is_among(EXTENSIONS, last) || is_shared_extension(last)
}

/// Tells whether a word is in a sorted list, whatever its case.
fn is_among(list: &[&str], word: &str) -> bool {
    const LONGEST: usize = 16;
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    list.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{EXTENSIONS, PROGRAM_WORDS, SHARED, WORD_TOPS, is_extension};

    #[test]
    fn every_list_is_sorted_so_that_it_can_be_searched() {
        for list in [WORD_TOPS, PROGRAM_WORDS, SHARED, EXTENSIONS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn extensions_are_known_in_any_case() {
        assert!(is_extension("EXE") && is_extension("Dll") && is_extension("py"));
        assert!(!is_extension("example") && !is_extension("averyveryverylongword"));
    }
}
