-- Users whom e-mail tells of files that visitors sent, unless they, or the link or album, say no.
alter table app_user add column notified boolean not null default true;
alter table upload_link add column notified boolean not null default true;
alter table album add column notified boolean not null default true;

-- Files of which a user is yet to be told: by no digest, or by one that has not been sent. A file that came by a link
-- into an album of the same user is one row, of the link.
create table mail_arrival (
  arrival_id  integer primary key,
  user_id     bigint  not null,
  photo_id    bigint  not null,
  upload_link text,
  album_id    bigint,
  digest      text,
  created_at  bigint  not null,
  unique (user_id, photo_id)
);
create index mail_arrival_in_no_digest on mail_arrival (user_id, created_at) where digest is null;
create index mail_arrival_by_digest on mail_arrival (digest, arrival_id) where digest is not null;

-- The user whom a call is to, an e-mail: at most one that waits for each.
alter table outgoing_call add column user_id bigint;
create unique index outgoing_call_of_user on outgoing_call (user_id) where user_id is not null and state = 'pending';
create index outgoing_call_by_user on outgoing_call (user_id, next_attempt_at) where user_id is not null;
