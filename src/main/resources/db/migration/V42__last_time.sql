-- When the service was seen to run last: by the wall clock, as far as it was believed, and by the time
-- that outgoing calls go by. Null until then.
create table last_time (
  wall   bigint,
  steady bigint
);
insert into last_time (wall, steady) values (null, null);

-- The latest publication that the public has seen: it stays, though the clock be set back.
create index photo_by_counted on photo (published_at) where counted;
