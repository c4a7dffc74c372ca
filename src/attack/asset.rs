//! What the assets of this room say, read once.

use std::sync::OnceLock;

use super::{TechniqueId, chain::Chain, lexicon::Lexicon, rules::Rules};

/// The lexicon, and the rules that were written in its words.
#[derive(Debug)]
pub(super) struct Assets {
    pub(super) lexicon: Lexicon,
    pub(super) techniques: Rules<TechniqueId>,
    pub(super) chain: Chain,
}

impl Assets {
    /// Returns the assets compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Assets> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lexicon = Lexicon::default();
            let phrases = include_str!("../../assets/attack/phrases.toml");
            let techniques = Rules::parse(phrases, &mut lexicon).expect("a test loads the asset");
            let kill_chain = include_str!("../../assets/kill_chain.toml");
            let chain = Chain::parse(kill_chain, &mut lexicon).expect("a test loads the asset");
            Self { lexicon, techniques, chain }
        })
    }
}
