-- The sections of videos, each from its start to the next one's. The thumbnail, a picture of its own, is last, so that
-- a list reads none of it.
create table photo_section (
  section_id    integer primary key autoincrement,
  photo_id      bigint  not null references photo on delete cascade,
  start_millis  bigint  not null,
  title         text    not null,
  description   text    not null,
  has_thumbnail boolean not null default false,
  thumbnail     blob
);
create index photo_section_by_start on photo_section (photo_id, start_millis, section_id);
