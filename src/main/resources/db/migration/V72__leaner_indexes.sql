-- What each upload writes besides its row: no index has what is the same for nearly all rows.

-- The latest publication that has come, or a later one: what an index was for that had every photo.
alter table photo_total add column latest bigint not null default 0;
update photo_total set latest = coalesce((select max(published_at) from photo where counted), 0);
drop index photo_by_counted;
create trigger photo_total_latest after update of counted on photo when new.counted begin
  update photo_total set latest = new.published_at where latest < new.published_at;
end;

-- By the start of the token, which is as good as the whole.
drop index photo_by_upload_token;
create index photo_by_upload_token on photo (substr(upload_token, 1, 16)) where upload_token is not null;

drop index photo_by_user;
create index photo_by_user on photo (user_id, published_at, photo_id, published, video) where user_id is not null;

-- Events whose calls are made are most of all: lists of them go by time, or by type.
drop index event_by_state;
create index event_by_state on event (state, created_at, sequence) where state <> 'delivered';
drop index event_by_type_and_state;
create index event_by_type_and_state on event (type, state, created_at, sequence) where state <> 'delivered';
