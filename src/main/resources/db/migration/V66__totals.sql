-- How many photos there are, how many are published, or will be at their time, and the bytes of their originals.
create table photo_total (
  photos    bigint not null,
  published bigint not null,
  bytes     bigint not null
);
insert into photo_total (photos, published, bytes)
  select count(*), coalesce(sum(published), 0), coalesce(sum(size), 0) from photo;

create trigger photo_total_adds after insert on photo begin
  update photo_total set photos = photos + 1, published = published + new.published, bytes = bytes + new.size;
end;
create trigger photo_total_takes after delete on photo begin
  update photo_total set photos = photos - 1, published = published - old.published, bytes = bytes - old.size;
end;
create trigger photo_total_changes after update of published, size on photo
  when new.published <> old.published or new.size <> old.size begin
  update photo_total set published = published - old.published + new.published, bytes = bytes - old.size + new.size;
end;
