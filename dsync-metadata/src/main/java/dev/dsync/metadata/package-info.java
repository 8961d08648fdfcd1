/** The catalog in an SQLite database. */
@NullMarked
package dev.dsync.metadata;

import org.jspecify.annotations.NullMarked;
