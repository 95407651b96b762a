-- Which renditions a photo has: new ones are kept beside those before, and one commit of the row changes from one to the
-- other. Those of before are version 0.
alter table photo add column rendition_version bigint not null default 0;
