/** The front door: one vault, opened, synced, restored, checked. */
@NullMarked
package dev.dsync.vault;

import org.jspecify.annotations.NullMarked;
