/** Reversible steps on a chunk: compressions and the classic cipher. */
@NullMarked
package dev.dsync.codec;

import org.jspecify.annotations.NullMarked;
