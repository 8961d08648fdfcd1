/** What every pass on an open vault works with: its parts, its seals, what this home remembers, and a few workers. */
@NullMarked
package dev.dsync.pipeline.parts;

import org.jspecify.annotations.NullMarked;
