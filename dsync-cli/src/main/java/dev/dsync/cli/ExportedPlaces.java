package dev.dsync.cli;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.discord.Attachments;
import dev.dsync.metadata.StoredPlace;
import dev.dsync.metadata.StoredPlaces;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.storage.BlobLinks;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where blobs lie, for files.json. Links last a day and a home forgets them with the process, so the home remembers the
 * last one of each blob.
 */
final class ExportedPlaces implements StoredPlaces {

    /** How many of a blob's links are asked for anew. */
    enum Links {
        /** None: those known will do. */
        KNOWN,
        /** All that are not good any more. */
        FRESH
    }

    private final Vault vault;
    private final Map<TargetId, String> lines;
    private final boolean withSecrets;
    private final Links links;
    private final boolean mayWrite;
    private final Map<StoredCopy, Optional<String>> known = new HashMap<>();
    private long withoutLink;

    /**
     * @param withSecrets whether webhook URLs are told in full
     * @param mayWrite whether the home is open to remember links
     */
    ExportedPlaces(Vault vault, boolean withSecrets, Links links, boolean mayWrite) {
        this.vault = vault;
        this.lines = vault.targetLines();
        this.withSecrets = withSecrets;
        this.links = links;
        this.mayWrite = mayWrite;
    }

    /** How many blobs have no link that can be told. */
    long withoutLink() {
        return withoutLink;
    }

    @Override
    public boolean isInReach(StoredCopy copy) {
        return lines.containsKey(copy.target());
    }

    @Override
    public StoredPlace of(StoredPack pack, StoredCopy copy) throws IOException {
        Optional<String> link = known.get(copy);
        if (link == null) {
            link = link(copy);
            known.put(copy, link);
        }
        withoutLink += link.isPresent() ? 0 : 1;
        Optional<Map.Entry<String, String>> numbers = Attachments.numbers(copy.address());
        return new StoredPlace(
                target(copy.target()), link, numbers.map(Map.Entry::getKey), numbers.map(Map.Entry::getValue));
    }

    private String target(TargetId target) {
        boolean discord = target.kind().equals("discord");
        String line = lines.get(target);
        if (line != null && (withSecrets || !discord)) {
            return line;
        }
        return discord ? Attachments.masked(target) : target.value();
    }

    private Optional<String> link(StoredCopy copy) throws StorageException {
        Optional<BlobLinks> target = vault.linksOf(copy.target());
        HomeFacts home = new HomeFacts(vault.catalog().home());
        Optional<String> remembered = home.link(copy);
        Optional<String> link = target.isPresent() ? link(target.get(), copy) : Optional.empty();
        if (mayWrite && link.isPresent() && !link.equals(remembered)) {
            home.setLink(copy, link.get());
        }
        return link.or(() -> remembered);
    }

    private Optional<String> link(BlobLinks target, StoredCopy copy) throws StorageException {
        if (links == Links.FRESH && Attachments.isLasting(copy.address())) {
            try {
                return Optional.of(target.freshLink(copy.address()));
            } catch (BlobNotFoundException e) {
                // A check tells what is lost; the list of files is still of use.
                return Optional.empty();
            }
        }
        return target.knownLink(copy.address());
    }
}
