-- An article is the same in two fetches of one feed, and never that of another feed: `identity` begins with the number of
-- the feed, as in `12:guid:abc`. Rows of before keep the identity that they had, which begins with a letter, until their
-- feed is fetched the next time. The page and the number of an advisory, by which articles of several feeds are found,
-- stand in columns of their own.
ALTER TABLE article ADD COLUMN page     TEXT;
ALTER TABLE article ADD COLUMN advisory TEXT;
UPDATE article SET page = substr(identity, 6) WHERE identity LIKE 'link:%';
UPDATE article SET advisory = substr(identity, 10) WHERE identity LIKE 'advisory:%';
CREATE INDEX by_page     ON article (page) WHERE page IS NOT NULL;
CREATE INDEX by_advisory ON article (advisory) WHERE advisory IS NOT NULL;

-- A date that lay in the future when the article came in was not one: it stood on top of every list.
UPDATE article SET published = seen, date_guessed = 1 WHERE published > seen + 86400;

-- What a feed gave is found by its digest: an item that comes again under another guid is known.
CREATE INDEX filing_digest ON filing (feed, digest);

-- An article that was judged, and of which something changed that matters since: when, and what.
ALTER TABLE article ADD COLUMN reopened     INTEGER;
ALTER TABLE article ADD COLUMN reopened_why TEXT NOT NULL DEFAULT '';
CREATE INDEX by_reopened ON article (reopened) WHERE reopened IS NOT NULL;
