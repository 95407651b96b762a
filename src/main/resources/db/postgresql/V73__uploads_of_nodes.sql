-- Which node receives an upload in pieces, and which one wants it; null for one that none receives now.
alter table chunked_upload add column node_id text collate "C";
alter table chunked_upload add column wanted_by text collate "C";
create index chunked_upload_by_node on chunked_upload (node_id) where photo_id is null;
