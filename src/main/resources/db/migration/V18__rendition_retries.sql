-- Videos that are kept as they are get another try when the server starts with what they need.
create index photo_by_original_only on photo (video) where rendition_state = 'original_only';
-- Of these the dimensions and the capture date are read now.
update photo set rendition_state = 'waiting', rendition_attempts = 0
  where rendition_state = 'original_only' and content_type in ('image/heic', 'image/heif', 'image/avif');
