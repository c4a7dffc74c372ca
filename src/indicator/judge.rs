//! What a find is worth, and why.

use std::borrow::Cow;

use super::{
    Context, Kind, Place, Tier, context,
    found::{Found, Note},
    reference,
    report::Report,
    section::Setting,
    suffix,
    topic::Topic,
};

/// A judgement.
pub(super) struct Verdict {
    pub(super) tier: Tier,
    pub(super) reason: Option<Cow<'static, str>>,
}

fn verdict(tier: Tier, reason: impl Into<Cow<'static, str>>) -> Verdict {
    Verdict { tier, reason: Some(reason.into()) }
}

/// Everything that a judgement looks at.
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    pub(super) context: &'a Context<'a>,
    /// The article's own host, in lower case.
    pub(super) own_host: Option<&'a str>,
    pub(super) setting: Setting,
    /// What is listed, when the find stands alone in its line and its neighbours do too.
    pub(super) listed: Option<Topic>,
    /// Whether the text reports an attack at all.
    pub(super) report: &'a Report<'a>,
}

/// Judges a find.
pub(super) fn judge(found: &Found, case: &Case<'_>) -> Verdict {
    if let Some(own) = by_lists(found, case.context) {
        return own;
    }
    if let Note::Rejected(why) = found.note {
        return verdict(Tier::Rejected, why);
    }
    if let Some(rejected) = rejected(found, case) {
        return verdict(Tier::Rejected, rejected);
    }
    if let Some(reason) = reference(found, case) {
        return verdict(Tier::Reference, reason);
    }
    match found.note {
        Note::Doubtful(why) => return verdict(Tier::Candidate, why),
        Note::HostOfEmail if !case.in_list() => return verdict(Tier::Candidate, "the host of an e-mail address"),
        Note::InUrl => return in_url(found, case),
        _ => {}
    }
    worth(found, case)
}

/// Applies the user's own lists.
fn by_lists(found: &Found, context: &Context<'_>) -> Option<Verdict> {
    let lists = context.lists?;
    let listed = |list: &[(String, String)]| {
        list.iter().find(|(value, _)| value.eq_ignore_ascii_case(&found.value)).map(|(_, reason)| reason.clone())
    };
    if let Some(reason) = listed(&lists.suppress) {
        return Some(verdict(Tier::Reference, format!("on your suppress list: {reason}")));
    }
    listed(&lists.allow).map(|reason| verdict(Tier::Indicator, format!("on your allow list: {reason}")))
}

impl Case<'_> {
    /// Returns `true` if a name that may be a file is a host, because everything around it is.
    fn lists_hosts(&self) -> bool {
        self.setting.topic == Some(Topic::Network) || self.listed == Some(Topic::Network)
    }

    fn in_list(&self) -> bool {
        self.setting.topic.is_some() || self.setting.place == Place::Table || self.listed.is_some()
    }
}

/// Returns the reason why a find is not what it looks like, by the words around it.
fn rejected(found: &Found, case: &Case<'_>) -> Option<&'static str> {
    match found.kind {
        Kind::Md5 | Kind::Sha1 | Kind::Sha256 | Kind::Sha512 => {
            context::not_a_file_hash(case.text, found).or_else(|| {
                case.setting.fingerprint.then_some("its section or its column holds fingerprints, not file hashes")
            })
        }
        Kind::Ipv4 if !found.defanged && !matches!(found.note, Note::HostOfUrl | Note::InUrl) => {
            context::not_an_address(case.text, found, case.setting.topic.is_some() || case.listed.is_some())
        }
        Kind::Domain if found.note == Note::FileLike => {
            (!case.lists_hosts()).then_some("a file name: its last label is a file extension")
        }
        Kind::FileName if case.lists_hosts() => {
            let last = suffix::top(&found.value);
            super::word::is_shared_extension(last).then_some("a domain: its section lists hosts")
        }
        _ => None,
    }
}

/// Returns the reason why a find is context and no indicator.
fn reference(found: &Found, case: &Case<'_>) -> Option<Cow<'static, str>> {
    if let Note::Reference(why) = found.note {
        return Some(why.into());
    }
    if case.setting.furniture {
        return Some("outside the article's body".into());
    }
    if let Some(own) = own(found, case) {
        return Some(own.into());
    }
    let strong = found.defanged || case.in_list();
    match found.kind {
        Kind::Ipv4 | Kind::Cidr | Kind::Ipv6 => address(&found.value, strong),
        Kind::Domain | Kind::FileName => {
            if found.note == Note::Documentation && !strong {
                return Some("a name kept for examples".into());
            }
            let name = if found.kind == Kind::Domain { Cow::Borrowed(&*found.value) } else { lower(&found.value) };
            reference::list_of(&name).map(|list| list.reason.into())
        }
        Kind::Url => url(found, strong),
        Kind::Email => {
            let host = found.value.rsplit('@').next().unwrap_or_default();
            if found.note == Note::Documentation && !strong {
                return Some("a name kept for examples".into());
            }
            let list = reference::list_of(host)?;
            (!list.reason.starts_with("a mail provider") && !list.anyones).then(|| list.reason.into())
        }
        _ => None,
    }
}

fn lower(value: &str) -> Cow<'_, str> {
    if value.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(value.to_ascii_lowercase())
    } else {
        Cow::Borrowed(value)
    }
}

/// Returns `true` if a find is the article's own link or its publisher's.
fn own(found: &Found, case: &Case<'_>) -> Option<&'static str> {
    let host = match found.kind {
        Kind::Domain => found.value.as_str(),
        Kind::Url => host_of(&found.value),
        Kind::Email => found.value.rsplit('@').next().unwrap_or_default(),
        _ => return None,
    };
    if let Some(own) = case.own_host {
        let own = suffix::registrable(own);
        let shared = reference::list_of(own).is_some_and(|list| list.anyones);
        if !shared && !own.is_empty() && suffix::registrable(host) == own {
            return Some("the publisher's own site");
        }
    }
    if case
        .context
        .url
        .is_some_and(|url| found.kind == Kind::Url && url.trim_end_matches('/') == found.value.trim_end_matches('/'))
    {
        return Some("the article's own link");
    }
    let source = case.context.source?;
    let label = suffix::registrable(host).split('.').next().unwrap_or_default();
    let same = label.len() > 3
        && label.bytes().eq(source.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()));
    same.then_some("the publisher's own site")
}

/// Returns the host of a normalised URL, without user and port.
pub(super) fn host_of(url: &str) -> &str {
    let bytes = url.as_bytes();
    let start = memchr::memmem::find(bytes, b"://").map_or(0, |mark| mark + 3);
    let end = memchr::memchr3(b'/', b'?', b'#', &bytes[start..]).map_or(bytes.len(), |len| start + len);
    let start = memchr::memrchr(b'@', &bytes[start..end]).map_or(start, |at| start + at + 1);
    let host = &url[start..end];
    if let Some(literal) = host.strip_prefix('[') {
        return literal.split(']').next().unwrap_or_default();
    }
    memchr::memchr(b':', host.as_bytes()).map_or(host, |colon| &host[..colon])
}

fn address(value: &str, strong: bool) -> Option<Cow<'static, str>> {
    let bare = value.split('/').next().unwrap_or_default();
    let reserved = if bare.contains(':') {
        bare.parse().ok().and_then(reference::reserved_six)
    } else {
        bare.parse().ok().and_then(reference::reserved_four)
    };
    if let Some((why, documentation)) = reserved {
        return (!documentation || !strong).then_some(why.into());
    }
    reference::list_of_exactly(bare).map(|list| list.reason.into())
}

fn url(found: &Found, strong: bool) -> Option<Cow<'static, str>> {
    if found.note == Note::Documentation && !strong {
        return Some("a name kept for examples".into());
    }
    let host = host_of(&found.value);
    if host.contains(':') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return address(host, strong);
    }
    let list = reference::list_of(host)?;
    if !list.anyones {
        return Some(list.reason.into());
    }
    let after = found.value.find(host).map_or("", |at| &found.value[at + host.len()..]);
    let pathless = after.trim_matches('/').is_empty();
    (pathless || !strong && !list.reason.contains("path counts")).then(|| list.reason.into())
}

/// Judges what stands in the path of a URL: a link to a sample names it, but does not vouch for it.
fn in_url(found: &Found, case: &Case<'_>) -> Verdict {
    match found.kind {
        Kind::Cve => verdict(Tier::Indicator, "named in a URL"),
        _ if case.in_list() && case.report.is_one() => verdict(Tier::Indicator, "named in a URL of an indicator list"),
        _ => verdict(Tier::Candidate, "named in a URL"),
    }
}

/// Judges what nothing speaks against.
fn worth(found: &Found, case: &Case<'_>) -> Verdict {
    if found.kind == Kind::Cve {
        return Verdict { tier: Tier::Indicator, reason: None };
    }
    let harmless = || is_commonplace(found.kind) && !case.report.is_one();
    if found.defanged {
        if found.kind == Kind::Email && harmless() {
            return verdict(Tier::Candidate, "hidden from spam, in a text that reports no attack");
        }
        return verdict(Tier::Indicator, "the author defanged it");
    }
    let harmless = harmless();
    let standing = if case.setting.topic.is_some() {
        Some("in a section of indicators")
    } else if case.setting.place == Place::Table {
        Some("in a table")
    } else {
        case.listed.map(|_| "in a list of indicators")
    };
    match standing {
        Some(_) if harmless => return verdict(Tier::Candidate, "listed, but the text reports no attack"),
        Some(why) => return verdict(Tier::Indicator, why),
        None => {}
    }
    if is_target(case.text, found) {
        return verdict(Tier::Candidate, "the target of a link");
    }
    if let Some(cue) = context::cue(case.text, found, harmless) {
        return verdict(Tier::Indicator, format!("the sentence says what it does: “{cue}”"));
    }
    if found.note == Note::HostOfUrl {
        return verdict(Tier::Reference, "the host of a URL that is itself only a candidate");
    }
    Verdict { tier: Tier::Candidate, reason: None }
}

/// Returns `true` if texts of every kind name such things, so that a place alone makes no indicator of one.
const fn is_commonplace(kind: Kind) -> bool {
    kind.is_network() || matches!(kind, Kind::FileName | Kind::FilePath)
}

/// Returns `true` if a find is where a link leads, written in Markdown or HTML: a reader is meant to follow it.
fn is_target(text: &str, found: &Found) -> bool {
    let before = &text.as_bytes()[..found.span.start];
    let scheme = before.strip_suffix(b"://").map(|rest| {
        let word = rest.iter().rev().take(5).take_while(|b| b.is_ascii_alphabetic()).count();
        &rest[..rest.len() - word]
    });
    let before = scheme.unwrap_or(before);
    [&b"]("[..], b"](<", b"href=\"", b"href='", b"src=\"", b"src='", b"]: ", b"]:"]
        .iter()
        .any(|mark| before.ends_with(mark))
}
