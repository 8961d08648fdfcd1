package dev.dsync.cli;

import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.discord.Attachments;
import dev.dsync.metadata.OriginalFile;
import dev.dsync.metadata.OriginalFiles;
import dev.dsync.metadata.UploadLog;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.ClassicFile;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the original's {@code files.json} and {@code upload.log} say together, as files to adopt; and what a person should
 * know of them.
 */
final class ImportedFiles implements ClassicFile.Source {

    /** An entry that cannot be followed. */
    private static final class UselessException extends Exception {

        private static final long serialVersionUID = 1;

        UselessException(String message) {
            super(message);
        }
    }

    private final OriginalFiles original;
    private final UploadLog log;
    private final Set<TargetId> targets;
    private final Instant now;
    private final List<FileFailure> skipped = new ArrayList<>();
    private final List<FileFailure> expired = new ArrayList<>();
    private final Set<TargetId> unknownTargets = new TreeSet<>();
    private long withoutMessageId;
    private long inPacks;

    /** @param targets those that lines of {@code webhooks.txt} name */
    ImportedFiles(OriginalFiles original, UploadLog log, Set<TargetId> targets, Instant now) {
        this.original = original;
        this.log = log;
        this.targets = targets;
        this.now = now;
    }

    /** Entries that say nothing that could be followed. */
    List<FileFailure> skipped() {
        return skipped;
    }

    /** Entries that can no longer be read: their links have ended, and their messages are not known. */
    List<FileFailure> expired() {
        return expired;
    }

    /** Targets that parts lie on and that no line of {@code webhooks.txt} names. */
    Set<TargetId> unknownTargets() {
        return unknownTargets;
    }

    /** How many entries have a part whose message is not known. */
    long withoutMessageId() {
        return withoutMessageId;
    }

    /** How many entries dsync wrote of files that lie in packs: they are no matter of an import. */
    long inPacks() {
        return inPacks;
    }

    @Override
    public void forEach(Consumer<ClassicFile> consumer) throws IOException {
        original.read(new OriginalFiles.Listener() {
            @Override
            public void file(OriginalFile file) {
                try {
                    consumer.accept(translate(file));
                } catch (UselessException e) {
                    senseless(file.path(), Objects.requireNonNull(e.getMessage()));
                }
            }

            @Override
            public void inPacks(String path) {
                inPacks++;
            }

            @Override
            public void senseless(String path, String reason) {
                skipped.add(new FileFailure(path, reason));
            }
        });
    }

    private ClassicFile translate(OriginalFile file) throws UselessException {
        RelativePath path = path(file.path());
        List<ClassicFile.Part> parts = new ArrayList<>();
        boolean unknownMessage = false;
        boolean ended = false;
        for (OriginalFile.Chunk chunk : file.chunks()) {
            ClassicFile.Part part = part(chunk, parts.size());
            BlobAddress address = part.copy().address();
            boolean lasting = Attachments.isLasting(address);
            unknownMessage |= !lasting;
            ended |= !lasting && Attachments.ends(address).isBefore(now);
            parts.add(part);
        }
        parts.stream()
                .map(part -> part.copy().target())
                .filter(target -> !targets.contains(target))
                .forEach(unknownTargets::add);
        withoutMessageId += unknownMessage ? 1 : 0;
        if (ended) {
            expired.add(new FileFailure(
                    file.path(),
                    "a link has ended and its message is not known: import again with --upload-log logs/upload.log,"
                            + " or copy the current link of each part from Discord into files.json and import again"));
        }
        ContentLayout layout = ContentLayout.classic(file.compressed(), file.encrypted());
        return new ClassicFile(
                path, file.size(), sha256(file.sha256()), file.created().orElse(now), layout, file.deleted(), parts);
    }

    private static RelativePath path(String written) throws UselessException {
        try {
            RelativePath path = RelativePath.of(written);
            if (path.isRoot() || written.matches("[A-Za-z]:.*")) {
                throw new UselessException("it is no path in the synced folder");
            }
            return path;
        } catch (IllegalArgumentException e) {
            throw new UselessException("it is no path in the synced folder: " + e.getMessage());
        }
    }

    private ClassicFile.Part part(OriginalFile.Chunk chunk, int index) throws UselessException {
        Optional<String> attachment = chunk.attachmentId().or(() -> Attachments.attachmentId(chunk.cdnUrl()));
        Optional<UploadLog.Reply> reply = attachment.flatMap(log::find);
        Optional<TargetId> target = Attachments.target(chunk.webhookUrl())
                .or(() -> reply.flatMap(known -> Attachments.targetOf(known.webhookId())));
        if (target.isEmpty()) {
            throw new UselessException("its chunk " + index + " names no webhook");
        }
        Optional<String> message = chunk.messageId().or(() -> reply.map(UploadLog.Reply::messageId));
        Optional<BlobAddress> address = message.isPresent() && attachment.isPresent()
                ? Attachments.address(message.get(), attachment.get())
                : Optional.empty();
        Optional<BlobAddress> place = address.or(() -> Attachments.linkAddress(chunk.cdnUrl()));
        if (place.isEmpty()) {
            throw new UselessException("its chunk " + index + " has no link to an attachment on Discord");
        }
        long bytes = reply.map(UploadLog.Reply::bytes).orElse(0L);
        int size = bytes > 0 && bytes <= PackFormat.MAX_PACK_SIZE ? (int) bytes : 0;
        return new ClassicFile.Part(sha256(chunk.sha256()), size, new StoredCopy(target.get(), place.get()));
    }

    private static Sha256 sha256(String hex) {
        return Sha256.of(HexFormat.of().parseHex(hex));
    }
}
