-- For which upload in pieces a use of a link is out, as that of its token: it stays with that. Null for any other.
alter table link_use add column upload_id text;
create index link_use_by_upload on link_use (upload_id) where upload_id is not null;
