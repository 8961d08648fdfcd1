/** What holds for all code of dsync, written as rules over its class files. */
@NullMarked
package dev.dsync.architecture;

import org.jspecify.annotations.NullMarked;
