-- Which file an Idempotency-Key stands for. Null where it was not written down: then any may be it.
alter table idempotent_upload add column filename text;
alter table idempotent_upload add column size bigint;
