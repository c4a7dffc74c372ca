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
