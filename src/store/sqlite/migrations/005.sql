-- A technique or a hunt stands in many articles, and a row for each of them was most of what saving wrote. Now a row says
-- of 64 articles which of them have it: bit n of `articles` is that of article 64 * block + n. The tables of before are
-- views, of a row an article still.
CREATE TABLE technique_block (
    technique INTEGER NOT NULL,
    block     INTEGER NOT NULL,
    articles  INTEGER NOT NULL,
    PRIMARY KEY (technique, block)
) WITHOUT ROWID;
INSERT INTO technique_block SELECT technique, article >> 6, sum(1 << (article & 63)) FROM technique GROUP BY 1, 2;
DROP TABLE technique;

CREATE TABLE hunt_block (
    hunt     TEXT    NOT NULL COLLATE NOCASE,
    block    INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (hunt, block)
) WITHOUT ROWID;
INSERT INTO hunt_block SELECT hunt, article >> 6, sum(1 << (article & 63)) FROM hunt GROUP BY 1, 2;
DROP TABLE hunt;

-- Which bits an octet has, and where the octets of a block begin: so that an empty one costs one look.
CREATE TABLE octet_bit (
    octet INTEGER NOT NULL,
    bit   INTEGER NOT NULL,
    PRIMARY KEY (octet, bit)
) WITHOUT ROWID;
INSERT INTO octet_bit
WITH RECURSIVE octet (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM octet WHERE n < 255),
    bit (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM bit WHERE n < 7)
SELECT octet.n, bit.n FROM octet, bit WHERE octet.n >> bit.n & 1;
CREATE TABLE block_octet (
    start INTEGER PRIMARY KEY
);
INSERT INTO block_octet VALUES (0), (8), (16), (24), (32), (40), (48), (56);

CREATE VIEW technique AS SELECT technique, block * 64 + start + bit AS article
    FROM technique_block CROSS JOIN block_octet CROSS JOIN octet_bit ON octet = articles >> start & 255;
CREATE VIEW hunt AS SELECT hunt, block * 64 + start + bit AS article
    FROM hunt_block CROSS JOIN block_octet CROSS JOIN octet_bit ON octet = articles >> start & 255;
