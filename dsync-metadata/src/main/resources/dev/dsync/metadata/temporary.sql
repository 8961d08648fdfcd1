-- Tables of one connection, in a temporary file that is gone when it closes.

-- Which paths a tree walk visits: those that matter and all folders above them.
CREATE TEMP TABLE visit (
    walk INTEGER NOT NULL, parent INTEGER NOT NULL, path INTEGER NOT NULL,
    PRIMARY KEY (walk, parent, path)) WITHOUT ROWID;

-- The packs of a read plan, numbered in the order in which files first need them.
CREATE TEMP TABLE plan_pack (
    plan INTEGER NOT NULL, pack INTEGER NOT NULL, turn INTEGER NOT NULL,
    PRIMARY KEY (plan, pack)) WITHOUT ROWID;

-- What to take from them: "chunk" counts up with the place in the pack; start is where it belongs in the file.
CREATE TEMP TABLE plan_chunk (
    plan INTEGER NOT NULL, turn INTEGER NOT NULL, chunk INTEGER NOT NULL, file INTEGER NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (plan, turn, chunk, file, start)) WITHOUT ROWID;

-- Chunks that stay when others are forgotten, by the first number of their block.
CREATE TEMP TABLE kept_block (first INTEGER PRIMARY KEY);
