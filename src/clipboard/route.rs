use crate::config::ClipboardSetting;

/// How text reaches the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// tmux's buffer, which tmux hands on to the outer terminal.
    Tmux,
    /// The terminal, by OSC 52.
    Terminal,
    /// The desktop's clipboard.
    Desktop,
    /// The file alone.
    File,
}

impl Route {
    /// Returns the words that tell the user where a copy went.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tmux => "tmux buffer",
            Self::Terminal => "terminal clipboard (OSC 52)",
            Self::Desktop => "desktop clipboard",
            Self::File => "file",
        }
    }
}

/// Chooses the routes to try, in order.
///
/// `setting` is the `console.clipboard` of the configuration. `is_set`
/// tells whether a variable of the environment is there and not empty.
pub fn routes(setting: ClipboardSetting, is_set: impl Fn(&str) -> bool) -> Vec<Route> {
    match setting {
        ClipboardSetting::Tmux => vec![Route::Tmux],
        ClipboardSetting::Native => vec![Route::Desktop],
        ClipboardSetting::File => vec![Route::File],
        ClipboardSetting::Auto if is_set("TMUX") => vec![Route::Tmux, Route::Terminal],
        ClipboardSetting::Auto if ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"].iter().any(|name| is_set(name)) => {
            vec![Route::Terminal]
        }
        ClipboardSetting::Auto if has_desktop(&is_set) => vec![Route::Desktop, Route::Terminal],
        ClipboardSetting::Osc52 | ClipboardSetting::Auto => vec![Route::Terminal],
    }
}

fn has_desktop(is_set: impl Fn(&str) -> bool) -> bool {
    cfg!(any(target_os = "macos", windows)) || is_set("WAYLAND_DISPLAY") || is_set("DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::{Route, routes};
    use crate::config::ClipboardSetting;

    fn chosen(setting: ClipboardSetting, environment: &[&str]) -> Vec<Route> {
        routes(setting, |name| environment.contains(&name))
    }

    #[test]
    fn tmux_comes_first_then_ssh_then_the_desktop() {
        assert_eq!(chosen(ClipboardSetting::Auto, &["TMUX", "SSH_TTY", "DISPLAY"]), [Route::Tmux, Route::Terminal]);
        assert_eq!(chosen(ClipboardSetting::Auto, &["SSH_CONNECTION", "DISPLAY"]), [Route::Terminal]);
        assert_eq!(chosen(ClipboardSetting::Auto, &["WAYLAND_DISPLAY"]), [Route::Desktop, Route::Terminal]);
    }

    #[cfg(not(any(target_os = "macos", windows)))]
    #[test]
    fn without_a_desktop_the_terminal_is_asked() {
        assert_eq!(chosen(ClipboardSetting::Auto, &[]), [Route::Terminal]);
    }

    #[test]
    fn the_setting_forces_one_route() {
        assert_eq!(chosen(ClipboardSetting::Osc52, &["TMUX"]), [Route::Terminal]);
        assert_eq!(chosen(ClipboardSetting::Tmux, &[]), [Route::Tmux]);
        assert_eq!(chosen(ClipboardSetting::Native, &["TMUX"]), [Route::Desktop]);
        assert_eq!(chosen(ClipboardSetting::File, &["TMUX"]), [Route::File]);
    }
}
