/// What stands around a value inside its literal; `*` is a wildcard, everything else stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::hunt) struct Affix {
    /// What stands before the value.
    pub before: String,
    /// What stands after the value.
    pub after: String,
}
