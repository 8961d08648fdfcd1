/** The pool of targets: which pack goes where, how many copies, who is healthy. */
@NullMarked
package dev.dsync.placement;

import org.jspecify.annotations.NullMarked;
