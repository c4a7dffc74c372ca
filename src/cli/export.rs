use std::{fs, path::Path};

use anyhow::Context;

use super::{
    Outcome,
    args::{BriefingFormat, ExportArgs},
    desk::Desk,
    list,
    output::{self, Output},
};
use crate::{briefing, export::Analysis, text::Safe, triage::Item};

/// Writes the briefings that a query finds.
pub(super) async fn run(desk: &Desk, args: &ExportArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let ids = store.ids(&list::parse(&args.query.join(" "))?, usize::MAX).await?;
    if let Some(folder) = &args.out {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut written = 0;
    for id in ids {
        let Some(item) = store.item(id).await? else { continue };
        let text = render(desk, args.format, &item)?;
        match &args.out {
            Some(folder) => write(folder, args.format, &item, &text)?,
            None if written > 0 && args.format == BriefingFormat::Markdown => {
                output.raw(b"\n---\n\n")?;
                output.raw(text.as_bytes())?;
            }
            None => output.raw(text.as_bytes())?,
        }
        written += 1;
    }
    if let Some(folder) = &args.out {
        output.line(format_args!("{written} briefings in {}", folder.display()))?;
    }
    if written == 0 {
        output::complain("no article matches, so nothing was written");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn render(desk: &Desk, format: BriefingFormat, item: &Item) -> anyhow::Result<String> {
    let parameters = desk.parameters();
    Ok(match format {
        BriefingFormat::Markdown => briefing::markdown(&item.article, &item.briefing, desk.hunts(), &parameters),
        BriefingFormat::Json => {
            let id = item.row.id.to_string();
            serde_json::to_string(&Analysis::new(&id, &item.briefing, desk.hunts(), &parameters))? + "\n"
        }
    })
}

fn write(folder: &Path, format: BriefingFormat, item: &Item, text: &str) -> anyhow::Result<()> {
    let ending = if format == BriefingFormat::Markdown { "md" } else { "json" };
    let path = folder.join(format!("{}-{}.{ending}", item.row.id, slug(&item.row.title)));
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes a title into a part of a file name: letters, digits and hyphens only.
fn slug(title: &str) -> String {
    let title = Safe::line(title).into_string().to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.chars().count() + word.chars().count() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_title_can_not_leave_its_folder() {
        assert_eq!(slug("../../etc/passwd: Ünïcode\u{202e}!"), "etc-passwd-ünïcode");
        assert_eq!(slug("///"), "");
    }
}
