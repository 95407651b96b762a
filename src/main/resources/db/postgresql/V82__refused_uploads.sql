-- Uploads in chunks that were refused for good, by the hashes of what their clients call them: chunks that are still on
-- their way get the same answer at every node, and begin nothing. The type is that of a file which is not taken, or empty.
create table refused_upload (
  upload_token text collate "C" not null,
  hash         text collate "C" not null,
  type         text collate "C" not null,
  ends_at      bigint           not null,
  primary key (upload_token, hash)
);
create index refused_upload_by_end on refused_upload (ends_at);

-- Since when an upload is there, by the clock of the database; 0 of those of before.
alter table chunked_upload add column begun_at bigint not null default 0;
