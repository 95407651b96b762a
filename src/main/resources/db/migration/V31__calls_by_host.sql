-- Each taking and each restart of a call has a number, by which an attempt knows that it is the latest.
alter table outgoing_call add column turn bigint not null default 0;

-- Calls are looked for by host, so that those to a busy host are not walked; and given up by time.
drop index outgoing_call_by_due;
create index outgoing_call_by_host on outgoing_call (state, host, next_attempt_at);
create index outgoing_call_by_end on outgoing_call (state, give_up_at);

-- A webhook that was deleted is told of nothing; its calls are deleted in small steps, and it last.
alter table webhook add column deleted_at bigint;

-- Nonces whose time is over are found without a look at the others.
create index oauth_nonce_by_stamp on oauth_nonce (stamp);
