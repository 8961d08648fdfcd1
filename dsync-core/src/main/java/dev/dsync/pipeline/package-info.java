/** The sentence itself: forwards (sync), backwards (restore), read again (check). */
@NullMarked
package dev.dsync.pipeline;

import org.jspecify.annotations.NullMarked;
