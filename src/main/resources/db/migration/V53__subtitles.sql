-- The subtitles of videos, one of each language, as WebVTT that was cleaned. The text is last, so that a list reads
-- none of it.
create table photo_subtitle (
  photo_id   bigint  not null references photo on delete cascade,
  locale     text    not null,
  is_default boolean not null,
  content    text    not null,
  primary key (photo_id, locale)
);
