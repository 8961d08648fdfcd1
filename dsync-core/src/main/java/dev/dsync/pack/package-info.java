/** Many sealed chunks in one immutable blob. */
@NullMarked
package dev.dsync.pack;

import org.jspecify.annotations.NullMarked;
