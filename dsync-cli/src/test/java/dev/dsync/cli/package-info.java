@NullMarked
package dev.dsync.cli;

import org.jspecify.annotations.NullMarked;
