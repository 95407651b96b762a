-- As in SQLite. Each row of the totals has the latest publication it knows of.
alter table photo_total add column latest bigint not null default 0;
insert into photo_total (photos, published, bytes, latest)
  select 0, 0, 0, coalesce(max(published_at), 0) from photo where counted;
drop index photo_by_counted;

create or replace function photo_total_merge() returns void language sql as $$
  with gone as (
    delete from photo_total where ctid = any (array(select ctid from photo_total for update skip locked))
    returning photos, published, bytes, latest)
  insert into photo_total (photos, published, bytes, latest)
    select coalesce(sum(photos), 0), coalesce(sum(published), 0), coalesce(sum(bytes), 0), coalesce(max(latest), 0)
    from gone
$$;

create or replace function photo_total_add() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into photo_total (photos, published, bytes, latest)
      values (1, new.published::int, new.size, case when new.counted then new.published_at else 0 end);
  elsif tg_op = 'DELETE' then
    insert into photo_total (photos, published, bytes) values (-1, -old.published::int, -old.size);
  else
    insert into photo_total (photos, published, bytes, latest)
      values (0, new.published::int - old.published::int, new.size - old.size,
        case when new.counted then new.published_at else 0 end);
  end if;
  if random() < 0.002 then
    perform photo_total_merge();
  end if;
  return null;
end $$;

drop trigger photo_total_changes on photo;
create trigger photo_total_changes after update of published, size, counted on photo
  for each row when (new.published <> old.published or new.size <> old.size or (new.counted and not old.counted))
  execute function photo_total_add();

drop index photo_by_upload_token;
create index photo_by_upload_token on photo (substr(upload_token, 1, 16)) where upload_token is not null;
drop index photo_by_user;
create index photo_by_user on photo (user_id, published_at, photo_id, published, video) where user_id is not null;
drop index event_by_state;
create index event_by_state on event (state, created_at, sequence) where state <> 'delivered';
drop index event_by_type_and_state;
create index event_by_type_and_state on event (type, state, created_at, sequence) where state <> 'delivered';
