/** What is kept safe: the synced folder walked in stable order, one file and its metadata, exclude rules. */
@NullMarked
package dev.dsync.source;

import org.jspecify.annotations.NullMarked;
