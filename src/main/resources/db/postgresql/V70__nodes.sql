-- Rows that are written again and again keep room for that, so that no index has to be written with them.
create table node (
  node_id    text collate "C" primary key,
  started_at bigint           not null,
  seen_at    bigint           not null
) with (fillfactor = 50);

alter table upload_token add column reserved integer not null default 0;
alter table upload_token set (fillfactor = 80);

create table token_use (
  node_id text collate "C" not null,
  number  bigint           not null,
  token   text collate "C" not null,
  primary key (node_id, number)
);
