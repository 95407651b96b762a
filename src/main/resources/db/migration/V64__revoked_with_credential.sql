-- A credential that is revoked with its tokens says so for all of them.
alter table credential add column tokens_revoked_at bigint;
drop index upload_token_valid;
create index upload_token_valid on upload_token (valid_until, credential_id, revoked_at) where revoked_at is null;
