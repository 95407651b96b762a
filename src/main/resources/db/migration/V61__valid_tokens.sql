-- The tokens that are valid are counted for each scrape of the metrics.
create index upload_token_valid on upload_token (valid_until) where revoked_at is null;
