use std::path::PathBuf;

use anyhow::{Context, bail};

use super::{
    Outcome,
    args::{HuntsArgs, HuntsVerb},
    desk::{Desk, read_folder},
    output::Output,
};
use crate::{
    hunt::{self, Dialect, Hunt, HuntId},
    text::counted,
};

/// Lists the hunts, prints one, or dumps all.
pub(super) fn run(desk: &Desk, args: &HuntsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    if let Some(HuntsVerb::Lint { folders }) = &args.verb {
        return lint(if folders.is_empty() { &desk.settings.hunts.folders } else { folders }, output);
    }
    if args.dump {
        for row in desk.hunts().dump() {
            output.json(&row)?;
        }
        return Ok(Outcome::Done);
    }
    match &args.id {
        Some(id) => show(desk, id, args.dialect.as_deref(), output),
        None => list(desk, output),
    }
}

/// Reads hunts of the user's own and says what is wrong with them, file and line.
fn lint(folders: &[PathBuf], output: &mut Output) -> anyhow::Result<Outcome> {
    if folders.is_empty() {
        bail!("there is no folder to check: name one, or set `folders` in [hunts]");
    }
    let mut files = Vec::new();
    for folder in folders {
        read_folder(folder, &mut files).with_context(|| format!("cannot read {}", folder.display()))?;
    }
    let faults = hunt::lint::folder(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    for fault in &faults {
        output.line(fault)?;
    }
    output.line(format_args!("{} read, {}", counted(files.len(), "hunt"), counted(faults.len(), "fault")))?;
    Ok(match (files.len(), faults.len()) {
        (0, _) => Outcome::Nothing,
        (_, 0) => Outcome::Done,
        _ => Outcome::Faulty,
    })
}

fn list(desk: &Desk, output: &mut Output) -> anyhow::Result<Outcome> {
    for hunt in desk.hunts().iter() {
        let techniques: Vec<String> = hunt.meta.techniques.iter().map(ToString::to_string).collect();
        output.fields(&[&hunt.meta.id.0, &techniques.join(","), &hunt.meta.title])?;
    }
    Ok(Outcome::Done)
}

fn show(desk: &Desk, id: &str, dialect: Option<&str>, output: &mut Output) -> anyhow::Result<Outcome> {
    let Some(hunt) = desk.hunts().get(&HuntId(id.to_ascii_uppercase())) else {
        bail!("there is no hunt {id}: `huntdeck hunts` lists them");
    };
    match dialect {
        Some(name) => {
            let Some(dialect) = Dialect::from_name(name) else {
                let names = Dialect::ALL.map(Dialect::name).join(", ");
                bail!("`{name}` is not a dialect: write one of {names}");
            };
            output.text(&hunt.render(&[], dialect, &desk.parameters())?.text)?;
            output.raw(b"\n")?;
        }
        None => whole(desk, hunt, output)?,
    }
    Ok(Outcome::Done)
}

fn whole(desk: &Desk, hunt: &Hunt, output: &mut Output) -> anyhow::Result<()> {
    output.line(format_args!("{} — {}", hunt.meta.id, hunt.meta.title))?;
    let fields = [
        ("phase", hunt.meta.phase.name().to_owned()),
        ("confidence", hunt.meta.confidence.label().to_owned()),
        ("platforms", hunt.meta.platforms.join(", ")),
        ("techniques", hunt.meta.techniques.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ("telemetry", hunt.meta.telemetry.join("; ")),
        ("false positives", hunt.meta.false_positives.join("; ")),
    ];
    for (name, value) in fields {
        output.line(format_args!("{name}: {value}"))?;
    }
    for dialect in Dialect::ALL {
        output.line("")?;
        output.line(format_args!("{}:", dialect.label()))?;
        match hunt.render(&[], dialect, &desk.parameters()) {
            Ok(query) => output.text(&query.text)?,
            Err(refusal) => output.text(&refusal.to_string())?,
        }
        output.raw(b"\n")?;
    }
    Ok(())
}
