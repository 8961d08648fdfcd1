/**
 * What lies in packs, read back. Every byte is verified before it is given out; where one copy fails, another is asked.
 * {@code StoredPackReader} reads packs, {@code FileContent} whole versions of files, in both layouts.
 */
@NullMarked
package dev.dsync.pipeline.content;

import org.jspecify.annotations.NullMarked;
