//! Text to the clipboard by the route that reaches the user: tmux, OSC 52, the desktop, and always a file.
