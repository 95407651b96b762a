-- What people say of photos. Those that wait are not shown before somebody has read them. The photo's row has the
-- number of the others.
create table photo_comment (
  comment_id integer primary key autoincrement,
  photo_id   bigint  not null references photo on delete cascade,
  user_id    bigint  references app_user on delete set null,
  name       text    not null,
  email      text    not null,
  content    text    not null,
  approved   boolean not null,
  created_at bigint  not null
);
create index photo_comment_by_photo on photo_comment (photo_id, comment_id);
create index photo_comment_by_user on photo_comment (user_id, comment_id);
create index photo_comment_waiting on photo_comment (comment_id) where not approved;
