-- What several nodes on one PostgreSQL tell each other by: who is there, and which uses of tokens each has out. Files of
-- SQLite have one node, which keeps that in memory; they have the tables so that there is one SQL.
create table node (
  node_id    text    primary key,
  started_at integer not null,
  seen_at    integer not null
) without rowid;

alter table upload_token add column reserved integer not null default 0;

create table token_use (
  node_id text    not null,
  number  integer not null,
  token   text    not null,
  primary key (node_id, number)
) without rowid;
