package dev.dsync.pipeline;

import dev.dsync.codec.Compression;
import dev.dsync.pack.Suite;

/**
 * What is done with a file's content before it is stored.
 *
 * @param compression how its chunks are made smaller
 * @param suite how they are sealed; chunks of different suites never share an id or a pack
 */
public record Treatment(Compression compression, Suite suite) {}
