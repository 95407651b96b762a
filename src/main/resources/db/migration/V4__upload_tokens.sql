alter table upload_token add column max_bytes bigint;
alter table upload_token add column accept text not null default '';
alter table upload_token add column allowed_origin text;
alter table upload_token add column publish_at bigint;
alter table upload_token add column absolute_url text;
alter table upload_token add column background_return boolean not null default false;
alter table upload_token add column extra text not null default '';
alter table upload_token add column credential_id bigint;
alter table upload_token add column issuer_user_id bigint;
alter table upload_token add column issued_at bigint not null default 0;
alter table upload_token add column revoked_at bigint;
create index upload_token_by_issue on upload_token (issued_at);
create index upload_token_by_credential on upload_token (credential_id, issued_at);

alter table photo add column absolute_url text;
alter table photo add column resumable_identifier text;

-- Answers that a repeat with the same Idempotency-Key gets. They outlive a photo that is deleted.
create table idempotent_upload (
  upload_token    text   not null references upload_token on delete cascade,
  idempotency_key text   not null,
  photo_id        bigint not null,
  primary key (upload_token, idempotency_key)
);

-- Changes of the details of one file that is still being uploaded; null leaves a detail as it is.
create table upload_change (
  upload_token         text not null references upload_token on delete cascade,
  resumable_identifier text not null,
  album_id             text,
  title                text,
  description          text,
  tags                 text,
  publish              boolean,
  primary key (upload_token, resumable_identifier)
);
