-- Names as they are compared: without case, in one form of Unicode. Java folds them as it writes
-- a row; null where it has not yet. Rows of before get theirs after the start, in small steps.
alter table app_user add column username_folded text;
alter table app_user add column display_name_folded text;
-- Users of before whose names are the same when folded keep them, but there will be no more.
alter table app_user add column username_shared boolean not null default false;
create unique index app_user_by_folded on app_user (username_folded) where not username_shared;
create index app_user_by_name on app_user (username_folded, username, user_id);
create index app_user_by_display_name on app_user (display_name_folded);

alter table album add column title_folded text;
drop index album_by_title;
create index album_by_title on album (title_folded, title, album_id);

-- A row for each tag that a photo has: its one spelling, the first that was stored.
alter table tag add column folded text;
create unique index tag_by_folded on tag (folded);
drop index tag_by_count;
create index tag_by_count on tag (photo_count, folded, tag);

-- Tags of before that another spelling of the same tag is to take the place of.
create table tag_twin (
  tag      text primary key,
  spelling text not null
);

-- What photos are sorted by title by: not in their wide row, of which every change writes a copy.
create table photo_title (
  photo_id integer primary key references photo on delete cascade,
  folded   text    not null
);
create index photo_title_by_folded on photo_title (folded, photo_id);

-- How far the rows of before have been folded; no row for what is done.
create table refold (
  what     text primary key,
  position text not null
);
insert into refold (what, position)
  values ('USERS', ''), ('ALBUMS', ''), ('TAGS', ''), ('TWINS', ''), ('TITLES', '');
