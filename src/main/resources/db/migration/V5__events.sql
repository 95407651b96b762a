-- Times are milliseconds since 1970-01-01 UTC.

create table event (
  sequence   integer primary key autoincrement,
  event_id   text    not null unique,
  type       text    not null,
  photo_id   bigint  not null,
  payload    text    not null,
  created_at bigint  not null
);
create index event_by_photo on event (photo_id, sequence);
create index event_by_type on event (type, sequence);
create index event_by_time on event (created_at, sequence);

create table webhook (
  webhook_id    integer primary key autoincrement,
  url           text    not null,
  closed_secret text    not null,
  types         text    not null,
  created_at    bigint  not null
);

create table outgoing_call (
  call_id         integer primary key autoincrement,
  kind            text    not null,
  event_id        text    references event (event_id) on delete cascade,
  webhook_id      bigint  references webhook on delete cascade,
  url             text    not null,
  host            text    not null,
  body            text,
  state           text    not null,
  attempts        integer not null default 0,
  last_error      text    not null default '',
  next_attempt_at bigint  not null,
  give_up_at      bigint  not null,
  created_at      bigint  not null
);
create index outgoing_call_by_due on outgoing_call (state, next_attempt_at);
create index outgoing_call_by_event on outgoing_call (event_id, state);
