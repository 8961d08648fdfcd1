/** The dashboard: a vault seen through a browser, and the HTTP interface behind it. Open {@link dev.dsync.web.Dashboard} first. */
@NullMarked
package dev.dsync.web;

import org.jspecify.annotations.NullMarked;
