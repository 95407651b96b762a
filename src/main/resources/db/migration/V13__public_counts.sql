-- Whether the counts of tags and albums have the photo in them: once the public sees it. One that
-- is published later on is counted when its time has come.
alter table photo add column counted boolean not null default false;
update photo set counted = published;
create index photo_to_count on photo (published_at) where published and not counted;

-- How many photos of an album the public sees.
alter table album add column photo_count integer not null default 0;
update album set photo_count = (select count(*) from photo_album x
  join photo p on p.photo_id = x.photo_id where x.album_id = album.album_id and p.counted);
create index album_by_creation on album (created_at, album_id);
create index album_by_title on album ((lower(title)), album_id);
