package dev.dsync.cli;

import dev.dsync.catalog.CatalogException;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.key.EnvelopeDamagedException;
import dev.dsync.key.EnvelopeNotOursException;
import dev.dsync.key.KeyFileException;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.FaultyMemoryException;
import dev.dsync.pack.ForeignPackException;
import dev.dsync.pack.PackException;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.SuddenlyEmptyException;
import dev.dsync.source.FileProblem;
import dev.dsync.source.SourceException;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.NoTargetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Why a command did not do what it is for.
 *
 * @param code short, for programs
 * @param detail a sentence for people: where, what was found, what to do
 * @param exit how the process ends
 */
record Failure(String code, String detail, Exit exit) {

    private static final String DAMAGED = "damaged";
    private static final String WHAT_IS_DAMAGED =
            ". 'dsync check --read-data' says what else is damaged, and with --repair puts right what it can";

    Failure {
        detail = Redaction.of(detail);
    }

    static Failure of(Throwable cause) {
        if (cause instanceof CatalogException) {
            return new Failure("catalog", message(cause), Exit.INCOMPLETE);
        }
        if (cause instanceof UncheckedIOException unchecked) {
            return of(Objects.requireNonNull(unchecked.getCause()));
        }
        if (cause instanceof InterruptedException) {
            return new Failure("interrupted", "stopped before the end", Exit.INTERRUPTED);
        }
        if (cause instanceof IOException io) {
            return ofIo(io);
        }
        if (cause instanceof FaultyMemoryException) {
            return new Failure("faulty_memory", message(cause), Exit.INCOMPLETE);
        }
        return new Failure(
                "internal",
                "this should not have happened (" + cause
                        + "): run it again with DSYNC_DEBUG=1 and report what it shows",
                Exit.INCOMPLETE);
    }

    /** Why a command ended that somebody wanted to stop: what it waited for then, if that was a target. */
    static Failure ofStop(Throwable cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof StorageException || reason instanceof NoTargetException) {
                return new Failure(
                        "interrupted",
                        "stopped while no target could be reached: " + message(reason)
                                + ". What is stored so far is kept and nothing else is recorded; the same command goes"
                                + " on from there",
                        Exit.INTERRUPTED);
            }
        }
        return of(new InterruptedException());
    }

    private static Failure ofIo(IOException cause) {
        if (cause instanceof UsageException usage) {
            return new Failure(usage.code(), message(cause), Exit.WRONG);
        }
        if (cause instanceof ConfigurationException) {
            return new Failure("configuration", message(cause), Exit.WRONG);
        }
        if (cause instanceof KeyFileException) {
            return new Failure("key", message(cause), Exit.WRONG);
        }
        if (cause instanceof ForeignVaultException
                || cause instanceof ForeignPackException
                || cause instanceof EnvelopeNotOursException) {
            return new Failure("foreign_vault", message(cause), Exit.WRONG);
        }
        if (cause instanceof SuddenlyEmptyException) {
            return new Failure("empty_folder", message(cause), Exit.WRONG);
        }
        if (cause instanceof SourceException source && source.failure().path().isEmpty()) {
            return new Failure("folder", message(cause), Exit.WRONG);
        }
        if (cause instanceof NoTargetException) {
            return new Failure("no_target", message(cause), Exit.OUT_OF_REACH);
        }
        return ofStored(cause);
    }

    private static Failure ofStored(IOException cause) {
        if (cause instanceof DamagedVaultException
                || cause instanceof DamagedPackException
                || cause instanceof PackException
                || cause instanceof EnvelopeDamagedException
                || cause instanceof CorruptChunkException
                || cause instanceof BlobNotFoundException) {
            return new Failure(DAMAGED, message(cause), Exit.INCOMPLETE);
        }
        if (cause instanceof TargetUnavailableException) {
            return new Failure(
                    "no_target",
                    message(cause) + ". Nothing was changed there: give the same command again once it answers",
                    Exit.OUT_OF_REACH);
        }
        if (cause instanceof StorageException) {
            return new Failure("no_target", message(cause), Exit.OUT_OF_REACH);
        }
        if (cause.getClass() == IOException.class && cause.getCause() instanceof IOException reason) {
            // It only adds where it happened.
            Failure inner = ofIo(reason);
            String next = inner.code().equals(DAMAGED) ? WHAT_IS_DAMAGED : "";
            return new Failure(inner.code(), message(cause) + next, inner.exit());
        }
        return new Failure("io", ofFile(cause), Exit.INCOMPLETE);
    }

    private static String ofFile(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file or folder";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied; see who owns it and its folder";
        }
        String words = FileProblem.inWords(cause);
        return cause instanceof FileSystemException failed ? failed.getFile() + ": " + words : words;
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
