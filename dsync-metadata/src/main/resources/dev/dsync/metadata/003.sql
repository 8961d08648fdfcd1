-- Third edition: commits by what passes ask of them, as there is one every few minutes for years.
CREATE INDEX commit_made_sequence ON commit_made (sequence);
CREATE INDEX commit_made_writer ON commit_made (writer);
