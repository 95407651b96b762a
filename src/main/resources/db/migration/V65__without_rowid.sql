-- The tables that have most rows, kept in the order of their keys, and not once more beside them. An album that is
-- deleted goes from its photos in small steps: they may be all there are.
create table photo_tag_next (
  photo_id bigint  not null references photo on delete cascade,
  tag      text    not null,
  position integer not null,
  primary key (photo_id, tag)
) without rowid;
insert into photo_tag_next (photo_id, tag, position)
  select photo_id, tag, position from photo_tag order by photo_id, tag;
drop table photo_tag;
alter table photo_tag_next rename to photo_tag;
create index photo_tag_by_tag on photo_tag (tag, photo_id);

create table photo_word_next (
  photo_id bigint not null references photo on delete cascade,
  word     text   not null,
  primary key (photo_id, word)
) without rowid;
insert into photo_word_next (photo_id, word) select photo_id, word from photo_word order by photo_id, word;
drop table photo_word;
alter table photo_word_next rename to photo_word;
create index photo_word_by_word on photo_word (word, photo_id);

create table photo_album_next (
  photo_id bigint not null references photo on delete cascade,
  album_id bigint not null,
  primary key (photo_id, album_id)
) without rowid;
insert into photo_album_next (photo_id, album_id)
  select photo_id, album_id from photo_album order by photo_id, album_id;
drop table photo_album;
alter table photo_album_next rename to photo_album;
create index photo_album_by_album on photo_album (album_id, photo_id);

-- Albums whose photos have a row of theirs still. No album gets the number of another.
create table deleted_album (
  album_id integer primary key
);

create table idempotent_upload_next (
  upload_token    text   not null references upload_token on delete cascade,
  idempotency_key text   not null,
  photo_id        bigint not null,
  filename        text,
  size            bigint,
  primary key (upload_token, idempotency_key)
) without rowid;
insert into idempotent_upload_next (upload_token, idempotency_key, photo_id, filename, size)
  select upload_token, idempotency_key, photo_id, filename, size from idempotent_upload;
drop table idempotent_upload;
alter table idempotent_upload_next rename to idempotent_upload;
