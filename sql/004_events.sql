-- What changed, for whoever watches: one row an execution and settle, pruned to the newest 100,000
-- (include/pipelines/store/events.hpp). No foreign keys: a deleted execution's rows are passed over when they are read,
-- and go with time.

CREATE TABLE events (
    id        INTEGER PRIMARY KEY,      -- no AUTOINCREMENT: the newest row stays, so no id comes back
    namespace INTEGER NOT NULL,
    execution INTEGER NOT NULL,
    began     INTEGER NOT NULL,         -- time of the first transition
    body      TEXT NOT NULL             -- include/pipelines/domain/transition.hpp
) STRICT;
CREATE INDEX events_by_namespace ON events (namespace);
CREATE INDEX events_by_execution ON events (execution);
