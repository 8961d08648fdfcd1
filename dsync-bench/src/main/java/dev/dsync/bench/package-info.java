/** How fast the parts are, and the whole: JMH benchmarks, and a run of the whole pipeline beside this machine's limits. */
@NullMarked
package dev.dsync.bench;

import org.jspecify.annotations.NullMarked;
