package dev.dsync.pipeline;

import dev.dsync.codec.Compression;

/**
 * How commits are made.
 *
 * @param packSize length of a full catalog pack, in bytes
 * @param commitCopies on how many targets commits and catalog packs lie, where there are as many
 * @param compression how the catalog's blocks are made smaller
 */
public record CommitSettings(int packSize, int commitCopies, Compression compression) {}
