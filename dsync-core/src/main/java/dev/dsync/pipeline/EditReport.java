package dev.dsync.pipeline;

import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import java.util.List;

/**
 * What a removal or its undoing did.
 *
 * @param paths files, links and folders that are now as was asked, in tree order
 * @param failed what stayed as it was, or not entirely, with why
 */
public record EditReport(List<RelativePath> paths, List<FileFailure> failed) {

    public EditReport {
        paths = List.copyOf(paths);
        failed = List.copyOf(failed);
    }
}
