use serde::{Deserialize, Serialize};

/// A phase of Lockheed Martin's kill chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Reconnaissance.
    Recon,
    /// Weaponization.
    Weapon,
    /// Delivery.
    Delivery,
    /// Exploitation.
    Exploit,
    /// Installation.
    Install,
    /// Command and control.
    C2,
    /// Actions on objectives.
    Actions,
}

impl Phase {
    /// Every phase, in the order of the chain.
    pub const ALL: [Self; 7] =
        [Self::Recon, Self::Weapon, Self::Delivery, Self::Exploit, Self::Install, Self::C2, Self::Actions];

    /// Returns the short name that briefings print.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recon => "recon",
            Self::Weapon => "weapon",
            Self::Delivery => "delivery",
            Self::Exploit => "exploit",
            Self::Install => "install",
            Self::C2 => "c2",
            Self::Actions => "actions",
        }
    }

    /// Finds a phase by its short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.name() == name)
    }
}
