-- The first tables. Times are integer milliseconds since 1970, statuses and kinds the numbers of the enums in
-- include/pipelines/domain/, JSON is text and stands only where it is shown whole. Integer keys are internal; what the
-- API shows is `public_id` and names.
--
-- AUTOINCREMENT where something outside the row remembers a key (compiled definitions, plans, timers, answers under
-- way): a deleted row's key never comes back as another's.
--
-- Keys into versions and jobs are no foreign keys: both go with their pipeline, and a foreign key would want an index
-- on the referring column for that, paid at every start.

CREATE TABLE namespaces (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account         TEXT NOT NULL,
    region          TEXT NOT NULL,
    seed            INTEGER NOT NULL,   -- 64 bits, sign included
    executions_made INTEGER NOT NULL,
    clock_mode      INTEGER NOT NULL,
    clock_rate      REAL NOT NULL,
    clock_offset    INTEGER NOT NULL,
    clock_stand     INTEGER NOT NULL,
    clock_since     INTEGER NOT NULL,
    UNIQUE (account, region)
) STRICT;

CREATE TABLE pipelines (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace    INTEGER NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description  TEXT,
    role_arn     TEXT NOT NULL,
    max_parallel INTEGER,
    version      INTEGER NOT NULL,      -- the current one
    created      INTEGER NOT NULL,
    modified     INTEGER NOT NULL,
    UNIQUE (namespace, name)
) STRICT;
CREATE INDEX pipelines_by_folded_name ON pipelines (namespace, name COLLATE NOCASE);
CREATE INDEX pipelines_by_creation ON pipelines (namespace, created);

CREATE TABLE versions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace    INTEGER NOT NULL,
    pipeline     INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    version      INTEGER NOT NULL,
    display_name TEXT,
    description  TEXT,
    created      INTEGER NOT NULL,
    modified     INTEGER NOT NULL,
    definition   TEXT NOT NULL,         -- last: up to a megabyte, which reads of the rest need not pass
    UNIQUE (pipeline, version)
) STRICT;

CREATE TABLE version_aliases (
    pipeline INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    alias    TEXT NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (pipeline, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_aliases_by_version ON version_aliases (pipeline, version);

CREATE TABLE executions (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace         INTEGER NOT NULL,
    pipeline          INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    version_key       INTEGER NOT NULL, -- versions.id
    version           INTEGER NOT NULL,
    public_id         TEXT NOT NULL,
    status            INTEGER NOT NULL,
    failure           TEXT NOT NULL,
    display_name      TEXT,
    description       TEXT,
    max_parallel      INTEGER,
    created           INTEGER NOT NULL,
    modified          INTEGER NOT NULL,
    ended             INTEGER,
    next_seq          INTEGER NOT NULL,
    source_execution  INTEGER,
    experiment_name   TEXT,
    trial_name        TEXT,
    mlflow_experiment TEXT,
    selection         TEXT,             -- JSON
    scenario          TEXT,             -- JSON
    UNIQUE (namespace, public_id)
) STRICT;
CREATE INDEX executions_by_creation ON executions (pipeline, created);
CREATE INDEX executions_by_version ON executions (pipeline, version, created);
CREATE INDEX executions_by_public_id ON executions (pipeline, public_id);
CREATE INDEX executions_open ON executions (pipeline) WHERE ended IS NULL;

CREATE TABLE parameters (
    execution INTEGER NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,            -- JSON, so that 1, 1.0, "1" and true stay what they were
    PRIMARY KEY (execution, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
    execution        INTEGER NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    seq              INTEGER NOT NULL,
    node             INTEGER NOT NULL,
    iteration        INTEGER NOT NULL,
    status           INTEGER NOT NULL,
    phase            INTEGER NOT NULL,
    attempt          INTEGER NOT NULL,
    retries          TEXT,              -- "2,0,1", by policy
    outcome          INTEGER,
    items            INTEGER,
    answers_failure  INTEGER NOT NULL,
    reused           INTEGER NOT NULL,
    superseded       INTEGER NOT NULL,
    due              INTEGER,
    started          INTEGER NOT NULL,
    ended            INTEGER,
    name             TEXT NOT NULL,
    job              INTEGER,           -- jobs.id; a reused step's stands at its source
    failure          TEXT NOT NULL,
    parent           INTEGER,           -- seq of its ForEach
    item             TEXT NOT NULL,
    source_execution INTEGER,
    source_how       INTEGER,
    origin_execution INTEGER,
    outputs          TEXT,              -- JSON, as the two below
    script           TEXT,
    property_files   TEXT,
    PRIMARY KEY (execution, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY,
    namespace  INTEGER NOT NULL,
    execution  INTEGER NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,        -- the step's
    attempt    INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    name       TEXT NOT NULL,
    group_name TEXT NOT NULL,
    number     INTEGER,
    status     INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    ended      INTEGER,
    failure    TEXT NOT NULL,
    arguments  TEXT,                    -- JSON, as the one below
    result     TEXT
) STRICT;
CREATE INDEX jobs_by_execution ON jobs (execution);
CREATE UNIQUE INDEX jobs_by_callback_token ON jobs (namespace, name) WHERE kind = 14;  -- JobKind::Callback
CREATE UNIQUE INDEX jobs_by_group ON jobs (namespace, group_name, number) WHERE number IS NOT NULL;

-- No pipeline: the token of a DeletePipeline, which outlives it.
CREATE TABLE request_tokens (
    namespace  INTEGER NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE,
    operation  TEXT NOT NULL,
    token      TEXT NOT NULL,
    pipeline   INTEGER REFERENCES pipelines (id) ON DELETE CASCADE,
    input_hash TEXT NOT NULL,
    answer     TEXT NOT NULL,           -- JSON
    PRIMARY KEY (namespace, operation, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_tokens_by_pipeline ON request_tokens (pipeline) WHERE pipeline IS NOT NULL;

-- `resource` is the key of a row in the table that `kind` names (store/tags.hpp).
CREATE TABLE tags (
    kind     INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (kind, resource, key)
) STRICT, WITHOUT ROWID;
