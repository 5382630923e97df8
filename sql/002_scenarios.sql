-- Scenario documents that were put while the server ran. Namespace 0: of all namespaces that have none of their own.

CREATE TABLE scenarios (
    namespace INTEGER PRIMARY KEY,
    document  TEXT NOT NULL             -- JSON
) STRICT;
