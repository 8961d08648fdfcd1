package dev.dsync.bench;

/**
 * What this machine can do at most with the content of a corpus, on one core, in bytes a second.
 *
 * @param files regular files in the corpus
 * @param bytes their content
 * @param reading reading every file, 1 MiB at a time; from the page cache if it fits there
 * @param sha256 SHA-256 over it
 * @param zstd zstd at dsync's default level over it, 1 MiB at a time
 * @param aesGcm AES-256-GCM over it, in messages as packs have them, each sealed once
 */
public record Limits(long files, long bytes, double reading, double sha256, double zstd, double aesGcm) {}
