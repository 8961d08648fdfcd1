/** The script that people call, tried as a process of its own. */
@NullMarked
package dev.dsync.launcher;

import org.jspecify.annotations.NullMarked;
