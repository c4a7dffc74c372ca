//! The console: one state, one table of actions, views that only draw, effects that only do.
