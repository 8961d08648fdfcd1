/** What documents say is held against the code. */
@NullMarked
package dev.dsync.documentation;

import org.jspecify.annotations.NullMarked;
