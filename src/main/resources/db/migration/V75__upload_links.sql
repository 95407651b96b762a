-- Links that give each guest an upload token of their own, within totals of all of them: 0 is no bound.
create table upload_link (
  upload_link    text    primary key,
  name           text    not null,
  password       text,
  return_url     text    not null,
  user_id        integer,
  album_id       text    not null,
  title          text    not null,
  description    text    not null,
  tags           text    not null,
  publish        boolean not null,
  max_bytes      integer,
  accept         text    not null,
  valid_minutes  integer not null,
  max_uploads    integer not null,
  valid_until    integer not null,
  max_guests     integer not null,
  max_files      integer not null,
  max_total      integer not null,
  guests         integer not null default 0,
  files          integer not null default 0,
  bytes          integer not null default 0,
  reserved_files integer not null default 0,
  reserved_bytes integer not null default 0,
  version        integer not null default 0,
  credential_id  integer,
  issuer_user_id integer,
  created_at     integer not null,
  revoked_at     integer
) without rowid;
create index upload_link_by_creation on upload_link (created_at);
create index upload_link_by_credential on upload_link (credential_id, created_at);
create index upload_link_by_expiry on upload_link (valid_until);

alter table upload_token add column upload_link text;

-- What uploads under way hold of a link's totals.
create table link_use (
  node_id     text    not null,
  number      integer not null,
  upload_link text    not null,
  bytes       integer not null,
  primary key (node_id, number)
) without rowid;
