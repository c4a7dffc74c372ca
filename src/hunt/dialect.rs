//! The query languages that hunts are written in: one file each, and one line in the list below.

mod affix;
mod kql;
mod sigma;
mod spl;
mod syntax;

use serde::{Deserialize, Serialize};

pub(super) use affix::Affix;
pub use syntax::{Delimited, Syntax, SyntaxForm, SyntaxToken};

use super::{Meta, Parameters};

/// What a dialect is: how values, conditions and whole queries are written, and how a query is read.
trait Language: Sync {
    /// Returns the name used in JSON, in the files of hunts and on the command line: lower-case letters and digits.
    fn name(&self) -> &'static str;

    /// Returns the name that people read.
    fn label(&self) -> &'static str;

    /// Returns the letter that copies a hunt in this dialect, after `Y`.
    fn key(&self) -> char;

    /// Returns the title of the dialect's block in a Markdown briefing, or `None` if it has no block there.
    fn briefing_title(&self) -> Option<&'static str> {
        None
    }

    /// Returns how a query is coloured.
    fn syntax(&self) -> &'static Syntax;

    /// Quotes a value that is not empty, or returns `None` if the dialect has no literal for it.
    fn literal(&self, value: &str, affix: &Affix) -> Option<String>;

    /// Returns the quote around a literal of characters that mean nothing but themselves in every dialect.
    fn quote(&self) -> char {
        '"'
    }

    /// Returns the word that joins alternatives, or `None` if each stands on a line of its own.
    fn joiner(&self) -> Option<&'static str>;

    /// Writes how far back a query looks.
    fn window(&self, days: u16) -> String {
        format!("{days}d")
    }

    /// Returns the names of the places that the parameters fill in templates of this dialect.
    fn options(&self) -> &'static [&'static str] {
        &[]
    }

    /// Puts the places of the options into a template as it is written in a hunt's file.
    fn mark_options(&self, template: &str) -> String {
        template.to_owned()
    }

    /// Writes what stands in the place of an option.
    fn write_option(&self, _option: &str, _parameters: &Parameters, _out: &mut String) {}

    /// Returns what stands around every query of a hunt.
    fn frame(&self, _meta: &Meta) -> QueryFrame {
        QueryFrame::default()
    }

    /// Makes a whole query of a filled template.
    fn finish(&self, body: String, _frame: &QueryFrame, _parameters: &Parameters) -> String {
        body
    }

    /// Returns what is wrong with a filled template.
    fn lint(&self, body: &str) -> Vec<Problem>;

    /// Reads a literal as the query language itself does, or returns `None` if it is not one whole literal.
    #[cfg(test)]
    fn read_literal(&self, literal: &str) -> Option<String>;
}

/// What stands around every query of a hunt, made once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct QueryFrame {
    head: String,
    tail: String,
}

/// Something wrong at a byte of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub at: usize,
    pub message: String,
}

/// Makes the enumeration of the dialects from the list.
macro_rules! dialects {
    ($($(#[$attribute:meta])+ $dialect:ident = $language:path,)+) => {
        /// A query language.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Dialect {
            $($(#[$attribute])+ $dialect,)+
        }

        impl Dialect {
            /// Every dialect.
            pub const ALL: [Self; [$(stringify!($dialect)),+].len()] = [$(Self::$dialect),+];

            fn language(self) -> &'static dyn Language {
                match self {
                    $(Self::$dialect => &$language,)+
                }
            }
        }
    };
}

dialects! {
    /// Splunk SPL over the Common Information Model.
    #[default]
    Spl = spl::Spl,
    /// Kusto over Microsoft Defender's advanced-hunting tables.
    Kql = kql::Kql,
    /// A Sigma rule.
    Sigma = sigma::Sigma,
}

impl Dialect {
    /// Returns the name used in JSON, in the files of hunts and on the command line.
    pub fn name(self) -> &'static str {
        self.language().name()
    }

    /// Finds a dialect by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        self.language().label()
    }

    /// Returns the letter that copies a hunt in this dialect, after `Y`.
    pub fn key(self) -> char {
        self.language().key()
    }

    /// Returns the title of the dialect's block in a Markdown briefing, or `None` if it has no block there.
    pub fn briefing_title(self) -> Option<&'static str> {
        self.language().briefing_title()
    }

    /// Returns how a query is coloured.
    pub fn syntax(self) -> &'static Syntax {
        self.language().syntax()
    }

    /// Quotes a value, or returns `None` if the dialect has no literal for it.
    ///
    /// An empty value has none anywhere: with wildcards around it, it would match everything.
    pub(super) fn literal(self, value: &str, affix: &Affix) -> Option<String> {
        if value.is_empty() { None } else { self.language().literal(value, affix) }
    }

    /// Returns `true` if the dialect has a literal for a value.
    pub(super) fn holds(self, value: &str) -> bool {
        !value.is_empty() && (value.bytes().all(is_plain) || self.literal(value, &Affix::default()).is_some())
    }

    /// Appends the literal of a value, and returns whether there is one.
    pub(super) fn push_literal(self, out: &mut String, value: &str, affix: &Affix) -> bool {
        // Most values (names, addresses, hashes) stand in their quotes as they are.
        let around = |text: &str| text.bytes().all(|b| is_plain(b) || b == b'*');
        if !value.is_empty() && value.bytes().all(is_plain) && around(&affix.before) && around(&affix.after) {
            let quote = self.language().quote();
            out.push(quote);
            out.push_str(&affix.before);
            out.push_str(value);
            out.push_str(&affix.after);
            out.push(quote);
            return true;
        }
        let literal = self.literal(value, affix);
        out.push_str(literal.as_deref().unwrap_or_default());
        literal.is_some()
    }

    pub(super) fn joiner(self) -> Option<&'static str> {
        self.language().joiner()
    }

    pub(super) fn window(self, days: u16) -> String {
        self.language().window(days)
    }

    pub(super) fn options(self) -> &'static [&'static str] {
        self.language().options()
    }

    pub(super) fn mark_options(self, template: &str) -> String {
        self.language().mark_options(template)
    }

    pub(super) fn write_option(self, option: &str, parameters: &Parameters, out: &mut String) {
        self.language().write_option(option, parameters, out);
    }

    pub(super) fn frame(self, meta: &Meta) -> QueryFrame {
        self.language().frame(meta)
    }

    pub(super) fn finish(self, body: String, frame: &QueryFrame, parameters: &Parameters) -> String {
        self.language().finish(body, frame, parameters)
    }

    pub(super) fn lint(self, body: &str) -> Vec<Problem> {
        self.language().lint(body)
    }
}

/// Returns `true` if a character means nothing but itself in every dialect's literals.
const fn is_plain(b: u8) -> bool {
    matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\'' | b'\\' | b'*' | b'?' | b'`' | b'$')
}

#[cfg(test)]
mod tests;
