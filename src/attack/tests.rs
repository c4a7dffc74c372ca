//! What articles yield, and what texts of other kinds do not.

use proptest::prelude::{any, proptest};

use super::{KEPT, TechniqueHit, kill_chain, techniques};
use crate::{article::Document, text::Part};

fn kept(title: &str, text: &str) -> Vec<TechniqueHit> {
    let mut hits = techniques(title, &Document::from_plain(text));
    hits.retain(|hit| hit.score >= KEPT);
    hits
}

fn ids(title: &str, text: &str) -> Vec<String> {
    kept(title, text).iter().map(|hit| hit.id.to_string()).collect()
}

fn phases(title: &str, text: &str) -> Vec<&'static str> {
    let hits = kept(title, text);
    kill_chain(title, &Document::from_plain(text), &hits).iter().map(|hit| hit.phase.name()).collect()
}

#[track_caller]
fn yields_nothing(title: &str, text: &str) {
    let hits = kept(title, text);
    assert!(hits.is_empty(), "techniques in `{title}`: {hits:#?}");
    let phases = kill_chain(title, &Document::from_plain(text), &hits);
    assert!(phases.is_empty(), "phases in `{title}`: {phases:#?}");
}

#[test]
fn licences_yield_nothing() {
    yields_nothing("Apache License", include_str!("../../LICENSE-APACHE"));
    yields_nothing("MIT License", include_str!("../../LICENSE-MIT"));
    yields_nothing(
        "A copyleft licence",
        "When we speak of free software, we are referring to freedom, not price. You may convey verbatim copies of the \
         Program's source code as you receive it, in any medium, provided that you conspicuously publish on each copy an \
         appropriate copyright notice. You must cause any work that you distribute to be licensed as a whole at no charge.\n\n\
         To protect your rights, we need to prevent others from denying you these rights or asking you to surrender them. \
         You may run the unmodified Program. Installation Information for a User Product means any methods, procedures, \
         authorization keys, or other information required to install and execute modified versions of a covered work.\n\n\
         You may rename the modified files, and the executable must carry instructions where to get the Standard Version. \
         A network server may transfer copies to the public at no further cost. If you distribute the package in executable \
         form, accompany it with the machine-readable source, or document the exact changes that you made.",
    );
}

#[test]
fn texts_of_other_kinds_yield_nothing() {
    yields_nothing(
        "Flour tortillas",
        "Mix the flour with salt and lard, then add warm water and knead for ten minutes. Hide the dough under a towel and \
         leave it to rest.\n\nInject the marinade into the meat with a syringe, and wipe the pan clean. Heat the shell of \
         the pie before you drop the filling in. Download the printable card, click the link and send it to a friend. \
         Serve with pickled onions; encrypted recipes of my grandmother are not for sale.",
    );
    yields_nothing(
        "Inflation and the supply chain",
        "The pandemic hit global supply chains hard: ports were congested, inventories ran down and freight rates rose. A \
         supply chain shock lowers output and raises prices at once, so monetary policy faces a trade-off. Central banks \
         injected liquidity into the banking system and later raised rates. Exports collapsed, exploiting the slack in \
         demand proved hard, and the attack on inflation took two years. Households accessed their accounts and executed \
         purchases earlier than planned; firms deployed capital and installed new machinery to protect margins.",
    );
    yields_nothing(
        "Personal computer",
        "A personal computer is a multi-purpose computer whose size, capabilities and price make it feasible for individual \
         use. Users run an operating system, install programs, and store files on a disk. In 1981 the manufacturer \
         released a model with a processor, memory and a keyboard; the BIOS was copied by others and the registry of \
         settings came later. Programs are executed by the processor, and files are downloaded from a server over a \
         network. The command line was replaced by a graphical interface with windows, icons and a pointer.",
    );
    yields_nothing("", "");
}

const SEED: &str = "Snyk Blog In this article\nWritten by Jamie Smith \nSeptember 19, 2023\n0 mins read As developers \
    increasingly shift left , they’re becoming the frontline defenders of the software supply chain — proactively \
    addressing vulnerabilities, optimizing code quality, and fortifying security measures right from the inception of the \
    development process.\nDeveloper-first supply chain security aims to minimize the risk of potential breaches, streamline \
    the development workflow, foster collaboration, and instil a culture of security. Tools that scan open source \
    dependencies and containers help teams to find and fix what matters. Start free today.";

#[test]
fn a_topic_is_a_weak_technique_and_no_phase() {
    assert_eq!(ids("Developer-first supply chain security", SEED), ["T1195.002"]);
    assert!(phases("Developer-first supply chain security", SEED).is_empty());
}

#[test]
fn evidence_points_at_its_words() {
    let title = "Gang abuses PsExec";
    let text = "The attackers dumped LSASS memory.\n\nThey cleared the event logs — then left.";
    let hits = kept(title, text);
    assert!(hits.len() >= 3, "{hits:#?}");
    for evidence in hits.iter().flat_map(|hit| &hit.evidence) {
        let source = if evidence.part == Part::Title { title } else { text };
        assert_eq!(&source[evidence.span.range()], evidence.phrase);
    }
}

#[test]
fn printed_ids_are_certain_and_current() {
    let hits = kept("", "Seen: T1059.001, T1562.001 (revoked), T1003/001 and T9999; not XT1105 or T11051.");
    let found: Vec<_> = hits.iter().filter(|hit| hit.score >= 1.0).map(|hit| hit.id.to_string()).collect();
    assert_eq!(found, ["T1003.001", "T1059.001", "T1685"]);
}

#[test]
fn negation_and_advice_refute() {
    assert!(ids("", "The malware does not inject code into other processes.").is_empty());
    assert!(
        ids("", "Organizations should disable Remote Desktop Protocol connections and enforce strong passwords.")
            .is_empty()
    );
    assert!(ids("", "Collateral damage: the resource was moved to WordPress.").is_empty());
}

#[test]
fn furniture_and_advice_sections_count_little() {
    let text = "A new stealer logs keystrokes.\n\nRelated articles\nPhishing emails deliver ransomware\nWeb shells on Exchange";
    assert_eq!(ids("", text), ["T1056.001"]);
}

#[test]
fn a_full_chain_is_told_in_order() {
    let text = "The attackers sent phishing emails with a malicious attachment. The victims enabled macros, which ran an \
                encoded PowerShell command. It created a scheduled task and connected to its command and control server \
                over HTTPS. Days later they encrypted files and left a ransom note.";
    assert_eq!(phases("", text), ["delivery", "exploit", "install", "c2", "actions"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(title in any::<String>(), text in any::<String>()) {
        let document = Document::from_plain(&text);
        let hits = techniques(&title, &document);
        kill_chain(&title, &document, &hits);
    }

    #[test]
    fn no_words_make_it_panic(text in "([a-zA-Z.’ é—]|T1059|inject|process|\n|not ){0,60}") {
        let document = Document::from_plain(&text);
        for hit in techniques("", &document) {
            assert!(!hit.evidence.is_empty());
            assert!((0.0..=1.0).contains(&hit.score));
        }
    }
}
