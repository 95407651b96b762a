-- What adds a photo counts it itself: a trigger has SQLite write each page of an insert once more, beside its log, as a
-- statement that can be undone by itself.
drop trigger photo_total_adds;
