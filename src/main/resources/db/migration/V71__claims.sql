-- What one node at a time works on, where several share a database.
create table claim (
  what    text    not null,
  number  integer not null,
  node_id text    not null,
  primary key (what, number)
) without rowid;
