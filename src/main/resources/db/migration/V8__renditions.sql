-- The queue of renditions to make is the photos that wait for them: a photo is in it with its row.
alter table photo add column rendition_state text not null default 'waiting';
alter table photo add column rendition_attempts integer not null default 0;
alter table photo add column rendition_reason text not null default '';
create index photo_by_waiting on photo (rendition_attempts, photo_id)
  where rendition_state = 'waiting';
