-- The few that wait to be published, for whoever reviews them.
create index photo_by_unpublished on photo (photo_id) where not published;
