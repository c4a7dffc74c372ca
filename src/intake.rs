//! The flow, written out once: due feeds → fetch → articles → briefings → one transaction → progress.
