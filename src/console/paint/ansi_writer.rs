use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell};

use super::sgr::Sgr;
use crate::text::width;

/// From how many blanks on they are erased rather than written: erasing them and moving on takes ten bytes.
const ERASED: usize = 12;

/// Writes the cells that differ.
pub(super) struct AnsiWriter<'a> {
    pub(super) next: &'a Buffer,
    pub(super) out: &'a mut Vec<u8>,
    /// Where the terminal's cursor is, when that is known.
    pub(super) at: Option<(u16, u16)>,
    /// How the terminal writes at present, when it was told.
    pub(super) style: Option<Sgr>,
}

impl AnsiWriter<'_> {
    /// Writes what differs in one line. Writing over half of a wide letter spoils its other half too.
    pub(super) fn row(&mut self, y: u16, before: &[Cell], after: &[Cell]) {
        let (mut spoilt, mut covered) = (0_usize, 0_usize);
        for (x, (was, is)) in before.iter().zip(after).enumerate() {
            let differs = was != is || spoilt > 0;
            spoilt = spoilt.saturating_sub(1);
            if differs {
                spoilt = spoilt.max(columns(was) - 1);
            }
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = columns(is) - 1;
            if differs {
                let blanks = blanks(&before[x..], &after[x..]);
                if blanks < ERASED {
                    self.put(x as u16, y, is);
                } else {
                    self.erase(x as u16, y, blanks);
                    covered = blanks - 1;
                }
            }
        }
    }

    /// Erases cells; what they held is gone and nothing of how the terminal writes is seen in them.
    fn erase(&mut self, x: u16, y: u16, cells: usize) {
        self.go(x, y);
        if !self.style.is_some_and(|style| style.blank_alike(Sgr::PLAIN)) {
            Sgr::PLAIN.put_on(self.style, self.out);
            self.style = Some(Sgr::PLAIN);
        }
        let _ = write!(self.out, "\x1b[{cells}X");
        self.at = Some((x, y));
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(x, y);
        let sgr = Sgr::of(cell);
        let same = self.style.is_some_and(|style| style == sgr || (cell.symbol() == " " && style.blank_alike(sgr)));
        if !same {
            sgr.put_on(self.style, self.out);
            self.style = Some(sgr);
        }
        self.out.extend_from_slice(certain(cell.symbol()).as_bytes());
        // Terminals do not agree on how wide a cluster or a wide letter is: what comes next is placed anew.
        self.at = is_simple(cell).then_some((x + 1, y));
    }

    /// Moves to a cell, the shortest way.
    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some((column, row)) if (column, row) == (x, y) => {}
            Some((column, row)) if row == y && column < x => {
                if !self.cross(column, x, y) {
                    let _ = match x - column {
                        1 => write!(self.out, "\x1b[C"),
                        by => write!(self.out, "\x1b[{by}C"),
                    };
                }
            }
            _ => {
                let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
    }

    /// Writes the few cells between again where that is shorter than a movement.
    fn cross(&mut self, from: u16, to: u16, y: u16) -> bool {
        let Some(style) = self.style.filter(|_| to - from <= 4) else { return false };
        let cells = || (from..to).map(|x| &self.next[(x, y)]);
        let writable = |cell: &Cell| {
            let sgr = Sgr::of(cell);
            is_simple(cell) && (sgr == style || (cell.symbol() == " " && style.blank_alike(sgr)))
        };
        let bytes: usize = cells().map(|cell| cell.symbol().len()).sum();
        if bytes > 4 || !cells().all(writable) {
            return false;
        }
        for x in from..to {
            self.out.extend_from_slice(self.next[(x, y)].symbol().as_bytes());
        }
        true
    }
}

/// Counts the cells without anything to see that a line begins with, up to the last one that differs.
fn blanks(before: &[Cell], after: &[Cell]) -> usize {
    let blank = |cell: &Cell| cell.symbol() == " " && Sgr::of(cell).blank_alike(Sgr::PLAIN);
    let run = before.iter().zip(after).take_while(|(_, after)| blank(after));
    let (mut last, mut differ) = (0, 0);
    for (at, (before, after)) in run.enumerate() {
        if before != after {
            (last, differ) = (at + 1, differ + 1);
        }
    }
    // Where most of them are blank already, moving over them is as short.
    if differ < ERASED { 0 } else { last }
}

/// Returns how many columns a cell's text takes, one at the least.
fn columns(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() == 1 { 1 } else { width(symbol).max(1) }
}

/// Returns as much of a cluster as takes no more columns in any terminal than it has: one that does not join a skin
/// tone to its hand would write over what stands behind it, at the end of a line over the next one.
fn certain(symbol: &str) -> &str {
    let mut chars = symbol.chars();
    let apart: usize = symbol.chars().map(|c| width(c.encode_utf8(&mut [0; 4]))).sum();
    match chars.next() {
        Some(first) if apart > width(symbol) => &symbol[..first.len_utf8()],
        _ => symbol,
    }
}

/// Returns `true` if a cell holds one character of one column, about which terminals agree.
fn is_simple(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    symbol.is_ascii() || (symbol.chars().count() == 1 && width(symbol) == 1)
}
