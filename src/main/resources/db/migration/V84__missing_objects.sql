-- How far the whole bucket was gone through, and when that is to begin anew.
alter table bucket_sweep add column round_mark text not null default '';
alter table bucket_sweep add column round_due integer not null default 0;

-- Photos whose object was not there when it was looked for.
create table missing_object (
  media_key text primary key
) without rowid;
