mod journeys;
mod random;
mod snapshots;
