package dev.dsync.web;

import dev.dsync.catalog.CatalogException;
import dev.dsync.key.KeyFileException;
import dev.dsync.pipeline.SuddenlyEmptyException;
import dev.dsync.source.FileProblem;
import dev.dsync.storage.StorageException;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.HomeBusyException;
import dev.dsync.vault.NoTargetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What becomes of a failure on its way to a browser.
 *
 * @param status of HTTP
 * @param error short, for programs
 * @param detail a sentence for people
 */
record Failure(int status, String error, String detail) {

    static Failure of(Throwable cause) {
        Throwable inner = cause.getCause();
        boolean wraps = cause instanceof CompletionException
                || cause instanceof ExecutionException
                || cause instanceof UncheckedIOException;
        if (wraps && inner != null) {
            return of(inner);
        }
        if (cause instanceof ApiException api) {
            return new Failure(api.status(), api.error(), api.detail());
        }
        if (cause instanceof CatalogException) {
            return new Failure(500, "catalog", message(cause));
        }
        if (cause instanceof InterruptedException) {
            return new Failure(503, "interrupted", "stopped before the end");
        }
        if (cause instanceof IOException io) {
            return ofIo(io);
        }
        return new Failure(500, "internal", "this should not have happened (" + cause + "): please report it");
    }

    private static Failure ofIo(IOException cause) {
        if (cause instanceof HomeBusyException) {
            return new Failure(503, "busy", message(cause));
        }
        if (cause instanceof ConfigurationException) {
            return new Failure(409, "configuration", message(cause));
        }
        if (cause instanceof KeyFileException) {
            return new Failure(409, "key", message(cause));
        }
        if (cause instanceof SuddenlyEmptyException) {
            return new Failure(409, "empty_folder", message(cause));
        }
        if (cause instanceof NoTargetException) {
            return new Failure(503, "no_target", message(cause));
        }
        if (cause instanceof StorageException) {
            return new Failure(502, "target", message(cause));
        }
        if (isDiskFull(cause)) {
            return new Failure(507, "disk_full", "the disk is full: free some space, then try again");
        }
        if (cause instanceof AccessDeniedException denied) {
            return new Failure(403, "denied", "no permission for " + denied.getFile() + ": see who owns it");
        }
        if (cause.getClass() == IOException.class && cause.getCause() instanceof IOException reason) {
            // It only adds where it happened.
            Failure inner = ofIo(reason);
            return new Failure(inner.status(), inner.error(), message(cause));
        }
        return new Failure(500, "io", cause instanceof FileSystemException file ? inWords(file) : message(cause));
    }

    private static String inWords(FileSystemException cause) {
        return cause.getFile() + ": " + FileProblem.inWords(cause);
    }

    /** The system says it only in words; every Java passes on the C library's or that of Windows. */
    static boolean isDiskFull(IOException cause) {
        String reason = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        String words = String.valueOf(reason).toLowerCase(Locale.ROOT);
        return words.contains("no space left")
                || words.contains("quota exceeded")
                || words.contains("not enough space")
                || words.contains("out of disk space");
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
