package dev.dsync.pipeline;

import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;

/** Writes what the classic layout stores for a folder. Safe for use by many threads. */
public interface FolderRecords {

    /**
     * The record of a folder.
     *
     * @param files how many files lie below it, at any depth
     * @param folders how many folders do
     */
    byte[] of(RelativePath folder, FileMeta meta, long files, long folders);
}
