/**
 * What nobody needs any more, freed, and what should lie elsewhere, moved. {@code PrunePass} drops versions and packs from
 * the catalog; their blobs are deleted only when no root of the past leads to them.
 */
@NullMarked
package dev.dsync.pipeline.tidy;

import org.jspecify.annotations.NullMarked;
