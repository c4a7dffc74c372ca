use super::folder;

const GOOD: &str = include_str!("../../../assets/hunts/uc_supply_chain.toml");

fn faults(text: &str) -> Vec<String> {
    folder([("mine.toml", text)]).iter().map(ToString::to_string).collect()
}

#[test]
fn a_fault_of_a_query_names_its_line_in_the_file() {
    let line = GOOD.lines().position(|line| line.contains("by Processes.dest")).unwrap() + 1;
    let said = faults(&GOOD.replace("by Processes.dest", "by Processes.dset"));
    let wanted =
        format!("mine.toml:{line}: spl (empty values): `Processes.dset` is no field of Endpoint.Processes in the CIM");
    assert_eq!(said, [wanted]);
}

#[test]
fn what_a_hunt_says_of_itself_is_checked() {
    for (old, new, part) in [
        ("T1195.002", "T9999", "no active technique"),
        ("platforms = [", "platforms = [\"win\", ", "no platform"),
        ("id = \"UC", "id = \"uc", "no id"),
        ("\"trojanized update\"", "\"npm\"", "too short"),
        ("children\"", "children.\"", "full stop"),
        ("ago({{window}})", "ago({{windows}})", "no kind of value"),
        ("phase = \"exploit\"", "phase = \"exploitation\"", "unknown variant"),
    ] {
        let said = faults(&GOOD.replace(old, new));
        assert!(said.iter().any(|fault| fault.contains(part)), "{part}: {said:?}");
    }
}

#[test]
fn an_id_belongs_to_one_file() {
    let faults = folder([("a.toml", GOOD), ("b.toml", GOOD)]);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].to_string().starts_with("b.toml:1: `UC_SUPPLY_CHAIN` is also the id of a.toml"));
}
