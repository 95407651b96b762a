-- The photos of SampleCatalogue, for PostgreSQL; ${photos} of them, one each ${interval} ms from 2018 on.
set session_replication_role = replica;
set synchronous_commit = off;
create temporary table kept_index as
  select indexdef from pg_indexes i where schemaname = 'public'
    and tablename in ('photo', 'photo_title', 'photo_album', 'photo_tag', 'photo_word', 'event')
    and not exists (select 1 from pg_constraint c where c.conname = i.indexname);
do $$ declare i record; begin
  for i in select indexname from pg_indexes x where schemaname = 'public'
      and tablename in ('photo', 'photo_title', 'photo_album', 'photo_tag', 'photo_word', 'event')
      and not exists (select 1 from pg_constraint c where c.conname = x.indexname) loop
    execute 'drop index ' || i.indexname;
  end loop;
end $$;
insert into app_user (username, created_at) select 'user' || n, 0 from generate_series(1, 5002) n;
insert into album (token, title, title_folded, created_at)
  select n, 'Album ' || n, 'album ' || n, 0 from generate_series(1, 5002) n;
insert into photo (photo_id, token, tree_id, media_key, title, description, published, video, user_id, filename,
    content_type, size, upload_token, taken_at, published_at, created_at, rendition_state, view_count, counted,
    description_folded)
  select n, lpad(n::text, 32, '0'), n % 64 + 1, lpad(to_hex(n), 32, '0'),
    format('w%s photo w%s %s', n * 7919 % 20000, n * 104729 % 20000, n), format('w%s text', n * 7919 % 20000),
    n % 20 > 0, n % 10 = 0, case when n % 3 = 0 then 1 else n % 5000 + 2 end, 'a.jpg',
    case when n % 1000 = 7 then 'audio/mpeg' else 'image/jpeg' end, 1000,
    lpad(to_hex(n / 5), 16, '0') || lpad((n / 5)::text, 24, '0'),
    case when n % 2 = 0 then n * 7919 % 1000000 * 250000 + 1514764800000 end,
    n * ${interval} + 1514764800000, n * ${interval} + 1514764800000,
    case when n % 5000 = 0 then 'waiting' else 'done' end, n * 7919 % 1000, n % 20 > 0,
    format('w%s text', n * 7919 % 20000)
  from generate_series(1::bigint, ${photos}) n;
insert into photo_title (photo_id, folded)
  select n, format('w%s photo w%s %s', n * 7919 % 20000, n * 104729 % 20000, n)
  from generate_series(1::bigint, ${photos}) n;
insert into photo_album (photo_id, album_id)
  select n, n % 5000 + 2 from generate_series(1::bigint, ${photos}) n
  union all select n, 1 from generate_series(2::bigint, ${photos}, 2) n;
insert into photo_tag (photo_id, tag, position)
  select n, 'rare' || (n * 7919 % 50000), 0 from generate_series(1::bigint, ${photos}) n
  union all select n, 'odd', 1 from generate_series(1::bigint, ${photos}) n where n % 4 = 1
  union all select n, 'even', 1 from generate_series(1::bigint, ${photos}) n where n % 4 = 2
  union all select n, 'fifth', 2 from generate_series(1::bigint, ${photos}) n where n % 5 = 0
  union all select n, 'hundredth', 3 from generate_series(1::bigint, ${photos}) n where n % 100 = 3;
insert into photo_word (photo_id, word)
  select distinct n, w from generate_series(1::bigint, ${worded}) n, unnest(array['photo',
    'w' || (n * 7919 % 20000), 'w' || (n * 104729 % 20000), 'rare' || (n * 7919 % 50000), n::text,
    case when n % 10 = 0 then 'tenth' else 'photo' end, case when n % 9 = 0 then 'ninth' else 'photo' end]) w;
do $$ declare i record; begin
  for i in select indexdef from kept_index loop
    execute i.indexdef;
  end loop;
end $$;
insert into tag (tag, folded, photo_count)
  select t.tag, t.tag, count(*) filter (where p.counted) from photo_tag t join photo p on p.photo_id = t.photo_id
  group by t.tag;
update album set photo_count = c.photos from (
    select x.album_id, count(*) filter (where p.counted) as photos
    from photo_album x join photo p on p.photo_id = x.photo_id group by x.album_id) c
  where c.album_id = album.album_id;
delete from photo_total;
insert into photo_total (photos, published, bytes, latest)
  select count(*), count(*) filter (where published), sum(size), max(published_at) from photo;
select setval('photo_photo_id_seq', ${photos});
