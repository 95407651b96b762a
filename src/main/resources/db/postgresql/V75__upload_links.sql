-- Links that give each guest an upload token of their own, within totals of all of them: 0 is no bound. Rows that are
-- written again and again keep room for that.
create table upload_link (
  upload_link    text collate "C" primary key,
  name           text collate "C" not null,
  password       text collate "C",
  return_url     text collate "C" not null,
  user_id        bigint,
  album_id       text collate "C" not null,
  title          text collate "C" not null,
  description    text collate "C" not null,
  tags           text collate "C" not null,
  publish        boolean          not null,
  max_bytes      bigint,
  accept         text collate "C" not null,
  valid_minutes  integer          not null,
  max_uploads    integer          not null,
  valid_until    bigint           not null,
  max_guests     bigint           not null,
  max_files      bigint           not null,
  max_total      bigint           not null,
  guests         bigint           not null default 0,
  files          bigint           not null default 0,
  bytes          bigint           not null default 0,
  reserved_files bigint           not null default 0,
  reserved_bytes bigint           not null default 0,
  version        bigint           not null default 0,
  credential_id  bigint,
  issuer_user_id bigint,
  created_at     bigint           not null,
  revoked_at     bigint
) with (fillfactor = 50);
create index upload_link_by_creation on upload_link (created_at);
create index upload_link_by_credential on upload_link (credential_id, created_at);
create index upload_link_by_expiry on upload_link (valid_until);

alter table upload_token add column upload_link text collate "C";

-- What uploads under way hold of a link's totals.
create table link_use (
  node_id     text collate "C" not null,
  number      bigint           not null,
  upload_link text collate "C" not null,
  bytes       bigint           not null,
  primary key (node_id, number)
);
