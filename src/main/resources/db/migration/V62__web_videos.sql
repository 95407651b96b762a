-- A video that not every browser plays gets a copy that does. What there is of it is in the video's own row, which is its
-- queue too: waiting videos are looked at, queued ones are converted; what is held is passed over.
alter table photo add column video_state text not null default 'none';
alter table photo add column video_attempts integer not null default 0;
alter table photo add column video_reason text not null default '';
-- The version of the copy, beside that of the pictures; -1 for none.
alter table photo add column video_version bigint not null default -1;
alter table photo add column video_width integer;
alter table photo add column video_height integer;
alter table photo add column video_bytes bigint;
update photo set video_state = 'waiting' where video = true;
create index photo_by_video_waiting on photo (video_attempts, photo_id, held) where video_state = 'waiting';
create index photo_by_video_queued on photo (video_attempts, photo_id, held) where video_state = 'queued';
