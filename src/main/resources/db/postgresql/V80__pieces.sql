-- How often nodes have taken over an upload in pieces: what one writes that has lost it does not count.
alter table chunked_upload add column epoch bigint not null default 0;

-- Who has sent what of an upload, as the node knew that let it go; empty where nobody is known.
alter table chunked_upload add column senders text collate "C" not null default '';

-- Pieces of files that are being received, which are objects of a bucket: in the order of their numbers, the last one counts.
create table upload_piece (
  media_name text collate "C" not null,
  number     bigint           not null,
  object     text collate "C" not null,
  first_byte bigint           not null,
  end_byte   bigint           not null,
  primary key (media_name, number)
);
create unique index upload_piece_by_object on upload_piece (object);
