@NullMarked
package dev.dsync.web;

import org.jspecify.annotations.NullMarked;
