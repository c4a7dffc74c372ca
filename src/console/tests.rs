mod choices;
mod journeys;
mod random;
mod snapshots;
