-- Which node receives an upload in pieces, where several share a database, and which one wants it; null for the only one.
alter table chunked_upload add column node_id text;
alter table chunked_upload add column wanted_by text;
create index chunked_upload_by_node on chunked_upload (node_id) where photo_id is null;
