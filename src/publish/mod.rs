//! Writes what is published from reports: changelogs, sites, feeds. Only the last step of each does output.

pub mod changelog;
pub mod feeds;
pub mod site;
