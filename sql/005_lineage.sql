-- Who took over the results of an execution.

CREATE INDEX steps_by_source ON steps (source_execution) WHERE source_execution IS NOT NULL;
