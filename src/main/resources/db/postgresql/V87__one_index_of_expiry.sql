-- Both began with the time, and each token was entered in both.
drop index upload_token_by_expiry;
drop index upload_token_valid;
create index upload_token_by_expiry on upload_token (valid_until, credential_id, revoked_at);
