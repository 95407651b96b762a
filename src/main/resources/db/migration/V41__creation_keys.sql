-- What tells a repeated creation of an upload from a new one: the Idempotency-Key it came with.
alter table chunked_upload add column idempotency_key text;
create unique index chunked_upload_by_key on chunked_upload (upload_token, idempotency_key)
  where idempotency_key is not null;
