//! How well severity is judged, on small invented items with labels: what a regression would turn.
//!
//! The items are written for this project. Each shows one kind of news; the label is what an on-call analyst of a
//! mid-size enterprise should do: act today (CRIT), act this week (HIGH), know about it (MED), nothing (LOW).

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{Briefer, Severity},
    hunt::Catalogue,
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

/// What words of more kinds must tell: breaches, intrusions without malware, studies, ratings and roundups of patches.
const VARIED: [(Severity, &str, &str); 30] = [
    (
        Crit,
        "Fortinet warns of FortiWeb flaw abused to create admin accounts",
        "The vendor confirmed that attackers have been leveraging CVE-2099-20001 against internet-facing appliances since last week.",
    ),
    (
        Crit,
        "Widely used npm library for HTTP requests found carrying a remote access trojan",
        "Two versions published from a hijacked maintainer account fetched the malware at install time; the package is downloaded 80 million times a week.",
    ),
    (
        Crit,
        "Patch this Exchange bug now, exploit code is on GitHub",
        "The vulnerability needs no authentication and runs commands as SYSTEM on every on-premises server that is reachable from the internet.",
    ),
    (
        Crit,
        "Remote support vendor's update server delivered signed malware to customers",
        "The trojanized client of the widely deployed support tool was pushed for five days to thousands of managed service providers.",
    ),
    (
        Crit,
        "Zero-day in Cisco ASA firewalls let spies in for months",
        "The vendor says the flaw has been used by a state-sponsored group to implant a bootkit on government firewalls, fixes are out.",
    ),
    (
        Crit,
        "Alert: Mass exploitation of ScreenConnect servers leads to ransomware",
        "Our SOC has handled 30 incidents since Monday in which the authentication bypass gave attackers full control.",
    ),
    (
        Crit,
        "Veeam bug now part of ransomware toolkits",
        "Several gangs use the deserialization flaw to run code on backup servers, responders say.",
    ),
    (
        High,
        "Help desk calls lead to domain compromise at retailers",
        "Intruders impersonated employees, reset MFA and dumped NTDS.dit within hours.",
    ),
    (
        High,
        "Oracle issues out-of-cycle fix for E-Business Suite",
        "The security alert covers a bug that can be reached over the network without a username or password.",
    ),
    (
        High,
        "Attackers abuse forgotten service principals to read mailboxes in Entra ID",
        "In four cases this month the intruder added credentials to an application and exported mail through Graph.",
    ),
    (
        High,
        "SEO-poisoned PuTTY downloads plant Oyster on admins' machines",
        "The fake installers create a scheduled task that runs a DLL every three minutes.",
    ),
    (
        High,
        "Valid accounts and no malware: how an affiliate reached the hypervisors",
        "We describe an incident in which the intruder logged in to the VPN, moved by RDP and ran an encryptor on ESXi.",
    ),
    (
        High,
        "OAuth consent phishing hits Microsoft 365 users with fake DocuSign app",
        "Victims grant the rogue app mail access; we list the app identifiers and domains.",
    ),
    (
        High,
        "Compromised service accounts used to disable backups before encryption",
        "Responders saw the same playbook at three manufacturers this month.",
    ),
    (
        High,
        "From phishing mail to wire fraud in 41 hours: a business email compromise dissected",
        "The intruder registered a second authenticator, set inbox rules and wrote from 192.0.2.55.",
    ),
    (
        Med,
        "Airline tells 2.1 million passengers their passport details were taken",
        "The carrier noticed access to a booking system of a supplier in August.",
    ),
    (
        Med,
        "Law firm notifies clients after mailbox was accessed",
        "An unauthorized person read messages of three partners between May and June.",
    ),
    (
        Med,
        "Dating app left private photos of users open to anyone",
        "A misconfigured storage bucket exposed 1.5 million pictures.",
    ),
    (
        Med,
        "Extortion group lists chip supplier on its leak site",
        "The gang says it has 900 GB of drawings; the company is looking into it.",
    ),
    (
        Med,
        "ICS Advisory: Korrin Automation gateway missing authentication",
        "Successful exploitation could allow an attacker to change set points. Vendor has not responded.",
    ),
    (
        Med,
        "Moderate severity XSS in webmail product fixed",
        "The issue (CVSS 6.1) needs a user to click a link. Versions before 4.2 are affected.",
    ),
    (
        Med,
        "Patch Tuesday: Microsoft, Adobe and SAP ship fixes for 160 bugs",
        "None of the vulnerabilities is known to have been exploited; eleven are rated critical.",
    ),
    (
        Med,
        "We scanned 5 million hosts for leaked .env files, here is what we saw",
        "The measurements show that secrets remain reachable for 40 days on average.",
    ),
    (
        Med,
        "Academics bypass memory encryption of server CPUs with 50 dollar interposer",
        "The attack needs physical access to the board.",
    ),
    (
        Med,
        "Medium-severity information disclosure in library management system",
        "A local user could read temporary files (CVE-2099-20044, CVSS 5.5).",
    ),
    (
        Low,
        "Authorities take down market for stolen logins",
        "Servers in three countries were seized and two administrators are in custody.",
    ),
    (
        Low,
        "Security news round-up: router botnets, bank breach and more",
        "Catch up on what happened between Monday and Friday.",
    ),
    (
        Low,
        "Getting started with threat hunting: a guide for small teams",
        "We explain hypotheses, data sources and how to document a hunt.",
    ),
    (
        Low,
        "Windows update makes the task bar vanish for some",
        "Microsoft recommends restarting Explorer until a fix is shipped.",
    ),
    (Low, "Breach law delayed until next session", "The committee had no time to vote."),
];

fn judged(title: &str, text: &str) -> Severity {
    let entry = Entry { title: title.into(), content: Content::Plain(text.into()), ..Entry::default() };
    let article = Article::from_entry(entry, "Example News", Timestamp::UNIX_EPOCH);
    Briefer::new(Catalogue::shipped()).brief(&article).severity
}

/// Fails when more than `most` items have another severity than their label, or they are more than one step further off
/// in all.
fn assert_agree(items: &[(Severity, &str, &str)], most: usize) {
    let mut wrong = Vec::new();
    let mut distance = 0;
    for (label, title, text) in items {
        let made = judged(title, text);
        if made != *label {
            distance += (made as i32 - *label as i32).unsigned_abs() as usize;
            wrong.push(format!("{} is {}: {title}", label.word(), made.word()));
        }
    }
    let agree = wrong.len() <= most && distance <= most + 1;
    assert!(agree, "{} of {} are wrong:\n{}", wrong.len(), items.len(), wrong.join("\n"));
}

#[test]
fn severity_agrees_with_the_labels() {
    assert_agree(&ITEMS, 3);
    assert_agree(&VARIED, 3);
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
