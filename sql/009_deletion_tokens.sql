-- A pipeline that is made again takes the tokens of its predecessor's deletion with it: found by the deletion's answer.
CREATE INDEX request_tokens_of_deletions ON request_tokens (namespace, answer) WHERE pipeline IS NULL;
