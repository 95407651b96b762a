-- Hebrew, Indonesian and Yiddish under the codes that ISO 639 withdrew: no method finds subtitles of those any more.
-- Where there are some of the present code too, these are the newer ones. They are shown by themselves if either was.
create table renamed_language (
  code    text primary key,
  present text not null
);
insert into renamed_language (code, present) values ('iw', 'he'), ('in', 'id'), ('ji', 'yi');

create table renamed_subtitle as
  select s.photo_id, s.locale, r.present || substr(s.locale, 3) as present, s.is_default
  from photo_subtitle s join renamed_language r on s.locale = r.code or substr(s.locale, 1, 3) = r.code || '_';

update photo_subtitle set is_default = true
  where exists (select 1 from renamed_subtitle r
    where r.photo_id = photo_subtitle.photo_id and r.present = photo_subtitle.locale and r.is_default);
delete from photo_subtitle
  where exists (select 1 from renamed_subtitle r
    where r.photo_id = photo_subtitle.photo_id and r.locale = photo_subtitle.locale
      and exists (select 1 from photo_subtitle kept
        where kept.photo_id = r.photo_id and kept.locale = r.present));
update photo_subtitle set locale =
    (select r.present from renamed_subtitle r
      where r.photo_id = photo_subtitle.photo_id and r.locale = photo_subtitle.locale)
  where exists (select 1 from renamed_subtitle r
    where r.photo_id = photo_subtitle.photo_id and r.locale = photo_subtitle.locale);

drop table renamed_subtitle;
drop table renamed_language;
