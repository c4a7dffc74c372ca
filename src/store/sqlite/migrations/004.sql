-- Saving wrote each finding into two trees: into its table, and into an index from the article back to it that nothing
-- asked but the removal of an article. What an article was filed under stands in its briefing, which is asked instead.
DROP INDEX indicator_article;
DROP INDEX technique_article;
DROP INDEX hunt_article;
DROP INDEX tag_article;
DROP INDEX filing_article;

-- A tally walks `by_severity` and counts.
DROP INDEX by_tally;
