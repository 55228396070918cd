-- What the review found, with codes, for those who ask later.
ALTER TABLE planning_sessions ADD COLUMN review json;
