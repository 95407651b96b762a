-- What a start looks for among the photos is found by an index, however many photos there are.
drop index photo_by_original_only;
create index photo_by_original_only on photo (content_type, photo_id) where rendition_state = 'original_only';
create index photo_by_failure on photo (rendition_reason, photo_id) where rendition_state = 'failed';

-- By how much the calls that wait are still to be moved in time, as the clock has been: those of these numbers, some
-- at a time, the first first.
create table call_shift (
  shift_id   integer primary key,
  moved      bigint  not null,
  after_call bigint  not null,
  last_call  bigint  not null
);
