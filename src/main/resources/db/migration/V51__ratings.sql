-- What visitors think of photos, from 0 to 1: one rating of each. A visitor is a user, or an address of which
-- only a hash is kept. The photo's row has their number and their mean.
create table photo_rating (
  photo_id bigint not null references photo on delete cascade,
  rater    text   not null,
  user_id  bigint references app_user on delete set null,
  rating   real   not null,
  rated_at bigint not null,
  primary key (photo_id, rater)
);
create index photo_rating_by_time on photo_rating (photo_id, rated_at);
create index photo_rating_by_user on photo_rating (user_id, rated_at);
