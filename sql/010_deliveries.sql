-- How far the status events of a namespace have been delivered to the EventBridge endpoint: the row of `events`, and which
-- of its changes. Namespace 0: behind what the delivery of all others begins.
CREATE TABLE deliveries (
    namespace INTEGER PRIMARY KEY,
    event     INTEGER NOT NULL,
    change    INTEGER NOT NULL
) STRICT;
