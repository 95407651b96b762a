-- How far the objects of a bucket were compared with the rows: those whose names are up to there.
create table bucket_sweep (
  id          integer primary key check (id = 1),
  mark        text    not null,
  ran_seconds integer not null
);

-- Objects that no row knew, and how long the service had run when that was seen.
create table stray_object (
  name          text    primary key,
  noted_seconds integer not null
) without rowid;
