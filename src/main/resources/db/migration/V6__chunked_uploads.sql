-- Uploads that come in pieces: unfinished, or finished a while ago (photo_id).
create table chunked_upload (
  upload_id    text   primary key,
  upload_token text   not null,
  identifier   text   not null,
  size         bigint not null,
  filename     text   not null,
  media_name   text   not null,
  metadata     text   not null,
  concat       text   not null,
  received     text   not null default '',
  photo_id     bigint references photo on delete cascade,
  touched_at   bigint not null,
  unique (upload_token, identifier, size)
);
create index chunked_upload_by_age on chunked_upload (touched_at);
create index chunked_upload_by_photo on chunked_upload (photo_id);
