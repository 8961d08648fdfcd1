/**
 * Which copies of packs can be counted on. A target can be in reach, away for now, without a line in the configuration, or
 * gone for good; a copy can be missing or damaged. From both follows which packs count and which files have lost content.
 */
@NullMarked
package dev.dsync.pipeline.loss;

import org.jspecify.annotations.NullMarked;
