create table bucket_sweep (
  id          integer          primary key check (id = 1),
  mark        text collate "C" not null,
  ran_seconds bigint           not null
);

create table stray_object (
  name          text collate "C" primary key,
  noted_seconds bigint           not null
);
