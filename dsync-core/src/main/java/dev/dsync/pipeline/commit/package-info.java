/**
 * What makes a pass last. {@code CommitWriter} puts what the catalog recorded into a segment, stores the commit, and points
 * the roots there; {@code CommitReader} takes in what other writers committed; {@code Recovery} reads everything anew where
 * this home has lost its state.
 */
@NullMarked
package dev.dsync.pipeline.commit;

import org.jspecify.annotations.NullMarked;
