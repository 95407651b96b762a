-- The pictures of photos are made before those of videos, which take longer: a video's turn comes where no photo waits.
drop index photo_by_waiting;
create index photo_by_waiting on photo (rendition_attempts, video, photo_id, held) where rendition_state = 'waiting';
