package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Versions.Known;
import dev.dsync.source.FileFailure;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceFile;
import java.io.IOException;
import java.util.Optional;

/** What a comparison of the synced folder with the catalog comes upon, in tree order; deletions last. */
interface Changes {

    /** Content that may be new: the file looks different from what was last seen of it. */
    void content(SourceFile file, Optional<Known> known) throws IOException, InterruptedException;

    /** A link that is new or different. */
    void link(SourceFile link, Optional<Known> known) throws IOException, InterruptedException;

    /** A folder that is new or different. */
    void folder(RelativePath path, FileMeta meta) throws IOException, InterruptedException;

    /** A path that is gone. */
    void deleted(Known known) throws IOException, InterruptedException;

    /** A path that could not be read. */
    void failed(FileFailure failure);
}
