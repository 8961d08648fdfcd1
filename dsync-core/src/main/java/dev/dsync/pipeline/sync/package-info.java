/**
 * Files into packs. {@code TreeComparison} tells what differs, {@code Recorder} reads what may be new, {@code PackLine}
 * names, encodes and packs its chunks, and {@code PackShipping} hands sealed packs to the targets.
 */
@NullMarked
package dev.dsync.pipeline.sync;

import org.jspecify.annotations.NullMarked;
