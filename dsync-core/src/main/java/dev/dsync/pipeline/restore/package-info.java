/**
 * Packs into files. {@code RestorePass} plans pack by pack, {@code RestoreWork} reads each pack once, {@code RestoringFile}
 * writes beside the place and moves in what is verified, and {@code Landing} lets nothing out of the folder.
 */
@NullMarked
package dev.dsync.pipeline.restore;

import org.jspecify.annotations.NullMarked;
