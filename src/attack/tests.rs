//! What articles yield, and what texts of other kinds do not.

use proptest::prelude::{any, proptest};

use super::{Detector, TechniqueHit, detector::DEFAULT_THRESHOLD};
use crate::{article::Document, reading::Reading, text::Part};

fn kept(title: &str, text: &str) -> Vec<TechniqueHit> {
    let document = Document::from_plain(text);
    let mut hits = Detector::new(&Reading::of(title, &document)).techniques();
    hits.retain(|hit| hit.score >= DEFAULT_THRESHOLD);
    hits
}

fn ids(title: &str, text: &str) -> Vec<String> {
    kept(title, text).iter().map(|hit| hit.id.to_string()).collect()
}

fn phases(title: &str, text: &str) -> Vec<&'static str> {
    let hits = kept(title, text);
    let document = Document::from_plain(text);
    Detector::new(&Reading::of(title, &document)).kill_chain(&hits).iter().map(|hit| hit.phase.name()).collect()
}

#[track_caller]
fn yields_nothing(title: &str, text: &str) {
    let hits = kept(title, text);
    assert!(hits.is_empty(), "techniques in `{title}`: {hits:#?}");
    let phases = phases(title, text);
    assert!(phases.is_empty(), "phases in `{title}`: {phases:#?}");
}

#[test]
fn licences_yield_nothing() {
    yields_nothing("COPYING", "At your option, see https://licences.example/mit or\nhttps://licences.example/apache");
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

#[test]
fn texts_near_the_trade_yield_nothing() {
    yields_nothing(
        "How to store build secrets in the cloud",
        "This guide shows how to keep the secrets of your build in a managed store. Create an access key for the service \
         account, assign the reader role to it and add the key to your pipeline. Then list the buckets that the account can \
         read and download a file from a bucket to check that your permissions work.\n\nTurn on audit logs before you go on, \
         and rotate the keys every ninety days. If you use virtual machines, attach the role to the instance instead; the \
         instance then fetches a token by itself. Functions and queues are configured in the same way. When you are done, \
         delete the resources so that you are not billed for them. The next part of this series covers networks and quotas.",
    );
    yields_nothing(
        "A first application on Kubernetes",
        "A pod is the smallest unit that the scheduler places on a node. In this tutorial we create a deployment with three \
         replicas, expose it through a service and watch how the controller replaces a pod that fails. Save the manifest to a \
         file and apply it with the command line client; the API server stores it and the scheduler picks a node.\n\nTo see \
         what runs, list the pods of the namespace. You can run commands in a container to look at its file system, mount a \
         volume for data that must outlive the pod, and read configuration from secrets. A cron job starts a pod on a \
         schedule. Images are pulled from the registry when the container starts, and old ones are removed from the node.",
    );
    yields_nothing(
        "Meet the new desktop",
        "The new release for the Mac brings widgets to the desktop, a faster browser and better video calls. Your passwords \
         are kept in the keychain and follow you to the phone, and a login item starts your favourite app when you sign in. \
         Open the disk image, drag the app to your folder and enter your password when the system asks for it.\n\nPages load \
         faster, cookies of web sites are separated by profile, and the battery lasts up to twenty hours. Developers can use \
         scripts to automate the apps, copy data between devices and paste a command into the terminal. It is available in \
         silver and midnight, from October, and the update is free for owners of the earlier models.",
    );
}

#[test]
fn advice_in_the_words_of_the_trade_yields_nothing() {
    yields_nothing(
        "How to secure your cloud account",
        "Attackers are fond of weak credentials, and a breach can be costly. Here is how you protect yours. Create \
         an access key only when you need it, and rotate your keys. You should never disable CloudTrail, and you can list \
         your buckets to see which of them are public. Customers should store secrets in a secrets manager and enforce MFA \
         for every administrator. If you run containers, you should not run privileged pods, as malware could escape to the \
         host; your policy can deny it. Your administrators should review new devices and inbox rules that forward mail.",
    );
}

#[track_caller]
fn shows(title: &str, text: &str, expected: &[&str]) {
    let found = ids(title, text);
    let missed: Vec<_> = expected.iter().filter(|id| !found.iter().any(|found| found == *id)).collect();
    assert!(missed.is_empty(), "missed {missed:?}, found {found:?}");
}

#[test]
fn short_reports_of_newer_kinds_are_read() {
    shows(
        "PALECROW takes keychains from Macs",
        "A new information stealer for macOS is spread through search advertisements for a drawing application. The disk \
         image asks the user to open Terminal and paste a command, which fetches a script with curl, removes the quarantine \
         attribute with xattr and runs it.\n\nIt shows a password prompt made with osascript, copies the login keychain and \
         the cookies of Chromium browsers, and sends an archive to its server. It persists as a LaunchAgent.\n\n\
         drawing[.]palecrow[.]example",
        &["T1555.001", "T1539", "T1543.001", "T1553.001", "T1056.002", "T1204.004"],
    );
    shows(
        "Open Kubernetes dashboards abused to run privileged pods and mine Monero",
        "A crew scans for Kubernetes API servers that allow anonymous access. It creates a privileged pod that mounts the \
         host file system, escapes to the node through a cron job and starts a program that earns coins for its makers. The \
         crew also lists the secrets of every namespace and leaves a second pod behind, which does the same again when the \
         first is removed. The images came from 203[.]0[.]113[.]77.",
        &["T1610", "T1611", "T1613", "T1552.007", "T1496.001", "T1133"],
    );
    shows(
        "Stolen tokens of a build service lead to AWS accounts",
        "In four incidents this month intruders used tokens that were leaked in build logs to enter AWS accounts. They asked \
         who they were, listed secrets in Secrets Manager, created a new access key for an existing administrator and stopped \
         CloudTrail logging. In one account data was copied from a storage bucket to an outside account. The owners noticed \
         it when the bill came. The traffic came from 198[.]51[.]100[.]144.",
        &["T1555.006", "T1098.001", "T1685.002", "T1078.004", "T1537"],
    );
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

#[test]
fn hostile_texts_come_to_an_end() {
    for unit in ["not injects process memory, ", "a.b,", "(A. ", "\n", "phishing email attachment\n\n", "….", "\"' . "]
    {
        let text = unit.repeat(200_000 / unit.len());
        let document = Document::from_plain(&text);
        let reading = Reading::of("", &document);
        let detector = Detector::new(&reading);
        detector.kill_chain(&detector.techniques());
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(title in any::<String>(), text in any::<String>()) {
        let document = Document::from_plain(&text);
        let reading = Reading::of(&title, &document);
        let detector = Detector::new(&reading);
        detector.kill_chain(&detector.techniques());
    }

    #[test]
    fn no_words_make_it_panic(text in "([a-zA-Z.’ é—]|T1059|inject|process|\n|not ){0,60}") {
        let document = Document::from_plain(&text);
        for hit in Detector::new(&Reading::of("", &document)).techniques() {
            assert!(!hit.evidence.is_empty());
            assert!((0.0..=1.0).contains(&hit.score));
        }
    }
}
