-- Where an advance of a manual clock leads that is not over, since its settle was cut: after a restart it goes on to
-- there, and no further.
CREATE TABLE advances (
    namespace INTEGER PRIMARY KEY REFERENCES namespaces (id) ON DELETE CASCADE,
    target    INTEGER NOT NULL
) STRICT;
