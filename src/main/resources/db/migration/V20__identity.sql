-- The name that the database and its media folder share; null until they are first opened together.
create table identity (
  identity text
);
insert into identity (identity) values (null);
