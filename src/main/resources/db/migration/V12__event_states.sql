-- An event keeps its state, the worst among its calls, so that lists go by it. Lists are by time.
alter table event add column state text not null default 'delivered';
update event set state = 'pending' where event_id in
  (select event_id from outgoing_call where state = 'pending');
update event set state = 'failed' where event_id in
  (select event_id from outgoing_call where state = 'failed');

drop index event_by_photo;
drop index event_by_type;
create index event_by_photo on event (photo_id, created_at, sequence);
create index event_by_type on event (type, created_at, sequence);
create index event_by_state on event (state, created_at, sequence);
create index event_by_type_and_state on event (type, state, created_at, sequence);

create index outgoing_call_by_webhook on outgoing_call (webhook_id, state);
create index outgoing_call_of_no_event on outgoing_call (created_at) where event_id is null;
