//! E-mail addresses.

use super::{
    Kind, address,
    found::Note,
    host,
    pass::Pass,
    suffix::{self, Host},
};
use crate::text::refang::shape::{Form, Shape};

/// Reads an e-mail address; returns the end of what was consumed.
pub(super) fn read(pass: &mut Pass<'_>, shape: Shape) -> usize {
    let whole = &pass.clean[shape.clean_host.0..shape.clean_host.1];
    let class = |host: &str| suffix::normal(host).map_or(Host::Malformed, |host| suffix::classify(&host));
    let (mut name, mut kind, mut end) = (whole, class(whole), shape.end);
    if matches!(kind, Host::Unknown | Host::Malformed)
        && let Some(retreat) = shape.name.retreat
        && retreat.labels > 1
        && class(&whole[..retreat.len]) == Host::Public
    {
        (name, kind, end) = (&whole[..retreat.len], Host::Public, retreat.end);
    }
    let user = &pass.clean[..shape.clean_host.0];
    let note = match kind {
        Host::Public | Host::Bare(true) => Note::Open,
        Host::Documentation => Note::Documentation,
        Host::Private => Note::Reference("a mailbox that only a private network knows"),
        Host::Unknown if shape.defanged && !shape.spaced => {
            Note::Doubtful("no registry has the last label of its host")
        }
        _ => return no_address(pass, shape),
    };
    let Some(host_name) = suffix::normal(name).map(std::borrow::Cow::into_owned) else { return shape.end };
    let value = format!("{}{host_name}", user.to_ascii_lowercase());
    let defanged = shape.defanged;
    pass.keep(Kind::Email, (shape.start, end), value, defanged, note);
    let host_note = if note == Note::Open { Note::HostOfEmail } else { note };
    pass.keep(Kind::Domain, (shape.host.0, end), host_name, defanged, host_note);
    end
}

/// Reads what has an at sign but no good host: a version of a package, a user on an address, a name before a space.
fn no_address(pass: &mut Pass<'_>, shape: Shape) -> usize {
    let host_name = &pass.clean[shape.clean_host.0..shape.clean_host.1];
    if let Some(Ok(address)) = address::four(host_name).map(|four| four.address)
        && !shape.spaced
    {
        pass.keep(Kind::Ipv4, shape.host, address.to_string(), shape.defanged, Note::Open);
        return shape.end;
    }
    // The part before the sign may be a name of its own.
    let user_end = pass.clean[..shape.clean_host.0].rfind('@').unwrap_or(0);
    let user = pass.clean[..user_end].to_owned();
    let plain =
        shape.start + user_end <= pass.text.len() && pass.text.get(shape.start..shape.start + user_end) == Some(&user);
    if plain && user.contains('.') && shape.spaced {
        let name = Shape {
            form: Form::Name,
            end: shape.start + user_end,
            defanged: false,
            clean_host: (0, user_end),
            name: crate::text::refang::name::Name { retreat: None, too_long: false, ..shape.name },
            ..shape
        };
        pass.clean = user;
        return host::read(pass, name);
    }
    shape.host.0
}
