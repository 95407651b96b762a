-- When each user's latest session began, by the steady clock: 0 for none yet. Sessions of before that have ended
-- left no trace.
alter table app_user add column last_login_at bigint not null default 0;
update app_user set last_login_at =
  coalesce((select max(created_at) from session where session.user_id = app_user.user_id), 0);
create index app_user_by_login on app_user (last_login_at, user_id);
