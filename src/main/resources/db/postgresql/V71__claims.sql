create table claim (
  what    text collate "C" not null,
  number  bigint           not null,
  node_id text collate "C" not null,
  primary key (what, number)
);
