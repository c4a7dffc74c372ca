-- Stories: which articles tell of one thing. `story` is a number that its articles share, none for an article alone;
-- `others` is how many other sources tell it.
ALTER TABLE article ADD COLUMN story  INTEGER;
ALTER TABLE article ADD COLUMN others INTEGER NOT NULL DEFAULT 0;
CREATE INDEX by_story  ON article (story, source) WHERE story IS NOT NULL;
CREATE INDEX by_others ON article (others) WHERE others > 0;

-- What articles can be found by that tell of the same: digests of title words, vulnerabilities and packages. A key that
-- many share is no key; the newest months are kept.
CREATE TABLE story_key (
    key       INTEGER NOT NULL,
    published INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    PRIMARY KEY (key, published, article)
) WITHOUT ROWID;

-- How long a feed asked to be left alone, in seconds: a 304 does not say it again.
ALTER TABLE feed ADD COLUMN patience INTEGER;

-- The text of an article's page was filed under a feed of its own, "NAME (page)". It is the feed's: its `provider` is the
-- feed's number with a minus.
CREATE TEMP TABLE page AS
    SELECT page.id AS id, page.name AS name, feed.id AS feed
    FROM feed page JOIN feed ON page.name = feed.name || ' (page)' WHERE page.listed = 0;
UPDATE article SET
    feeds    = replace(feeds, char(10) || (SELECT name FROM page WHERE id = provider), ''),
    provider = -(SELECT feed FROM page WHERE id = provider)
WHERE provider IN (SELECT id FROM page);
DELETE FROM filing WHERE feed IN (SELECT id FROM page);
DELETE FROM feed WHERE id IN (SELECT id FROM page);
DROP TABLE page;
