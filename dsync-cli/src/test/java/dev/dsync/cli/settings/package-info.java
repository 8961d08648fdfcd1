@NullMarked
package dev.dsync.cli.settings;

import org.jspecify.annotations.NullMarked;
