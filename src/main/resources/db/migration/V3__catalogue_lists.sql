-- What lists go by. The order's columns come first; the others let SQL tell who is seen, without the row.
alter table photo add column video boolean not null default false;
update photo set video = true where content_type like 'video/%';

create index photo_by_publication on photo (published_at, photo_id, published, video);
create index photo_by_creation on photo (created_at, photo_id, published, published_at, video);
create index photo_by_capture on photo ((coalesce(taken_at, created_at)), photo_id, published, published_at, video);
create index photo_by_title on photo ((lower(title)), photo_id, published, published_at, video);
create index photo_by_user on photo (user_id, published_at, photo_id, published, video);

-- The words of title, description and tags, for the search.
create table photo_word (
  photo_id bigint not null references photo on delete cascade,
  word     text   not null,
  primary key (photo_id, word)
);
create index photo_word_by_word on photo_word (word, photo_id);

-- How many published photos have a tag.
create table tag (
  tag         text    primary key,
  photo_count integer not null
);
create index tag_by_count on tag (photo_count, tag);

