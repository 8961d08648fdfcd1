/** The command line: the only place that wires the modules together. */
@NullMarked
package dev.dsync.cli;

import org.jspecify.annotations.NullMarked;
