-- Packages of no group are listed by themselves, among however many versions of groups. Only such a package
-- (JobKind::ModelPackage without a version) pays for this. `kind` has one value here: without it the planner, which has no
-- statistics, takes jobs_by_kind for the narrower one.
CREATE INDEX jobs_unversioned ON jobs (namespace, kind, created) WHERE kind = 6 AND number IS NULL;
