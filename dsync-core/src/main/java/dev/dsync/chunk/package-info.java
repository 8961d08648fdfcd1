/** Pieces of a file's content: where they are cut and how they are named. */
@NullMarked
package dev.dsync.chunk;

import org.jspecify.annotations.NullMarked;
