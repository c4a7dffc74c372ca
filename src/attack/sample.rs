//! Sentences written for this project, each with the technique that it tells of: a guard against slow decay.

use std::collections::BTreeSet;

use super::{Detector, detector::DEFAULT_THRESHOLD};
use crate::{article::Document, reading::Reading};

/// Sentences and their techniques, parted by blanks; `-` is none.
const SAMPLE: [(&str, &str); 60] = [
    ("The lure arrives as a phishing email with a malicious Excel attachment.", "T1566.001"),
    ("Recipients get an email with a link to a fake invoice portal.", "T1566.002"),
    ("The group exploited an unpatched Ivanti appliance to gain initial access.", "T1190"),
    ("Visitors of the watering hole were served the implant.", "T1189"),
    ("Attackers pushed a trojanized update through the vendor's build server.", "T1195.002"),
    ("A malicious npm package stole the tokens of developers.", "T1195.001"),
    ("The worm spreads through infected USB drives.", "T1091"),
    ("They logged in with stolen credentials of a contractor.", "T1078"),
    ("An encoded PowerShell command fetches the script.", "T1059.001"),
    ("The dropper starts cmd.exe to run a batch file.", "T1059.003"),
    ("A bash script disables the firewall rules on the Linux host.", "T1059.004"),
    ("The document's VBA macro executes when it is opened.", "T1059.005"),
    ("The backdoor is written in Python.", "T1059.006"),
    ("Obfuscated JavaScript redirects the browser.", "T1059.007"),
    ("It uses WMI to start the process on remote hosts.", "T1047"),
    ("Persistence is achieved by a scheduled task that runs every ten minutes.", "T1053.005"),
    ("A cron job restarts the miner.", "T1053.003"),
    ("The exploit for the Equation Editor vulnerability runs shellcode.", "T1203"),
    ("When the victim opens the attached document, the infection starts.", "T1204.002"),
    ("The page tells visitors to paste a command into the Run dialog, a trick known as ClickFix.", "T1204.004"),
    ("The tool was executed with PsExec.", "T1569.002"),
    ("It adds itself to the Run key of the registry.", "T1547.001"),
    ("The malware installs itself as a Windows service.", "T1543.003"),
    ("A launch agent keeps the implant alive on macOS.", "T1543.001"),
    ("The actors placed a web shell on the server.", "T1505.003"),
    ("The signed executable side-loads a malicious DLL.", "T1574.001"),
    ("The attacker created a local account and added it to the administrators.", "T1136.001"),
    ("It bypasses User Account Control with fodhelper.exe.", "T1548.002"),
    ("The payload is injected into explorer.exe.", "T1055"),
    ("Process hollowing hides the loader.", "T1055.012"),
    ("The strings are obfuscated with a custom XOR cipher.", "T1027"),
    ("The sample is packed with UPX.", "T1027.002"),
    ("The page smuggles the archive by HTML smuggling.", "T1027.006"),
    ("The loader decrypts the payload in memory.", "T1140"),
    ("The script clears the event logs.", "T1685.005"),
    ("The dropper deletes itself after execution.", "T1070.004"),
    ("Timestomping hides the files' age.", "T1070.006"),
    ("It disables Windows Defender before it starts.", "T1685"),
    ("The DLL is run by rundll32.exe.", "T1218.011"),
    ("An HTA file is started by mshta.exe.", "T1218.005"),
    ("The malware checks for a debugger with IsDebuggerPresent.", "T1622"),
    ("Credentials were dumped from LSASS with Mimikatz.", "T1003.001"),
    ("They copied the NTDS.dit database.", "T1003.003"),
    ("Password spraying was used against the mail portal.", "T1110.003"),
    ("The implant logs keystrokes.", "T1056.001"),
    ("Kerberoasting gave them the hashes of service accounts.", "T1558.003"),
    ("The stealer takes passwords saved in Chrome and Firefox.", "T1555.003"),
    ("The backdoor collects the computer name and the OS version.", "T1082"),
    ("It lists the running processes.", "T1057"),
    ("They scanned the internal network for open ports with Nmap.", "T1046"),
    ("The attackers moved to other hosts over RDP sessions.", "T1021.001"),
    ("The trojan takes screenshots of the desktop.", "T1113"),
    ("The implant communicates with its C2 server over HTTPS.", "T1071.001"),
    ("Commands are hidden in DNS tunneling.", "T1071.004 T1572"),
    ("The trojan downloads additional payloads.", "T1105"),
    ("AnyDesk was installed for remote access.", "T1219"),
    ("Stolen files are sent to the command and control server.", "T1041"),
    ("The data was exfiltrated to Mega with rclone.", "T1567.002"),
    ("The ransomware encrypts files on all drives.", "T1486"),
    ("It deletes the volume shadow copies with vssadmin.", "T1490"),
];

/// Sentences that tell of no technique.
const NONE: [&str; 12] = [
    "The company was founded in 2009 and employs 300 people.",
    "Customers should patch their systems and enforce strong passwords.",
    "We thank the researchers who reported the matter to us.",
    "The malware does not inject code into other processes.",
    "The conference takes place in October, registration is open.",
    "Our platform protects customers from phishing and ransomware attacks.",
    "Collateral damage was limited, and the resource moved to WordPress.",
    "No evidence of lateral movement was found.",
    "The regulator fined the bank over its reporting.",
    "The vendor released version 7.4.3 with bug fixes.",
    "Figure 3: the settings page of the product.",
    "The exchange rate of the dollar rose after the speech.",
];

/// Sentences on cloud accounts, containers, identity, macOS and developers, with their labels, written for this test.
const ELSEWHERE: [(&str, &str); 34] = [
    ("The malware shows a fake password dialog with osascript.", "T1056.002 T1059.002"),
    ("It copies the login keychain to a temporary folder.", "T1555.001"),
    ("The stealer collects cookies from Chromium browsers.", "T1539"),
    ("It persists as a LaunchAgent.", "T1543.001"),
    ("The dropper strips the quarantine attribute with xattr.", "T1553.001"),
    ("Victims are told to paste a command into Terminal.", "T1204.004"),
    ("The backdoor adds itself to the login items.", "T1547.015"),
    ("The actor created a privileged pod in the cluster.", "T1610"),
    ("From the container the attackers escaped to the host through the mounted docker.sock.", "T1611"),
    ("The worm ran commands inside the containers through kubectl exec.", "T1609"),
    ("The attackers enumerated pods and namespaces.", "T1613"),
    ("The script dumps Kubernetes secrets with a stolen service account token.", "T1552.007"),
    ("Attackers scan for exposed Docker daemons.", "T1133"),
    ("They listed secrets in Secrets Manager.", "T1555.006"),
    ("The actor created a new access key for an AWS administrator.", "T1098.001"),
    ("The intruders assigned the Global Administrator role to an Entra account.", "T1098.003"),
    ("The attacker registered a device in Entra ID.", "T1098.005"),
    ("Before the theft they stopped CloudTrail logging.", "T1685.002"),
    ("The attackers downloaded files from S3 buckets.", "T1530"),
    ("They shared a snapshot of the AWS disk with an external account.", "T1537"),
    ("The credentials were taken from the EC2 instance metadata service.", "T1552.005"),
    ("The actor listed the buckets of the account.", "T1619"),
    ("Attackers launched large GPU instances to mine Monero.", "T1578.002 T1496.001"),
    ("Users granted consent to a malicious OAuth application.", "T1528"),
    ("The victim was bombarded with MFA push notifications.", "T1621"),
    ("The attackers reset the MFA of the account.", "T1556.006"),
    ("An inbox rule forwards mail to an external address.", "T1114.003"),
    ("From the hijacked mailbox they sent internal spear-phishing.", "T1534"),
    ("The actors contacted developers on LinkedIn with a fake job offer.", "T1566.003"),
    ("Callers phoned the help desk and asked to reset the password of an employee.", "T1566.004"),
    ("Two malicious versions of the npm package were published.", "T1195.001"),
    ("A malicious VS Code extension steals wallets.", "T1176.002"),
    ("The worm pushes the stolen secrets to a public GitHub repository.", "T1567.001"),
    ("The attackers added a malicious workflow to the GitHub repository.", "T1677"),
];

#[test]
fn sentences_of_cloud_containers_and_macos_are_read() {
    let missed: Vec<_> = ELSEWHERE
        .into_iter()
        .map(|(text, labels)| (text, labels, found(text)))
        .filter(|(_, labels, found)| labels.split(' ').any(|label| !found.contains(label)))
        .collect();
    assert!(missed.is_empty(), "missed: {missed:#?}");
    let beside: Vec<_> = ELSEWHERE
        .into_iter()
        .flat_map(|(text, labels)| found(text).into_iter().map(move |id| (text, labels, id)))
        .filter(|(_, labels, id)| labels.split(' ').all(|label| label != id))
        .collect();
    assert!(beside.len() <= 12, "beside the labels: {beside:#?}");
}

fn found(text: &str) -> BTreeSet<String> {
    let document = Document::from_plain(text);
    let hits = Detector::new(&Reading::of("", &document)).techniques();
    hits.iter().filter(|hit| hit.score >= DEFAULT_THRESHOLD).map(|hit| hit.id.to_string()).collect()
}

#[test]
fn the_sample_is_read_as_well_as_ever() {
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for (text, labels) in SAMPLE {
        let labels: BTreeSet<String> = labels.split(' ').map(str::to_owned).collect();
        let found = found(text);
        right += found.intersection(&labels).count();
        wrong.extend(found.difference(&labels).map(|id| (id.clone(), text)));
        missed.extend(labels.difference(&found).map(|id| (id.clone(), text)));
    }
    let f1 = 2.0 * right as f64 / (2 * right + wrong.len() + missed.len()) as f64;
    assert!(f1 >= 0.8, "F1 {f1:.3}; wrong: {wrong:#?}; missed: {missed:#?}");
    assert!(missed.len() <= 5, "missed: {missed:#?}");
}

#[test]
fn sentences_without_a_technique_yield_none() {
    for text in NONE {
        let found = found(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
