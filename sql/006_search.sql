-- What Search walks. An execution moves within the first three with each change of its row, so there is no index here
-- that one of the searches of docs/compatibility.md does not need; what each costs a Start stands in bench/README.md.
CREATE INDEX executions_by_modification ON executions (namespace, modified);
CREATE INDEX executions_by_status ON executions (namespace, status, modified);
CREATE INDEX executions_of_pipeline_by_modification ON executions (pipeline, modified);
CREATE INDEX executions_of_namespace_by_creation ON executions (namespace, created);
CREATE INDEX pipelines_by_modification ON pipelines (namespace, modified);
CREATE INDEX versions_by_modification ON versions (namespace, modified);
