-- What photos are sorted by description by, and users by e-mail: the first characters of the description's text, not of
-- its HTML, and the address, each folded by Java as it writes a row. Rows of before get theirs after the start, in small
-- steps; until then, photos are sorted by the index of before.
alter table photo add column description_folded text not null default '';
create index photo_by_description on photo (description_folded, photo_id, published, published_at, video);

alter table app_user add column email_folded text not null default '';
drop index app_user_by_email;
create index app_user_by_email on app_user (email_folded, user_id);

insert into refold (what, position) values ('EMAILS', ''), ('DESCRIPTIONS', '');
