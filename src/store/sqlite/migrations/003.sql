-- How many articles stand where, so that what the console shows first need not count 100,000 rows. It has a row for
-- every combination there can be; the triggers below keep the counts, whoever changes an article.
CREATE TABLE standing (
    severity INTEGER NOT NULL,
    state    INTEGER NOT NULL,
    verdict  INTEGER,
    starred  INTEGER NOT NULL,
    demo     INTEGER NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX standing_place ON standing (severity, state, verdict, starred, demo);

INSERT INTO standing (severity, state, verdict, starred, demo)
WITH n (n) AS (VALUES (0), (1), (2), (3), (4)), v (v) AS (VALUES (NULL), (0), (1), (2))
SELECT severity.n, state.n, v, starred.n, demo.n
FROM n AS severity, n AS state, v, n AS starred, n AS demo
WHERE severity.n <= 3 AND starred.n <= 1 AND demo.n <= 1;

UPDATE standing SET articles = counted.articles
FROM (SELECT severity, state, verdict, starred, demo, count(*) AS articles FROM article GROUP BY 1, 2, 3, 4, 5) AS counted
WHERE standing.severity = counted.severity AND standing.state = counted.state AND standing.verdict IS counted.verdict
    AND standing.starred = counted.starred AND standing.demo = counted.demo;

CREATE TRIGGER standing_added AFTER INSERT ON article BEGIN
    UPDATE standing SET articles = articles + 1 WHERE severity = NEW.severity AND state = NEW.state
        AND verdict IS NEW.verdict AND starred = NEW.starred AND demo = NEW.demo;
END;
CREATE TRIGGER standing_removed AFTER DELETE ON article BEGIN
    UPDATE standing SET articles = articles - 1 WHERE severity = OLD.severity AND state = OLD.state
        AND verdict IS OLD.verdict AND starred = OLD.starred AND demo = OLD.demo;
END;
CREATE TRIGGER standing_changed AFTER UPDATE OF severity, state, verdict, starred, demo ON article BEGIN
    UPDATE standing SET articles = articles - 1 WHERE severity = OLD.severity AND state = OLD.state
        AND verdict IS OLD.verdict AND starred = OLD.starred AND demo = OLD.demo;
    UPDATE standing SET articles = articles + 1 WHERE severity = NEW.severity AND state = NEW.state
        AND verdict IS NEW.verdict AND starred = NEW.starred AND demo = NEW.demo;
END;

-- The same for the articles that each feed brought.
ALTER TABLE feed ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
UPDATE feed SET articles = (SELECT count(*) FROM filing WHERE filing.feed = feed.id);
CREATE TRIGGER filing_added AFTER INSERT ON filing BEGIN
    UPDATE feed SET articles = articles + 1 WHERE id = NEW.feed;
END;
CREATE TRIGGER filing_removed AFTER DELETE ON filing BEGIN
    UPDATE feed SET articles = articles - 1 WHERE id = OLD.feed;
END;

-- What analysts ruled of single values, over the lists of the configuration.
CREATE TABLE ruling (
    value  TEXT PRIMARY KEY COLLATE NOCASE,
    allow  INTEGER NOT NULL,             -- 1: always an indicator, 0: never
    reason TEXT NOT NULL
) WITHOUT ROWID;
