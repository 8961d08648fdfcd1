/**
 * Changes of the catalog that store no content: files removed and brought back by hand, and files adopted that another
 * program stored.
 */
@NullMarked
package dev.dsync.pipeline.edit;

import org.jspecify.annotations.NullMarked;
