-- Times are milliseconds since 1970-01-01 UTC.

create table app_user (
  user_id      integer primary key autoincrement,
  username     text    not null unique,
  display_name text    not null default '',
  email        text    not null default '',
  created_at   bigint  not null
);

create table credential (
  credential_id integer primary key autoincrement,
  name          text    not null,
  level         text    not null,
  user_id       bigint  references app_user,
  key_hash      text    not null unique,
  created_at    bigint  not null
);

create table upload_token (
  token         text    primary key,
  return_url    text    not null,
  user_id       bigint,
  album_id      text    not null,
  title         text    not null,
  description   text    not null,
  tags          text    not null,
  publish       boolean not null,
  valid_minutes integer not null,
  max_uploads   integer not null,
  spent         integer not null default 0,
  valid_until   bigint  not null
);
create index upload_token_by_expiry on upload_token (valid_until);

create table album (
  album_id    integer primary key autoincrement,
  token       text    not null,
  title       text    not null,
  description text    not null default '',
  user_id     bigint,
  created_at  bigint  not null
);

create table photo (
  photo_id     integer primary key autoincrement,
  token        text    not null,
  tree_id      integer not null,
  media_key    text    not null unique,
  title        text    not null,
  description  text    not null,
  published    boolean not null,
  user_id      bigint,
  filename     text    not null,
  content_type text    not null,
  size         bigint  not null,
  upload_token text,
  width        integer,
  height       integer,
  duration_millis bigint,
  taken_at     bigint,
  published_at bigint  not null,
  created_at   bigint  not null
);
create index photo_by_upload_token on photo (upload_token);

create table photo_tag (
  photo_id bigint  not null references photo on delete cascade,
  tag      text    not null,
  position integer not null,
  primary key (photo_id, tag)
);
create index photo_tag_by_tag on photo_tag (tag, photo_id);

create table photo_album (
  photo_id bigint not null references photo on delete cascade,
  album_id bigint not null references album on delete cascade,
  primary key (photo_id, album_id)
);
create index photo_album_by_album on photo_album (album_id, photo_id);
