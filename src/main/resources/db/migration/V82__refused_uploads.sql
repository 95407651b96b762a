-- Uploads in chunks that were refused for good, by the hashes of what their clients call them: chunks that are still on
-- their way get the same answer, and begin nothing. The type is that of a file which is not taken, or empty.
create table refused_upload (
  upload_token text    not null,
  hash         text    not null,
  type         text    not null,
  ends_at      integer not null,
  primary key (upload_token, hash)
) without rowid;
create index refused_upload_by_end on refused_upload (ends_at);

-- Since when an upload is there, by the clock of the database; 0 of those of before.
alter table chunked_upload add column begun_at integer not null default 0;
