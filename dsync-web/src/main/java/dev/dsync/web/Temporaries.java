package dev.dsync.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for files on their way into a synced folder, which no sync takes in. Each says which process of which machine
 * gave it, so that what a killed one left can be told from what another one is still writing.
 */
final class Temporaries {

    private static final Pattern NAME = Pattern.compile("\\.dsync-tmp-upload-(?<machine>[0-9a-f]+)-(?<pid>\\d+)-.+");

    private final RandomGenerator random;
    private final String machine;

    Temporaries(RandomGenerator random) {
        this.random = random;
        this.machine = Integer.toHexString(machineName().hashCode());
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** A name that nothing else has. */
    String next() {
        return ".dsync-tmp-upload-" + machine + '-' + ProcessHandle.current().pid() + '-'
                + Long.toHexString(random.nextLong());
    }

    /** Removes what processes that are no more left in a synced folder. For a process that gave no name yet. */
    void sweep(Path root) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root, ".dsync-tmp-upload-*")) {
            for (Path each : left) {
                if (isLeft(each.getFileName().toString())) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Nothing came in yet.
        }
    }

    private boolean isLeft(String name) {
        Matcher found = NAME.matcher(name);
        if (!found.matches() || !found.group("machine").equals(machine)) {
            return false;
        }
        long pid = Long.parseLong(found.group("pid"));
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }
}
