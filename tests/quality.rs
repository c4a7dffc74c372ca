//! How well severity is judged, on small invented items with labels: what a regression would turn.
//!
//! The items are written for this project. Each shows one kind of news; the label is what an on-call analyst of a
//! mid-size enterprise should do: act today (CRIT), act this week (HIGH), know about it (MED), nothing (LOW).

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{self, Severity, Workbench},
    hunt::Catalogue,
    indicator::Lists,
};
use jiff::Timestamp;

use Severity::{Crit, High, Low, Med};

/// Label, title, summary.
const ITEMS: [(Severity, &str, &str); 30] = [
    (
        Crit,
        "Contoso VPN gateways hacked through new zero-day",
        "Attackers are exploiting an unpatched flaw in the firewall to plant web shells.",
    ),
    (
        Crit,
        "Agency orders federal offices to patch mail server flaw",
        "The Exchange Server vulnerability was added to the known exploited vulnerabilities list.",
    ),
    (
        Crit,
        "Maintainer phished: popular npm package ships credential stealer",
        "Two releases of the package, which has 40 million weekly downloads, were compromised in a supply chain attack.",
    ),
    (
        Crit,
        "Exploit out for pre-auth RCE in Windows Server role",
        "A proof-of-concept exploit was published for the critical flaw, which lets unauthenticated attackers run code.",
    ),
    (
        Crit,
        "Ransomware crew hits unpatched SharePoint servers",
        "The gang is actively exploiting the authentication bypass in on-premises SharePoint.",
    ),
    (
        Crit,
        "Chrome update closes hole that is exploited in the wild",
        "The emergency update fixes a zero-day vulnerability in the browser.",
    ),
    (
        High,
        "Brassfern backdoor targets law firms through fake Teams calls",
        "The new malware was deployed in an espionage campaign against companies in Europe.",
    ),
    (
        High,
        "Critical flaw in Veeam backup servers, update available",
        "The vendor is not aware of exploitation. The remote code execution flaw has a CVSS score of 9.9.",
    ),
    (
        High,
        "Phishing kit Glass Heron steals Microsoft 365 sessions",
        "The adversary-in-the-middle platform targets employees of finance companies.",
    ),
    (
        High,
        "Malicious PyPI packages steal cloud keys of developers",
        "Eleven look-alike packages carried an infostealer.",
    ),
    (
        High,
        "Actors turn off endpoint protection with a signed driver before ransomware",
        "The EDR killer was seen in attacks on manufacturing companies.",
    ),
    (
        High,
        "Out-of-band update for Windows Server fixes critical hole",
        "Admins should install the emergency patch; no attacks are known.",
    ),
    (Med, "Hospital group says data breach affects 300,000 patients", "Names and health records were stolen in March."),
    (Med, "Ransomware gang claims attack on toy maker", "The company has not confirmed the claim."),
    (
        Med,
        "New Android banking trojan reads the screen of phones",
        "The malware spreads through messages with a link to an app.",
    ),
    (
        Med,
        "Advisory: Contoso PLC programmable logic controller",
        "Exploitable remotely, low attack complexity. Successful exploitation could stop the controller.",
    ),
    (Med, "Infostealer hidden in free Minecraft cheats", "Gamers who look for cheats get malware."),
    (
        Med,
        "Researchers devise side-channel attack on memory",
        "The academics demonstrated that the attack leaks keys in the laboratory.",
    ),
    (Med, "Critical vulnerability in WordPress plugin for bookings", "The plugin is installed on 20,000 sites."),
    (Med, "Ransomware incidents rose by a third in the third quarter", "The report counts leak-site entries."),
    (Low, "Three arrested over Brassfern ransomware", "Police seized servers and cryptocurrency."),
    (Low, "Insurer fined over data breach of 2023", "The regulator says that basic protection was missing."),
    (Low, "Example Security raises $40 million in Series B", "The company will expand its platform."),
    (Low, "Example Security named a Leader in endpoint protection", "Customers praise how it stops ransomware."),
    (Low, "Week in review: zero-days, ransomware and a big breach", "A roundup of the stories you may have missed."),
    (
        Low,
        "Five ways to get more from your SIEM",
        "Our guide shows how teams detect ransomware faster. Sponsored and written by Example Security.",
    ),
    (Low, "Lawmakers propose new breach notification law", "The bill would give companies 48 hours."),
    (Low, "Update breaks printing on some PCs", "The vendor is working to resolve the known issue."),
    (Low, "Chat app adds encrypted backups", "The feature is rolling out to all users."),
    (Low, "Why zero trust is a journey", "An opinion on strategy by our chief technology officer."),
];

fn judged(title: &str, text: &str) -> Severity {
    let entry = Entry { title: title.into(), content: Content::Plain(text.into()), ..Entry::default() };
    let article = Article::from_entry(entry, "Example News", Timestamp::UNIX_EPOCH);
    let bench =
        Workbench { hunts: Catalogue::shipped(), lists: &Lists::default(), watch_list: &[], technique_threshold: 0.3 };
    briefing::brief(&article, &bench).severity
}

#[test]
fn severity_agrees_with_the_labels() {
    let mut wrong = Vec::new();
    let mut distance = 0;
    for (label, title, text) in ITEMS {
        let made = judged(title, text);
        if made != label {
            distance += (made as i32 - label as i32).abs();
            wrong.push(format!("{} is {}: {title}", label.word(), made.word()));
        }
    }
    assert!(wrong.len() <= 3 && distance <= 4, "{} of {} are wrong:\n{}", wrong.len(), ITEMS.len(), wrong.join("\n"));
}

#[test]
fn what_is_not_news_of_security_is_low() {
    let licence = "Permission is hereby granted, free of charge, to any person obtaining a copy, to deal in the software \
                   without restriction, including the rights to use, copy, modify and distribute it. The software is \
                   provided as is, without warranty of any kind; in no event shall the authors be liable for any claim.";
    let recipe = "Heat the oven. Crush the garlic, inject the marinade into the roast with a syringe and let it rest. \
                  Execute the cut against the grain, drop the potatoes into boiling water and serve with a side of salad.";
    let economy = "Inflation attacked savings while the central bank defended the currency. Capital flight was the payload \
                   of a campaign of speculation; reserves were drained and the exchange rate was exposed to new shocks.";
    for (title, text) in [("Licence", licence), ("Sunday roast", recipe), ("Exchange rates", economy)] {
        assert_eq!(judged(title, text), Severity::Low, "{title}");
    }
}
