/**
 * What is stored, verified and mended. {@code CheckPass} only reads and says what it found; {@code RepairPass} copies and
 * packs anew until nothing is left that it can mend.
 */
@NullMarked
package dev.dsync.pipeline.check;

import org.jspecify.annotations.NullMarked;
