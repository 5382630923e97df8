-- Which ForEach a row belongs to follows from its node, which stays what it is when RetryPipelineExecution gives the ForEach
-- a row of its own again.

ALTER TABLE steps DROP COLUMN parent;
