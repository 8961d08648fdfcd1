@NullMarked
package dev.dsync.discord;

import org.jspecify.annotations.NullMarked;
