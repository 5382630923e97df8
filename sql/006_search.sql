-- What Search walks: by time, by status and time, of one pipeline by time, and by creation. An execution moves within the
-- first three with each change of its row; measured store-alone (one insert and one update, 16 in a transaction), they cost
-- 3.5, 3.1 and 3.6 us an execution, the fourth, which only grows, 0.8: 8 of the 130 us that the rows of a Start take.
CREATE INDEX executions_by_modification ON executions (namespace, modified);
CREATE INDEX executions_by_status ON executions (namespace, status, modified);
CREATE INDEX executions_of_pipeline_by_modification ON executions (pipeline, modified);
CREATE INDEX executions_of_namespace_by_creation ON executions (namespace, created);
CREATE INDEX pipelines_by_modification ON pipelines (namespace, modified);
CREATE INDEX versions_by_modification ON versions (namespace, modified);
