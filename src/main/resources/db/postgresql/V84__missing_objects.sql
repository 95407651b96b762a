alter table bucket_sweep add column round_mark text collate "C" not null default '';
alter table bucket_sweep add column round_due bigint not null default 0;

create table missing_object (
  media_key text collate "C" primary key
);
