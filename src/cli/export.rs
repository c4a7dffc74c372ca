use std::{fs, path::Path};

use anyhow::Context;

use super::{
    Outcome,
    args::ExportArgs,
    desk::Desk,
    list,
    output::{self, Output},
};
use crate::{
    export::{ArticleOptions, Exported, Format},
    text::Safe,
    triage::Item,
};

/// Writes the briefings that a query finds.
pub(super) async fn run(desk: &Desk, args: &ExportArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let ids = store.ids(&list::parse(&args.query.join(" "))?, usize::MAX).await?;
    if let Some(folder) = &args.out {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let parameters = desk.parameters();
    let options = ArticleOptions { hunts: desk.hunts(), parameters: &parameters, max_hunts: usize::MAX };
    let (format, mut written) = (args.format, 0);
    for id in ids {
        let Some(item) = store.item(id).await? else { continue };
        let number = id.to_string();
        let exported = Exported::of(&number, &item);
        if let Some(folder) = &args.out {
            write(folder, format, &item, &format.document(&exported, &options))?;
        } else {
            output.raw(if written == 0 { format.head } else { format.separator }.as_bytes())?;
            output.raw(format.article(&exported, &options).as_bytes())?;
        }
        written += 1;
    }
    match &args.out {
        Some(folder) => output.line(format_args!("{written} briefings in {}", folder.display()))?,
        None if written > 0 => output.raw(format.tail.as_bytes())?,
        None => {}
    }
    if written == 0 {
        output::complain("no article matches, so nothing was written");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn write(folder: &Path, format: &Format, item: &Item, text: &str) -> anyhow::Result<()> {
    let path = folder.join(format!("{}-{}.{}", item.row.id, slug(&item.row.title), format.ending));
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
