/** Which versions exist, of which chunks they are made, in which packs those lie, on which targets those are. */
@NullMarked
package dev.dsync.catalog;

import org.jspecify.annotations.NullMarked;
