-- Under which licence a photo is; one without a row is under none, with all rights reserved.
create table photo_license (
  photo_id   bigint  primary key references photo on delete cascade,
  license_id integer not null
);
create index photo_license_by_license on photo_license (license_id, photo_id);
