-- The catalog, first edition. Statements end with a semicolon at the end of a line.
--
-- "sequence" is the commit that carries a record: NULL while none does, 0 where there is no record at all.
-- Enumerations are stored by the codes of the stored format.

-- What is true of this home alone.
CREATE TABLE home (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The commit the catalog stands at: one row or none.
CREATE TABLE head (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    number INTEGER NOT NULL, writer TEXT NOT NULL, seconds INTEGER NOT NULL, nanos INTEGER NOT NULL,
    hash BLOB NOT NULL, root BLOB NOT NULL, content BLOB NOT NULL);

-- Versions that appeared up to this sequence are not in the indexes path_fresh and older_fresh: one row.
CREATE TABLE settled (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), upto INTEGER NOT NULL);
INSERT INTO settled VALUES (1, 0);

-- Homes that write, numbered so that a version needs but a byte to name one. host is NULL where there is no record.
CREATE TABLE writer (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, host TEXT, folder TEXT, sequence INTEGER);

-- Targets, numbered likewise. state: 0 active, 1 retired.
CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, sequence INTEGER);

-- Commits of the past. blobs: lines of a target and an address, with a space between.
CREATE TABLE commit_made (
    hash BLOB PRIMARY KEY, number INTEGER NOT NULL, writer TEXT NOT NULL,
    seconds INTEGER NOT NULL, nanos INTEGER NOT NULL, blobs TEXT NOT NULL, sequence INTEGER NOT NULL) WITHOUT ROWID;

-- Packs: three records of one pack share a row: contents (kind is NULL without), copies, removal. The chunks of a pack
-- are numbered first_chunk, first_chunk + 1, and so on.
CREATE TABLE pack (
    id INTEGER PRIMARY KEY, salt BLOB NOT NULL UNIQUE, kind INTEGER, suite INTEGER, size INTEGER,
    sequence INTEGER DEFAULT 0, copies_sequence INTEGER DEFAULT 0, removed_sequence INTEGER DEFAULT 0,
    first_chunk INTEGER, chunks INTEGER, raw_bytes INTEGER, encoded_bytes INTEGER);
CREATE INDEX pack_sequence ON pack (sequence);
CREATE INDEX pack_copies_sequence ON pack (copies_sequence);
CREATE INDEX pack_removed_sequence ON pack (removed_sequence);

-- Where packs lie, in the order of preference.
CREATE TABLE copy (
    pack INTEGER NOT NULL, place INTEGER NOT NULL, target INTEGER NOT NULL, address TEXT NOT NULL,
    PRIMARY KEY (pack, place)) WITHOUT ROWID;

-- Chunks, a few in a row, because a row for each would cost as much again as its fixed part. Chunk number
-- first + i has the digest at 32 * i. start: where the sealed bytes of the first lie in the pack. details: for each
-- chunk codec, plain length, encoded length. pack is 0 once its pack is gone, as versions may be made of it still, and for
-- a chunk that a version named before any pack did. A chunk that lies in two packs has two numbers.
CREATE TABLE chunk_block (
    first INTEGER PRIMARY KEY, pack INTEGER NOT NULL, start INTEGER NOT NULL,
    digests BLOB NOT NULL, details BLOB NOT NULL);

-- Chunk numbers by the first four bytes of the digest: of ten million, one in five hundred shares them with another.
CREATE TABLE chunk_at (prefix INTEGER NOT NULL, chunk INTEGER NOT NULL, PRIMARY KEY (prefix, chunk)) WITHOUT ROWID;

-- One row a path, with its newest version inline: most paths have only one. kind is NULL for a path without a version.
-- branch: 1 if it is the parent of others. age: 0 not committed (sequence is then a guess of the right width),
-- 1 committed lately, NULL settled. chunks: see ChunkNumbers. The root is row 1, its parent 0.
CREATE TABLE path (
    id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, name TEXT NOT NULL, branch INTEGER NOT NULL, stamp INTEGER,
    age INTEGER, sequence INTEGER, writer INTEGER, kind INTEGER, size INTEGER, seconds INTEGER, nanos INTEGER,
    mode INTEGER, sha256 BLOB, link TEXT, chunks BLOB);
CREATE INDEX path_fresh ON path (age, sequence) WHERE age IS NOT NULL;

-- Paths by parent and a hash of the name: half the size of an index by the name itself.
CREATE TABLE path_at (
    parent INTEGER NOT NULL, hash INTEGER NOT NULL, path INTEGER NOT NULL,
    PRIMARY KEY (parent, hash, path)) WITHOUT ROWID;

-- Versions that are not the newest of their path. All are committed.
CREATE TABLE older (
    path INTEGER NOT NULL, sequence INTEGER NOT NULL, writer INTEGER NOT NULL, age INTEGER, kind INTEGER NOT NULL,
    size INTEGER, seconds INTEGER, nanos INTEGER, mode INTEGER, sha256 BLOB, link TEXT, chunks BLOB,
    PRIMARY KEY (path, sequence, writer)) WITHOUT ROWID;
CREATE INDEX older_fresh ON older (age, sequence) WHERE age IS NOT NULL;

-- Versions that are no longer part of the vault.
CREATE TABLE version_removed (
    path INTEGER NOT NULL, appeared INTEGER NOT NULL, writer INTEGER NOT NULL, sequence INTEGER,
    PRIMARY KEY (path, appeared, writer)) WITHOUT ROWID;
CREATE INDEX version_removed_sequence ON version_removed (sequence);

INSERT INTO path (id, parent, name, branch) VALUES (1, 0, '', 0);
