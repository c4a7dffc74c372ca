//! The bytes that can give a network shape away, and a scan for the next of them.

/// Which bytes can give a shape away.
const ANCHOR: [bool; 256] = {
    let mut table = [false; 256];
    let marks = *b".@:/_[({<])}dD,0123456789\\^%&";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = true;
        i += 1;
    }
    // First bytes of the full stops of other writings.
    table[0xe2] = true;
    table[0xe3] = true;
    table[0xef] = true;
    table
};

/// Finds the next byte at or after `from` that can give a shape away.
pub(crate) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.iter().position(|byte| ANCHOR[usize::from(*byte)]).map(|offset| from + offset)
}
