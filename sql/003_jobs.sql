-- Jobs can be asked: lists of a kind by time, packages by their group.

-- Paid at every start, once a job (2 microseconds: an append, the newest of its kind). Kinds from 12 on are no
-- resources of SageMaker's (JobKind::Emr, Callback, Lambda, ...), so nobody lists them.
CREATE INDEX jobs_by_kind ON jobs (namespace, kind, created) WHERE kind < 12;

-- The ARN of a group, and of its packages, is in lower case: groups that differ in case only are one.
DROP INDEX jobs_by_group;
CREATE UNIQUE INDEX jobs_by_group ON jobs (namespace, group_name COLLATE NOCASE, number) WHERE number IS NOT NULL;
