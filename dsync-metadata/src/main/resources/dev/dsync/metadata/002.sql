-- Second edition: how a version's content is stored, by the code of the stored format; 0 is the packed layout.
ALTER TABLE path ADD COLUMN layout INTEGER DEFAULT 0;
ALTER TABLE older ADD COLUMN layout INTEGER DEFAULT 0;
