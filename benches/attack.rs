//! How long the attack room takes over an article of about 20 KB.

use huntdeck::{article::Document, attack::Detector, reading::Reading};

/// A report in the style of the trade, written for this bench.
const REPORT: &str = "The operators sent phishing emails with a password-protected archive to employees of a logistics \
    company. When a victim opened the shortcut file, it ran an encoded PowerShell command that downloaded the next stage \
    from a compromised website. The loader decrypts its payload with a rolling XOR key and injects it into a suspended \
    svchost.exe process. It creates a scheduled task named OneDrive Updater so that it survives a reboot, collects the \
    host name, the user name and the list of running processes, and sends them to its command and control server over \
    HTTPS.\n\nTwo days later the attackers dumped LSASS memory, moved laterally over RDP with a stolen administrator account \
    and copied the contents of three file shares into RAR archives, which they uploaded with rclone. Before they left, they \
    stopped the backup service, deleted the volume shadow copies, cleared the event logs and encrypted the file servers. \
    The researchers found no sign that the flaw in the VPN appliance was used; the company restored its systems within a \
    week and told its customers what had happened.\n\n";

fn main() {
    divan::main();
}

fn article() -> Document {
    Document::from_plain(&REPORT.repeat(20_000 / REPORT.len() + 1))
}

const TITLE: &str = "Loader leads to ransomware";

#[divan::bench]
fn reading_of_20_kb(bencher: divan::Bencher) {
    let document = article();
    bencher.bench_local(|| Reading::of(TITLE, divan::black_box(&document)));
}

/// Reads the article too, as whoever wants techniques alone has to.
#[divan::bench]
fn techniques_of_20_kb(bencher: divan::Bencher) {
    let document = article();
    bencher.bench_local(|| Detector::new(&Reading::of(TITLE, divan::black_box(&document))).techniques());
}

#[divan::bench]
fn kill_chain_of_20_kb(bencher: divan::Bencher) {
    let document = article();
    let reading = Reading::of(TITLE, &document);
    let detector = Detector::new(&reading);
    let hits = detector.techniques();
    bencher.bench_local(|| divan::black_box(&detector).kill_chain(&hits));
}
