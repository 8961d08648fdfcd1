/** Settings: what there is to set, and what it is set to by file, environment and options. */
@NullMarked
package dev.dsync.cli.settings;

import org.jspecify.annotations.NullMarked;
