-- People who have signed in, in the console or by a token that their site's server got. Of an id only the
-- SHA-256 is kept. Times are those of the steady clock.
create table session (
  id_hash       text   primary key,
  credential_id bigint not null references credential,
  user_id       bigint references app_user on delete cascade,
  level         text   not null,
  created_at    bigint not null,
  used_at       bigint not null
);
create index session_by_credential on session (credential_id, user_id, used_at);
create index session_by_user on session (user_id, used_at);
create index session_by_use on session (used_at);

-- Permits that a server got, by which one person begins a session, once.
create table session_token (
  token_hash    text   primary key,
  purpose       text   not null,
  credential_id bigint not null references credential,
  user_id       bigint references app_user on delete cascade,
  return_url    text   not null,
  valid_until   bigint not null
);
create index session_token_by_credential on session_token (credential_id);
create index session_token_by_user on session_token (user_id);
create index session_token_by_expiry on session_token (valid_until);
