-- The photo that a token gives another file; null for a token that makes new photos.
alter table upload_token add column replaces bigint;
