-- Orders in which most photos are alike have those alone in their indexes that are not.
drop index photo_by_comments;
create index photo_by_comments on photo (comment_count, photo_id, published, published_at, video) where comment_count > 0;
drop index photo_by_rating;
create index photo_by_rating on photo (rating, photo_id, published, published_at, video) where rating > 0;
