-- Step caching: under each key the newest success of a step, which later executions of its pipeline take over.
CREATE TABLE cache (
    pipeline  INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    step      TEXT NOT NULL,            -- the definition's name
    key       TEXT NOT NULL,
    execution INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    ended     INTEGER NOT NULL,
    PRIMARY KEY (pipeline, step, key)
) STRICT, WITHOUT ROWID;

-- Of steps that a commit found running: under what they are entered above once they have succeeded.
CREATE TABLE cache_keys (
    execution INTEGER NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    seq       INTEGER NOT NULL,
    key       TEXT NOT NULL,
    PRIMARY KEY (execution, seq)
) STRICT, WITHOUT ROWID;
