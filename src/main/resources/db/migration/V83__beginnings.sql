-- How files begin, length and hash, whose chunks come one after the other, and whose upload has ended: one of the same
-- name goes on only where it begins so. Empty for an upload that was refused for good. The type is "stored" for a photo.
alter table refused_upload add column beginning text not null default '';
create index refused_upload_by_token on refused_upload (upload_token) where type <> 'stored';

-- The most bytes that a file could have until it was known how long it is; 0 where that was known, and of those of before.
alter table chunked_upload add column most_bytes integer not null default 0;
