-- New photos that their tags and albums do not count yet, where there are many writers: never in this database.
create table uncounted (
  photo_id integer primary key
);
