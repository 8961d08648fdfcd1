/** Holds the documentation to the truth: the commands it shows are found and run. */
@NullMarked
package dev.dsync.documentation;

import org.jspecify.annotations.NullMarked;
