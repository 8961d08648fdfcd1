package dev.dsync.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a failed file operation says to people. Java often names no more than a class or passes on what the C library
 * says; the words here fit after "path: ". For people alone: nothing is decided by them.
 */
public final class FileProblem {

    /** Errors for which Java has no type of their own, as the C library names them in English; others stay as they are. */
    private static final Map<String, String> SYSTEM_WORDS = Map.ofEntries(
            Map.entry("Is a directory", "is a folder"),
            Map.entry("Not a directory", "a file is in the way on the path to it, where a folder belongs"),
            Map.entry("Directory not empty", "a folder that is not empty is in the way"),
            Map.entry("Permission denied", "permission denied"),
            Map.entry("Operation not permitted", "the system does not permit this; see who owns it"),
            Map.entry("No space left on device", "the disk is full; make room there"),
            Map.entry("Disk quota exceeded", "the disk quota is used up; make room there"),
            Map.entry("Read-only file system", "this disk can only be read; mount it for writing"),
            Map.entry("File too large", "this file system cannot hold so large a file"),
            Map.entry("File name too long", "this file system cannot hold so long a name"),
            Map.entry("Invalid argument", "this file system cannot hold this name or state"),
            Map.entry("Input/output error", "the disk failed to read or write it; see whether the disk is sound"),
            Map.entry("Too many open files", "too many files are open; raise the limit (ulimit -n)"),
            Map.entry("Too many levels of symbolic links", "too many symbolic links are on the path to it"),
            Map.entry("Stale file handle", "the network share has lost it; mount the share anew"),
            Map.entry("Transport endpoint is not connected", "the disk or share is not connected"),
            Map.entry("No such device or address", "the disk or share is not connected"),
            Map.entry("Device or resource busy", "something else on this machine has it in use"),
            Map.entry("Text file busy", "a program is running from it"));

    private FileProblem() {}

    /** {@code problem} as half a sentence, such as "permission denied". */
    public static String inWords(IOException problem) {
        if (problem instanceof SourceException told) {
            return told.failure().reason();
        }
        if (problem instanceof CharacterCodingException) {
            return "is not text in the encoding of this system";
        }
        return problem instanceof FileSystemException known ? typed(known) : said(problem, problem.getMessage());
    }

    private static String typed(FileSystemException problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file any more";
        }
        if (problem instanceof NotDirectoryException) {
            return "is not a folder any more";
        }
        if (problem instanceof NotLinkException) {
            return "is not a symbolic link any more";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "something else is there already";
        }
        if (problem instanceof DirectoryNotEmptyException) {
            return "a folder that is not empty is in the way";
        }
        if (problem instanceof FileSystemLoopException) {
            return "a symbolic link on the path to it leads back to itself";
        }
        if (problem instanceof AtomicMoveNotSupportedException) {
            return "cannot be moved to its place in one step: the folder on the way is another disk";
        }
        return said(problem, problem.getReason());
    }

    private static String said(IOException problem, @Nullable String words) {
        if (words == null || words.isBlank()) {
            return "the system gives no reason (" + problem.getClass().getSimpleName() + ")";
        }
        return SYSTEM_WORDS.getOrDefault(words, words);
    }
}
