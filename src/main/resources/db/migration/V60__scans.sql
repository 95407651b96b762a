-- What a virus scanner said of a photo's file. As long as a photo is held, the public does not see it and nobody gets its file;
-- publish_later says whether it is published once it is let go. Photos of before were not scanned, and stay as they are.
alter table photo add column scan_state text not null default 'none';
alter table photo add column scan_reason text not null default '';
alter table photo add column scan_attempts integer not null default 0;
alter table photo add column held boolean not null default false;
alter table photo add column publish_later boolean not null default false;
create index photo_by_scan on photo (scan_attempts, photo_id) where scan_state in ('pending', 'unknown');
-- What is held is not decoded: the queue passes over it without a look at its row.
drop index photo_by_waiting;
create index photo_by_waiting on photo (rendition_attempts, photo_id, held) where rendition_state = 'waiting';
