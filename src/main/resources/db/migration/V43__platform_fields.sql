-- What the platform's replies tell of users, albums and photos, and its lists go by.
alter table app_user add column timezone text not null default 'Etc/UTC';
alter table app_user add column site_admin boolean not null default false;
-- The one that the first start makes.
update app_user set site_admin = true where user_id = 1 and username = 'admin';
create index app_user_by_creation on app_user (created_at, user_id);
create index app_user_by_email on app_user (email, user_id);
create index app_user_by_admin on app_user (site_admin, username_folded, user_id);

-- A hidden album is not listed. The order's columns come first, then the one that lists ask for.
alter table album add column hidden boolean not null default false;
alter table album add column edited_at bigint;
drop index album_by_creation;
create index album_by_creation on album (created_at, album_id, hidden);
drop index album_by_title;
create index album_by_title on album (title_folded, title, album_id, hidden);
create index album_by_editing on album ((coalesce(edited_at, created_at)), album_id, hidden);
create index album_by_user on album (user_id, created_at, album_id, hidden);

-- What became of a photo among visitors.
alter table photo add column view_count bigint not null default 0;
alter table photo add column comment_count bigint not null default 0;
alter table photo add column rating_count bigint not null default 0;
alter table photo add column rating real not null default 0;
create index photo_by_views on photo (view_count, photo_id, published, published_at, video);
create index photo_by_comments on photo (comment_count, photo_id, published, published_at, video);
create index photo_by_rating on photo (rating, photo_id, published, published_at, video);
create index photo_by_words on photo
  ((lower(substr(description, 1, 100))), photo_id, published, published_at, video);
create index photo_by_audio on photo (photo_id) where substr(content_type, 1, 6) = 'audio/';

-- Bytes of each rendition, such as quad16:312,quad50:1252; empty where they are not known.
alter table photo add column rendition_sizes text not null default '';

-- Tags that programs write, such as product:1234, as against those of people.
alter table tag add column machine boolean generated always as (replace(tag, ':', '') <> tag) virtual;
create index tag_by_name on tag (folded, tag, photo_count);
create index tag_by_kind on tag (machine, folded, tag, photo_count);
create index tag_by_kind_and_count on tag (machine, photo_count, folded, tag);
