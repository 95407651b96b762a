-- For which upload in pieces a use is out: it stays with that, whichever node receives it. Null for any other.
alter table token_use add column upload_id text;
create index token_use_by_upload on token_use (upload_id) where upload_id is not null;
