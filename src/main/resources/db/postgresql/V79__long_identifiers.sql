-- An entry of an index has 2,704 bytes at most, and what a client calls its file up to 1,024 characters of 4 bytes: with
-- some of them every try ended in program_limit_exceeded. Such texts are told apart by their hashes. What they are is
-- compared with the few rows of one token.
create function text_hash(value text) returns bytea language sql immutable strict parallel safe
  return sha256(convert_to(value, 'UTF8'));

alter table chunked_upload drop constraint chunked_upload_upload_token_identifier_size_key;
create unique index chunked_upload_by_identifier on chunked_upload (upload_token, text_hash(identifier), size);

alter table upload_change drop constraint upload_change_pkey;
create unique index upload_change_by_identifier on upload_change (upload_token, text_hash(resumable_identifier));
