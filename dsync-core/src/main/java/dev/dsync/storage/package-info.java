/** One place that keeps blobs: the seam every backend fulfils, and the two backends that need no service. */
@NullMarked
package dev.dsync.storage;

import org.jspecify.annotations.NullMarked;
