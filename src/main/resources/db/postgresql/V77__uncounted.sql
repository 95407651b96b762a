-- New photos that their tags and albums do not count yet.
create table uncounted (
  photo_id bigint primary key
);

-- Each upload writes some ten of these rows together with the one that they belong to. To look that up in its index once
-- more for each of them took a third of the upload; and in transactions that are to be serializable, it is a read of the
-- page that others add their photos to, so that of uploads at one time most were done again.
alter table photo_title drop constraint photo_title_photo_id_fkey;
alter table photo_tag drop constraint photo_tag_photo_id_fkey;
alter table photo_word drop constraint photo_word_photo_id_fkey;
alter table photo_album drop constraint photo_album_photo_id_fkey;
alter table outgoing_call drop constraint outgoing_call_event_id_fkey;
alter table outgoing_call drop constraint outgoing_call_webhook_id_fkey;
