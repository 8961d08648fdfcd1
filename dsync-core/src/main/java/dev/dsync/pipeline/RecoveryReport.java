package dev.dsync.pipeline;

import dev.dsync.catalog.CommitInfo;
import java.util.Optional;

/**
 * What a recovery did.
 *
 * @param files files that exist in the rebuilt catalog
 * @param commitsRead commits read from targets; 0 if no target has a root
 * @param requests requests sent to targets
 * @param newest the commit the catalog stands at now
 */
public record RecoveryReport(long files, long commitsRead, long requests, Optional<CommitInfo> newest) {}
