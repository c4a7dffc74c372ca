//! The verbs as a script sees them: what they print, and how they end.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "support/server.rs"]
mod server;

use std::{fs, path::PathBuf};

use assert_cmd::Command;
use server::{Reply, Server};
use tempfile::TempDir;

/// A home of its own, and huntdeck in it.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[must_use]
    fn huntdeck(&self, arguments: &[&str]) -> Run {
        self.with_input(arguments, "")
    }

    #[must_use]
    fn with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = Command::cargo_bin("huntdeck").unwrap();
        let output = command
            .env_clear()
            .env("HOME", self.folder.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .write_stdin(input)
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn fails_with(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

#[test]
fn analyze_briefs_a_file_and_standard_input_alike() {
    let home = Home::new();
    let about = ["--title", "T", "--source", "S", "--published", "2026-11-24"];
    let text = fs::read_to_string("tests/golden/developer-first.txt").unwrap();
    let of_file = home.huntdeck(&[&["analyze", "tests/golden/developer-first.txt"], &about[..]].concat());
    let of_input = home.with_input(&[&["analyze"], &about[..]].concat(), &text);
    assert_eq!(of_file.code, 0, "{}", of_file.err);
    assert!(of_file.out.starts_with("# ["));
    assert_eq!(of_file.out, of_input.out);
}

#[test]
fn analyze_without_a_title_takes_the_heading_and_else_the_files_name() {
    let home = Home::new();
    let title = |name: &str, text: &str| {
        fs::write(home.path(name), text).unwrap();
        let run = home.huntdeck(&["analyze", &home.path(name).display().to_string()]);
        run.out.lines().next().unwrap().to_owned()
    };
    assert_eq!(title("a.md", "# A loader\n\nIt loads.\n"), "# [LOW] A loader");
    assert_eq!(title("letter.txt", "Dear friend, it rains.\n"), "# [LOW] letter");
}

#[test]
fn analyze_jsonl_answers_each_line_and_says_which_one_is_faulty() {
    let home = Home::new();
    let lines = "{\"id\":\"a\",\"text\":\"C2: evil[.]example\"}\nnot json\n{\"id\":\"b\",\"text\":\"\"}\n";
    let run = home.with_input(&["analyze", "--jsonl"], lines);
    run.fails_with(&["line 2"]);
    let answers: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 2);
    let indicator = &answers[0]["indicators"][0];
    assert_eq!((indicator["type"].as_str(), indicator["value"].as_str()), (Some("domain"), Some("evil.example")));
    assert_eq!((indicator["tier"].as_str(), indicator["defanged"].as_bool()), (Some("indicator"), Some(true)));
    assert_eq!(indicator["span"], serde_json::json!([4, 18]));
    assert_eq!(answers[1]["severity"], "LOW");
}

#[test]
fn analyze_jsonl_says_which_date_is_none() {
    let run = Home::new().with_input(&["analyze", "--jsonl"], "{\"id\":\"a\",\"text\":\"x\",\"published\":\"soon\"}\n");
    assert_eq!(run.code, 0);
    for words in ["line 1", "`published`", "`soon` is no date"] {
        assert!(run.err.contains(words), "{}", run.err);
    }
    assert_eq!(run.out.lines().count(), 1, "it is briefed all the same");
}

#[test]
fn an_empty_list_says_why_and_ends_with_one() {
    let home = Home::new();
    let run = home.huntdeck(&["list"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("huntdeck fetch"), "{}", run.err);
    let json = home.huntdeck(&["list", "--all", "--format", "json"]);
    assert_eq!((json.code, json.out.trim()), (1, "[]"));
}

#[test]
fn a_folder_is_fetched_listed_shown_marked_and_undone() {
    let home = Home::new();
    let inbox = home.path("inbox");
    fs::create_dir(&inbox).unwrap();
    fs::write(inbox.join("report.md"), "# A loader with a C2\n\nThe C2 was evil[.]example.\n").unwrap();
    fs::create_dir_all(home.path(".config/huntdeck")).unwrap();
    let config = format!("[[feeds]]\nname = \"Inbox\"\nurl = {:?}\nkind = \"folder\"\n", inbox.display().to_string());
    fs::write(home.path(".config/huntdeck/config.toml"), config).unwrap();

    assert_eq!(home.huntdeck(&["fetch"]).code, 0);
    let list = home.huntdeck(&["list", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!(rows[0]["title"], "A loader with a C2");
    assert_eq!(rows[0]["feeds"], serde_json::json!(["Inbox"]));
    let id = rows[0]["id"].as_str().unwrap().to_owned();

    let show = home.huntdeck(&["show", &id]);
    assert!(show.out.contains("- **Domain:** `evil[.]example`"), "{}", show.out);
    assert!(show.out.contains("\"evil.example\""), "the hunt has the live value");

    assert_eq!(home.huntdeck(&["mark", &id, "--reviewed", "escalated", "--note", "case 17"]).code, 0);
    assert_eq!(home.huntdeck(&["list"]).code, 1);
    assert!(home.huntdeck(&["list", "--all"]).out.contains("escalated"));
    // What was only opened since is no decision: the last one is taken back, and not the opening.
    let marks = ["mark", &id, "--star", "--tag", "case 17", "--owner", "kim"];
    assert_eq!(home.huntdeck(&marks).code, 0);
    let said = home.huntdeck(&["mark", &id, "--untag", "inbox"]).out;
    assert!(said.starts_with("nothing to change"), "{said}");
    let rows: serde_json::Value =
        serde_json::from_str(&home.huntdeck(&["list", "reviewed", "--format", "json"]).out).unwrap();
    for (key, value) in [
        ("state", serde_json::json!("reviewed")),
        ("verdict", serde_json::json!("escalated")),
        ("owner", serde_json::json!("kim")),
        ("starred", serde_json::json!(true)),
        ("demo", serde_json::json!(false)),
        ("tags", serde_json::json!(["malware", "case 17"])),
    ] {
        assert_eq!(rows[0][key], value, "{key} of {}", rows[0]);
    }
    assert_eq!(rows[0]["counts"]["indicators"], 1);
    let shown: serde_json::Value =
        serde_json::from_str(&home.huntdeck(&["show", &id, "--format", "json"]).out).unwrap();
    let dialects = shown["hunts"][0]["dialects"].as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(dialects, ["kql", "sigma", "spl"]);
    for _ in ["owner", "tag", "star"] {
        assert_eq!(home.huntdeck(&["mark", "--undo"]).code, 0);
    }
    assert_eq!(home.huntdeck(&["mark", "--undo"]).code, 0);
    assert_eq!(home.huntdeck(&["mark", "--undo"]).code, 0);
    assert_eq!(home.huntdeck(&["mark", "--undo"]).code, 1);
    assert_eq!(home.huntdeck(&["list"]).code, 0);
    let iocs = home.huntdeck(&["iocs", "--query", "ioc:evil.example", "--live"]);
    assert!(iocs.out.contains("domain\tevil.example"), "{}", iocs.out);
}

#[test]
fn refang_and_defang_are_filters() {
    let home = Home::new();
    assert_eq!(home.with_input(&["refang"], "hxxps://evil[.]example/a\nx").out, "https://evil.example/a\nx");
    let defanged = home.with_input(&["defang"], "https://evil.example/a\n").out;
    assert!(!defanged.contains("https://") && !defanged.contains("evil.example"), "{defanged}");
    assert_eq!(home.with_input(&["refang"], &defanged).out, "https://evil.example/a\n");
}

#[test]
fn a_faulty_configuration_is_one_message_with_its_line() {
    let home = Home::new();
    fs::write(home.path("c.toml"), "[console]\nthemes = \"dark\"\n").unwrap();
    let config = home.path("c.toml").display().to_string();
    home.huntdeck(&["--config", &config, "list"]).fails_with(&["c.toml", "line 2", "theme"]);
    home.huntdeck(&["--config", "/nowhere/c.toml", "list"]).fails_with(&["/nowhere/c.toml"]);
}

#[test]
fn a_cause_is_told_once() {
    let home = Home::new();
    fs::write(home.path("c.toml"), "[console\n").unwrap();
    fs::write(home.path("page.html"), "<html><p>A page").unwrap();
    let (config, page) = (home.path("c.toml").display().to_string(), home.path("page.html").display().to_string());
    for (arguments, cause) in [
        (vec!["--config", &config, "list"], "TOML parse error"),
        (vec!["feeds", "add", "/no/such/place"], "No such file"),
        (vec!["feeds", "add", &page], "it is a web page"),
    ] {
        let run = home.huntdeck(&arguments);
        run.fails_with(&[cause]);
        assert_eq!(run.err.matches(cause).count(), 1, "{}", run.err);
    }
}

#[test]
fn a_database_that_is_none_is_refused_and_left_alone() {
    let home = Home::new();
    let path = home.path("x.db");
    fs::write(&path, "this is no database, it is a letter to a friend, and longer than a page header has to be")
        .unwrap();
    let before = fs::read(&path).unwrap();
    let name = path.display().to_string();
    home.huntdeck(&["--db", &name, "list"]).fails_with(&["x.db"]);
    assert_eq!(fs::read(&path).unwrap(), before);
    home.huntdeck(&["--db", &home.folder.path().display().to_string(), "list"]).fails_with(&["cannot open"]);
}

#[test]
fn without_a_home_the_flags_must_name_the_files() {
    let run =
        Command::cargo_bin("huntdeck").unwrap().env_clear().arg("refang").write_stdin("a[.]example").output().unwrap();
    assert_eq!(String::from_utf8(run.stdout).unwrap(), "a.example");
}

#[test]
fn the_console_is_not_opened_without_a_terminal() {
    Home::new().huntdeck(&[]).fails_with(&["needs a terminal"]);
    Home::new().huntdeck(&["--demo"]).fails_with(&["needs a terminal"]);
}

#[test]
fn a_query_with_a_fault_has_a_caret_under_it() {
    let run = Home::new().huntdeck(&["list", "--all", "sev>=hihg"]);
    run.fails_with(&["sev>=hihg", "^"]);
}

#[test]
fn hunts_are_listed_printed_and_dumped() {
    let home = Home::new();
    assert!(home.huntdeck(&["hunts"]).out.lines().count() >= 60);
    let one = home.huntdeck(&["hunts", "UC_SUPPLY_CHAIN", "--dialect", "kql"]);
    assert!(one.out.starts_with("DeviceProcessEvents\n"));
    home.huntdeck(&["hunts", "UC_NOTHING"]).fails_with(&["UC_NOTHING"]);
    let dump = home.huntdeck(&["hunts", "--dump"]);
    for line in dump.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        for field in ["id", "hunt", "dialect", "values", "query"] {
            assert!(row[field].is_string(), "{line}");
        }
    }
    assert!(dump.out.lines().count() > 200);
}

#[test]
fn the_manual_and_the_completions_name_every_verb() {
    let home = Home::new();
    let man = home.huntdeck(&["man"]).out;
    let bash = home.huntdeck(&["completions", "bash"]).out;
    for verb in ["fetch", "list", "show", "hunts", "iocs", "mark", "export", "analyze", "feeds", "doctor"] {
        assert!(man.contains(verb) && bash.contains(verb), "{verb}");
    }
}

#[test]
fn feeds_check_reads_one_feed_and_says_what_is_in_it() {
    let home = Home::new();
    let path = home.path("f.xml");
    let body = "<rss version=\"2.0\"><channel><title>T</title><item><title>One</title><link>https://a.example/1</link>\
                <pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>";
    fs::write(&path, body).unwrap();
    let run = home.huntdeck(&["feeds", "check", &path.display().to_string()]);
    let checked: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((checked["entries"].as_u64(), checked["title"].as_str()), (Some(1), Some("T")));
    assert_eq!(checked["first"]["published_iso"], "2026-11-23T08:00:00Z");
    fs::write(&path, "a letter to a friend").unwrap();
    home.huntdeck(&["feeds", "check", &path.display().to_string()]).fails_with(&["no feed"]);
}

/// A server that has a page with a feed, a feed, and a page whose feed stands where feeds usually do.
fn a_site() -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let feed = "<rss version='2.0'><channel><title>Field Notes</title><item><title>One</title>\
                <link>https://a.example/1</link></item></channel></rss>";
    let server = runtime.block_on(Server::start(move |request| match request.path.as_str() {
        "/blog" => Reply::ok(
            "<!doctype html><head><link rel=alternate type=application/rss+xml href=/feed>\
                              <link rel=alternate type=application/atom+xml href=/comments></head>",
        ),
        "/feed" | "/quiet/rss.xml" => Reply::ok(feed),
        "/quiet" => Reply::ok("<!doctype html><title>Quiet</title>"),
        "/nothing" => Reply::ok("<!doctype html><title>Nothing</title>"),
        _ => Reply::status(404),
    }));
    (runtime, server)
}

const COMMENTED: &str = "# kept by the night shift\n[fetch]\ninterval = \"1h\"  # not too often\n";

#[test]
fn feeds_are_added_by_page_named_refused_twice_and_removed() {
    let (_runtime, server) = a_site();
    let home = Home::new();
    fs::create_dir_all(home.path(".config/huntdeck")).unwrap();
    let config = home.path(".config/huntdeck/config.toml");
    fs::write(&config, COMMENTED).unwrap();

    let added = home.huntdeck(&["feeds", "add", &server.url("/blog"), "--tag", "lab"]);
    assert_eq!(added.code, 0, "{}", added.err);
    for words in ["names", &server.url("/feed"), "\"Field Notes\" with 1 entry", "another feed too", "extend_feeds"] {
        assert!(added.out.contains(words), "{words} is not in {}", added.out);
    }
    let text = fs::read_to_string(&config).unwrap();
    assert!(text.contains(COMMENTED) && text.contains("tags = [\"lab\"]"), "{text}");

    let again = home.huntdeck(&["feeds", "add", &format!("{}/", server.url("/feed"))]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("there already, as \"Field Notes\""), "{}", again.err);
    let quiet = home.huntdeck(&["feeds", "add", &server.url("/quiet")]);
    assert!(quiet.out.contains("names no feed, but beside it"), "{}{}", quiet.out, quiet.err);
    assert!(fs::read_to_string(&config).unwrap().contains("Field Notes (127.0.0.1)"));
    home.huntdeck(&["feeds", "add", &server.url("/nothing")]).fails_with(&["web page"]);
    home.huntdeck(&["--offline", "feeds", "add", &server.url("/other")]).fails_with(&["--offline"]);

    assert_eq!(home.huntdeck(&["fetch", "Field Notes"]).code, 0);
    let removed = home.huntdeck(&["feeds", "remove", "field notes"]);
    assert!(removed.out.contains("stays: 1 article"), "{}{}", removed.out, removed.err);
    assert!(fs::read_to_string(&config).unwrap().contains(COMMENTED));
    assert_eq!(home.huntdeck(&["list", "--all"]).code, 0, "the article is still there");
    assert_eq!(home.huntdeck(&["feeds", "remove", "Field Notes"]).code, 1);
    let shipped = home.huntdeck(&["feeds", "remove", "Krebs on Security"]);
    assert!(shipped.out.contains("switched off"), "{}", shipped.out);
    assert!(home.huntdeck(&["feeds"]).out.lines().any(|line| line.starts_with("off") && line.contains("Krebs")));
}

#[test]
fn feeds_go_out_as_a_list_and_come_in_from_one() {
    let home = Home::new();
    let list = home.path("feeds.opml");
    let name = list.display().to_string();
    assert_eq!(home.huntdeck(&["feeds", "export", &name]).code, 0);
    let known = home.huntdeck(&["feeds", "import", &name]);
    assert_eq!((known.code, known.out.contains("0 feeds added")), (1, true), "{}", known.out);
    let opml = "<opml version='2.0'><body><outline text='Labs'><outline text='Mine' xmlUrl='https://m.example/rss'/>\
                <outline text='Snyk' xmlUrl='https://s.example/rss'/></outline></body></opml>";
    fs::write(&list, opml).unwrap();
    let config = home.path(".config/huntdeck/config.toml");
    assert_eq!(home.huntdeck(&["feeds", "import", "--dry-run", &name]).code, 0);
    assert!(!config.exists());
    assert!(home.huntdeck(&["feeds", "import", &name]).out.contains("2 feeds added"));
    let text = fs::read_to_string(&config).unwrap();
    assert!(text.contains("name = \"Snyk 2\"") && text.contains("tags = [\"Labs\"]"), "{text}");
    let out = home.huntdeck(&["feeds", "export"]).out;
    assert!(out.contains("https://m.example/rss") && out.contains("text=\"Labs\""), "{out}");
    fs::write(&list, "no list").unwrap();
    home.huntdeck(&["feeds", "import", &name]).fails_with(&["feeds.opml", "no list of feeds"]);
}

#[test]
fn a_feed_is_checked_from_standard_input_and_a_folder_too() {
    let home = Home::new();
    let feed = "<rss version='2.0'><channel><title>T</title><item><title>One</title></item></channel></rss>";
    let run = home.with_input(&["feeds", "check", "-"], feed);
    assert!(run.out.contains("\"entries\":1"), "{}{}", run.out, run.err);
    fs::write(home.path("a.txt"), "A note").unwrap();
    let run = home.huntdeck(&["feeds", "check", &home.folder.path().display().to_string()]);
    assert!(run.out.contains("\"kind\":\"folder\"") && run.out.contains("A note"), "{}{}", run.out, run.err);
}

#[test]
fn a_setting_that_can_not_work_is_named_with_its_line() {
    let home = Home::new();
    let feed = "[[feeds]]\nname = \"f\"\nurl = \"https://f.example/\"\n";
    for (text, words) in [
        ("[fetch]\nparallel = 0\n".to_owned(), ["line 2", "parallel"]),
        ("[fetch]\nread_timeout = \"0\"\n".to_owned(), ["line 2", "read_timeout"]),
        (format!("{feed}proxy = \"gopher://x.example\"\n"), ["line 4", "socks5h://"]),
        (format!("{feed}headers = {{ \"X Y\" = \"z\" }}\n"), ["line 4", "X-Api-Key"]),
        (format!("{feed}headers = {{ X = \"${{A\" }}\n"), ["line 4", "never closed"]),
        (format!("{feed}user_agent = \"a\\nb\"\n"), ["line 4", "user_agent"]),
        (format!("{feed}{}", feed.replace("https:", "ftp:").replace("\"f\"", "\"g\"")), ["line 6", "not fetched"]),
        (format!("{feed}{feed}"), ["line 5", "another name"]),
        (format!("{feed}trust = {{ cert = \"x\" }}\n"), ["line 4", "`ca`"]),
    ] {
        fs::write(home.path("c.toml"), &text).unwrap();
        let config = home.path("c.toml").display().to_string();
        home.huntdeck(&["--config", &config, "list"]).fails_with(&[&["c.toml"], &words[..]].concat());
    }
}

#[test]
fn standard_input_is_filed_under_a_name_and_known_again() {
    let home = Home::new();
    let mail = "From: CERT <cert@cert.example>\nSubject: A loader\nDate: Mon, 23 Nov 2026 08:00:00 +0000\n\nC2: evil[.]example\n";
    let first = home.with_input(&["--offline", "fetch", "--stdin", "Mail"], mail);
    assert!(first.out.contains("1 entry, 1 new"), "{}{}", first.out, first.err);
    assert!(home.with_input(&["fetch", "--stdin", "Mail"], mail).out.contains("0 new"));
    let list = home.huntdeck(&["list", "feed:mail ioc:evil.example"]);
    assert!(list.out.contains("Mail: A loader"), "{}{}", list.out, list.err);
    assert_eq!(home.with_input(&["fetch", "--stdin", "Mail"], "").code, 1);
}

#[test]
fn doctor_says_what_to_do_and_works_with_a_faulty_configuration() {
    let home = Home::new();
    let config = home.path("c.toml");
    let name = config.display().to_string();
    fs::write(
        &config,
        "[[feeds]]\nname = \"Gone\"\nurl = \"/no/such/folder\"\nheaders = { X = \"${HUNTDECK_UNSET}\" }\n",
    )
    .unwrap();
    assert_eq!(home.huntdeck(&["--config", &name, "fetch"]).code, 2);
    let run = home.huntdeck(&["--config", &name, "doctor"]);
    assert_eq!(run.code, 2, "{}", run.out);
    for words in [
        "secrets: not set in the environment: HUNTDECK_UNSET (Gone)",
        "feeds: Gone fails",
        "check the path",
        "next asked in",
        "disk: ",
        "MB free",
        "size: ",
        "nothing came in this month",
        "clock: 20",
        "database: ",
        "is sound",
        "clipboard: ",
        "terminal: ",
    ] {
        assert!(run.out.contains(words), "`{words}` is not in {}", run.out);
    }
    fs::write(&config, "[fetch]\nparallel = 0\n").unwrap();
    let run = home.huntdeck(&["--config", &name, "doctor"]);
    assert!(run.out.contains("BAD   configuration") && run.out.contains("line 2"), "{}", run.out);
    assert!(run.out.contains("database: "), "{}", run.out);
}

#[test]
fn the_same_story_is_told_in_the_list_and_in_the_briefing() {
    let home = Home::new();
    let item = |title: &str, link: &str| {
        format!(
            "<rss><channel><title>T</title><item><title>{title}</title>\
        <link>{link}</link><description>CVE-2026-12345 is exploited.</description></item></channel></rss>"
        )
    };
    let feed = item("A gateway is attacked", "https://one.example/a");
    assert_eq!(home.with_input(&["fetch", "--stdin", "One"], &feed).code, 0);
    let feed = item("Patch your gateway", "https://two.example/b");
    assert_eq!(home.with_input(&["fetch", "--stdin", "Two"], &feed).code, 0);
    let list = home.huntdeck(&["list"]);
    assert!(list.out.lines().all(|line| line.ends_with("(+1 source)")), "{}", list.out);
    let json = home.huntdeck(&["list", "--format", "json"]).out;
    assert!(json.contains("\"other_sources\":1"), "{json}");
    let show = home.huntdeck(&["show", "1"]).out;
    assert!(show.contains("## The same story") && show.contains("Two: Patch your gateway"), "{show}");
    let json = home.huntdeck(&["show", "1", "--format", "json"]).out;
    assert!(json.contains("\"story\":[{\"id\":\"2\""), "{json}");
}

#[test]
fn what_a_feed_says_is_text_in_the_briefing_and_in_its_story() {
    let home = Home::new();
    let item = |title: &str, link: &str| {
        format!(
            "<rss><channel><title>T</title><item><title><![CDATA[{title}]]></title><link>{link}</link>\
             <description>CVE-2026-12345 is at https://evil.example/a now.</description></item></channel></rss>"
        )
    };
    let hostile = "A gateway ![x](y) \\&lt;img src=x onerror=f&gt;";
    for (feed, link) in [("One", "https://one.example/a"), ("Two", "http://evil.example/b.exe")] {
        assert_eq!(home.with_input(&["fetch", "--stdin", feed], &item(hostile, link)).code, 0);
    }
    let show = home.huntdeck(&["show", "1"]).out;
    let title = "A gateway ![x]\\(y) \\\\\\<img src=x onerror=f>";
    assert_eq!(show.matches(title).count(), 2, "{show}");
    assert!(show.contains("**Article:** https://one.example/a\n"), "{show}");
    assert!(show.contains("is at hxxps://evil[.]example/a now."), "{show}");
    assert!(home.huntdeck(&["show", "2"]).out.contains("**Article:** hxxp://evil[.]example/b.exe\n"));
}

#[test]
fn json_holds_nothing_that_a_terminal_obeys_and_reads_back_the_same() {
    let home = Home::new();
    let hostile = "A loader \u{9b}31m \u{7f}\u{202e} at evil[.]example";
    let feed = format!(
        "<rss><channel><title>T</title><item><title>{hostile}</title><link>https://one.example/a</link>\
         <description>{hostile}</description></item></channel></rss>"
    );
    assert_eq!(home.with_input(&["fetch", "--stdin", "One\u{202e}"], &feed).code, 0);
    let document = home.path("a\u{202e}.txt").display().to_string();
    fs::write(&document, format!("{hostile} and hxxp://evil[.]example/\u{9b}x")).unwrap();
    let line = serde_json::json!({ "id": hostile, "text": hostile }).to_string();
    for run in [
        home.huntdeck(&["list", "--format", "json"]),
        home.huntdeck(&["show", "1", "--format", "json"]),
        home.huntdeck(&["analyze", &document, "--format", "json"]),
        home.huntdeck(&["iocs", "--all", &document, "--format", "json"]),
        home.with_input(&["analyze", "--jsonl"], &line),
    ] {
        let bad = |c: char| c != '\n' && !huntdeck::text::Safe::allows(c);
        assert!(!run.out.contains(bad), "{:?}", run.out);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let run = home.with_input(&["analyze", "--jsonl"], &line);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["id"], hostile);
}

#[test]
fn feeds_and_fetch_say_with_their_code_that_some_fail_and_retry_forgets_the_failures() {
    let home = Home::new();
    let (config, inbox) = (home.path("c.toml"), home.path("inbox"));
    let (name, late) = (config.display().to_string(), home.path("late"));
    fs::create_dir(&inbox).unwrap();
    let feed = |name: &str, place: &str| format!("[[feeds]]\nname = \"{name}\"\nurl = \"{place}\"\n");
    let feeds = feed("Inbox", &inbox.display().to_string()) + &feed("Late", &late.display().to_string());
    fs::write(&config, feeds).unwrap();
    let run = |arguments: &[&str]| home.huntdeck(&[&["--config", &name], arguments].concat());
    assert_eq!(run(&["feeds", "retry"]).code, 1, "nothing fails yet");
    for _ in 0..3 {
        let fetched = run(&["fetch", "--quiet"]);
        assert_eq!((fetched.code, fetched.out.as_str()), (3, ""), "{}", fetched.err);
        assert!(fetched.err.contains("Late: "), "{}", fetched.err);
    }
    let list = run(&["feeds", "--format", "json"]);
    assert_eq!(list.code, 3);
    let listed: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!((&listed[0]["state"], &listed[1]["failures"]), (&"empty".into(), &3.into()), "{listed}");
    assert_eq!(run(&["feeds", "list", "--json"]).out.lines().count(), 2);
    let wrong = run(&["feeds", "--quiet"]);
    assert!(wrong.code == 3 && wrong.out.lines().count() == 1 && wrong.out.contains("Late"), "{}", wrong.out);

    assert_eq!(run(&["feeds", "retry", "late"]).code, 2, "it is still not there");
    let listed: serde_json::Value = serde_json::from_str(&run(&["feeds", "--format", "json"]).out).unwrap();
    assert_eq!(listed[1]["failures"], 1);
    fs::create_dir(&late).unwrap();
    assert_eq!(run(&["feeds", "retry"]).code, 0);
    let healed = run(&["feeds", "--quiet"]);
    assert_eq!((healed.code, healed.out.as_str()), (0, ""));
    run(&["feeds", "retry", "Nobody"]).fails_with(&["no feed \"Nobody\""]);
}

#[test]
fn upkeep_drops_what_is_old_and_tells_the_size() {
    let home = Home::new();
    let mail = "Subject: A loader\nDate: Mon, 23 Nov 2020 08:00:00 +0000\n\nC2: evil[.]example\n";
    assert_eq!(home.with_input(&["fetch", "--stdin", "Mail"], mail).code, 0);
    let run = home.huntdeck(&["upkeep"]);
    assert!(
        run.code == 0 && run.out.starts_with("0 articles dropped; 0."),
        "it was seen today: {}{}",
        run.out,
        run.err
    );
    let config = home.path("c.toml");
    fs::write(&config, "[fetch]\nkeep = \"1s\"\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let run = home.huntdeck(&["--config", &config.display().to_string(), "upkeep"]);
    assert!(run.out.starts_with("1 article dropped; ") && run.out.ends_with(" MB after\n"), "{}{}", run.out, run.err);
}

#[test]
fn doctor_says_what_of_a_damaged_database_can_be_saved_and_saves_it() {
    let home = Home::new();
    let (file, saved) = (home.path("h.db"), home.path("h.db.saved"));
    let (name, saved) = (file.display().to_string(), saved.display().to_string());
    let item = |n: u32| {
        let text = format!("A loader beacons to host{n}.evil[.]example. ").repeat(40);
        format!(
            "<item><title>Loader {n}</title><link>https://one.example/{n}</link><description>{text}</description></item>"
        )
    };
    let feed = format!("<rss><channel><title>T</title>{}</channel></rss>", (0..150).map(item).collect::<String>());
    assert_eq!(home.with_input(&["--db", &name, "fetch", "--stdin", "One"], &feed).code, 0);
    assert_eq!(home.huntdeck(&["--db", &name, "mark", "7", "--note", "case 17"]).code, 0);
    let mut bytes = fs::read(&file).unwrap();
    let pages = bytes.len() / 4_096;
    for page in (pages / 2..pages).step_by(3) {
        bytes[page * 4_096..(page + 1) * 4_096].fill(0xa5);
    }
    fs::write(&file, bytes).unwrap();
    fs::copy(&file, home.path("h.db.before-v7")).unwrap();

    let run = home.huntdeck(&["--db", &name, "doctor"]);
    assert_eq!(run.code, 2);
    let line = run.out.lines().find(|line| line.starts_with("BAD   database")).unwrap();
    for words in ["is damaged", "worked on", &format!("`huntdeck doctor --save {saved}`"), "h.db.before-v7"] {
        assert!(line.contains(words), "`{words}` is not in {line}");
    }
    let run = home.huntdeck(&["--db", &name, "doctor", "--save", &saved]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(home.huntdeck(&["--db", &saved, "list", "has:notes"]).out.contains("Loader"));
    assert!(home.huntdeck(&["--db", &saved, "doctor"]).out.contains("is sound"));
    home.huntdeck(&["--db", &name, "doctor", "--save", &saved]).fails_with(&["there already"]);
}

#[test]
#[cfg(unix)]
fn the_folders_of_data_and_state_are_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::new();
    let folders = [".local/share/huntdeck", ".local/state/huntdeck"].map(|name| home.path(name));
    for folder in &folders {
        fs::create_dir_all(folder).unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    }
    assert!(home.huntdeck(&["doctor"]).out.contains("database: "));
    for folder in &folders {
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
    }
}
