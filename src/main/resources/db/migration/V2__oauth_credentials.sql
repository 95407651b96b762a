-- A credential may have a Bearer key, an OAuth key, or both. A revoked one keeps its row but no key.
-- OAuth secrets are encrypted with the key file in the data folder.
create table credential_with_oauth (
  credential_id   integer primary key autoincrement,
  name            text    not null,
  level           text    not null,
  user_id         bigint  references app_user,
  pingback_url    text    not null default '',
  key_hash        text    unique,
  consumer_key    text    unique,
  consumer_secret text,
  access_token    text,
  access_secret   text,
  created_at      bigint  not null,
  revoked_at      bigint
);
insert into credential_with_oauth (credential_id, name, level, user_id, key_hash, created_at)
  select credential_id, name, level, user_id, key_hash, created_at from credential;
drop table credential;
alter table credential_with_oauth rename to credential;

-- Only nonces whose timestamp was ahead of the server's clock: no restart may forget these.
create table oauth_nonce (
  credential_id bigint not null,
  stamp         bigint not null,
  nonce         text   not null,
  primary key (credential_id, stamp, nonce)
);
