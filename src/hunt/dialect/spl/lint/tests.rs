use super::check;

fn says(search: &str, part: &str) {
    let problems = check(search);
    assert!(problems.iter().any(|problem| problem.message.contains(part)), "{search}\n{problems:?}");
}

fn is_clean(search: &str) {
    assert_eq!(check(search), [], "{search}");
}

const PROCESSES: &str = "| tstats `summariesonly` count from datamodel=Endpoint.Processes where ";

#[test]
fn ordinary_searches_are_clean() {
    is_clean(&format!(
        "{PROCESSES}Processes.process_name IN (\"a.exe\",\"b.exe\") AND NOT (Processes.user=\"x\" OR Processes.process=\"*y zz*\") by Processes.dest _time span=1h | `drop_dm_object_name(Processes)` | where count > 3 AND like(dest, \"a%\") | table dest count"
    ));
    is_clean(
        "index=main earliest=-7d EventCode=4688 (a=1 OR b=\"x\\\\y\") | stats count min(_time) as firstTime by host user | eval x=if(count>1, \"a\", null()), y=x.\"b\" | rename host as dest | search dest=\"a*\" | sort - count | table dest user x y",
    );
    is_clean(
        "sourcetype=aws:cloudtrail eventName IN (\"A\",\"B\") errorCode=* | rex field=x \"(?<ip>\\d+)\" | stats dc(ip) as ips values(eventName) by user | where ips>=3",
    );
    is_clean(
        "| tstats count from datamodel=Web.Web where Web.url=\"*x y*\" by Web.src | append [| tstats count from datamodel=Network_Resolution.DNS where DNS.query=\"a.b\" by DNS.src | `drop_dm_object_name(DNS)`]",
    );
}

#[test]
fn syntax_is_checked() {
    says("index=a \"open", "does not end");
    says("index=a `open", "does not end");
    says("index=a (b", "not closed");
    says("index=a b)", "closes nothing");
    says("index=a | | table b", "empty");
    says("index=a | tabel b", "no command");
    says("| stats count", "cannot begin");
    says("index= | table a", "");
    says("| makeresults | tstats count where index=a by host", "second search");
    says("", "empty");
}

#[test]
fn tstats_is_held_to_the_data_model() {
    says("| tstats count from datamodel=Endpont.Processes where x=1", "no data model");
    says("| tstats count from datamodel=Endpoint.Process where Processes.user=1", "no dataset");
    says(&format!("{PROCESSES}Processes.file_name=\"a b c d\" by Processes.dest"), "no field");
    says(&format!("{PROCESSES}process_name=\"abcd\" by Processes.dest"), "lacks its dataset");
    says("| tstats count from datamodel=Endpoint.Filesystem where Filesystem.process_name=\"abcd\"", "no field");
    says(&format!("{PROCESSES}match(Processes.process, \"x\") by Processes.dest"), "function of eval");
    says(&format!("{PROCESSES}Processes.process=\"abcd\" or Processes.user=\"abcd\""), "upper case");
    says(&format!("{PROCESSES}Processes.process IN () by Processes.dest"), "empty");
    says(&format!("{PROCESSES}Processes.process IN (\"abcd\",) by Processes.dest"), "wrong place");
    says(&format!("{PROCESSES}Processes.process=\"abcd\" AND by Processes.dest"), "operator");
    says("| tstats count from datamodel=Endpoint.Processes by Processes.dest", "without `where`");
    says("| tstats cuont from datamodel=Web.Web where Web.src=1", "no function of tstats");
}

#[test]
fn fields_are_followed() {
    says(&format!("{PROCESSES}Processes.user=\"abcd\" by Processes.dest | table Processes.user"), "handed on");
    says(
        &format!(
            "{PROCESSES}Processes.user=\"abcd\" by Processes.dest | `drop_dm_object_name(Processes)` | where Processes.dest=\"x\""
        ),
        "lost its dataset",
    );
    says("index=a | stats count by host | where user=\"x\"", "handed on");
    says("index=a | stats count by host | eval b=nofunction(host)", "no function of eval");
    says("index=a | stats count by host | where host=\"a\" and", "ends too early");
    says("index=a | stats count by host | where (host=\"a\"", "not closed");
    says("index=a | stats count by host | where host=\"a\" \"b\"", "after the end");
}

#[test]
fn literals_that_mislead_are_told() {
    says("index=a path=\"C:\\Temp\"", "single backslash");
    says("index=a path=\"a\\*\"", "cannot be escaped");
    says("index=a path=\"**\"", "all wildcard");
    says("index=a path=“b”", "typographic");
}

#[test]
fn deep_nesting_ends() {
    let deep = format!("index=a | where {}1{}", "(".repeat(5_000), ")".repeat(5_000));
    says(&deep, "too deep");
}
