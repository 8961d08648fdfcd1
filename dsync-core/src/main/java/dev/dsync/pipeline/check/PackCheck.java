package dev.dsync.pipeline.check;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackException;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.content.ClassicParts;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import dev.dsync.pipeline.parts.SuspectCopies.What;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Checks packs, copy by copy, and reports what is wrong with them. Safe for use by many threads. */
final class PackCheck {

    /** What became of one copy. */
    private enum Outcome {
        GOOD,
        BAD,
        OUT_OF_REACH
    }

    /** Something wrong inside a copy; the chunk's entry if it is about a chunk. */
    private record Damage(Optional<PackEntry> entry, String detail) {}

    private final VaultParts vault;
    private final StoredPackReader reader;
    private final ClassicParts parts;
    private final Findings findings;
    private final Reach reach;
    private final AtomicLong chunks = new AtomicLong();

    PackCheck(VaultParts vault, Findings findings) {
        this.vault = vault;
        this.reader = new StoredPackReader(vault);
        this.parts = new ClassicParts(vault);
        this.findings = findings;
        this.reach = new Reach(vault);
    }

    /** Chunks read and verified so far. */
    long chunks() {
        return chunks.get();
    }

    /** One more chunk was read and verified, elsewhere. */
    void countChunk() {
        chunks.incrementAndGet();
    }

    /** Asks for each copy whether it is there and how long it is; reads nothing. */
    void present(StoredPack pack) {
        check(pack, copy -> present(pack, copy));
    }

    /**
     * Reads each copy whole and verifies all of it.
     *
     * @param recorded what the catalog says the pack holds; for packs of the catalog itself nothing does
     * @return bytes read
     */
    long sound(StoredPack pack, Optional<PackDirectory> recorded) {
        AtomicLong read = new AtomicLong();
        check(pack, copy -> {
            Outcome there = present(pack, copy);
            return there == Outcome.GOOD ? sound(pack, copy, recorded, read) : there;
        });
        return read.get();
    }

    private interface CopyCheck {
        Outcome check(StoredCopy copy);
    }

    private void check(StoredPack pack, CopyCheck check) {
        List<TargetId> outOfReach = new ArrayList<>();
        boolean good = false;
        boolean bad = false;
        for (StoredCopy copy : pack.copies()) {
            Reach.Standing standing = reach.of(copy.target());
            if (standing == Reach.Standing.RETIRED) {
                continue;
            }
            Outcome outcome = standing == Reach.Standing.IN_REACH ? check.check(copy) : Outcome.OUT_OF_REACH;
            good |= outcome == Outcome.GOOD;
            if (outcome == Outcome.BAD) {
                bad = true;
                What what = pack.kind() == PackKind.CATALOG ? What.CATALOG : What.DATA;
                findings.suspect(Suspect.pack(what, pack.id(), copy));
            } else if (outcome == Outcome.OUT_OF_REACH) {
                outOfReach.add(copy.target());
            }
        }
        if (good || !bad && outOfReach.isEmpty() && isReplaced(pack)) {
            return;
        }
        findings.lost(pack.id());
        if (!outOfReach.isEmpty()) {
            report(
                    pack,
                    Kind.PACK_UNREACHABLE,
                    Optional.empty(),
                    "it lies on " + outOfReach.stream().map(TargetId::value).collect(Collectors.joining(" and "))
                            + ", which cannot be reached or which no line of webhooks.txt names."
                            + " Bring the target or its line back; if it is gone for good, 'dsync sync --again .'"
                            + " stores anew what the synced folder still has");
        } else if (!bad) {
            report(pack, Kind.PACK_MISSING, Optional.empty(), "no copy of it is left on any target");
        }
    }

    /** Whether a pack that went with its targets is missed by nobody, because a sync has stored its content again. */
    private boolean isReplaced(StoredPack pack) {
        return pack.kind() != PackKind.CATALOG && new PackTrust(vault, reach).replaces(pack.id());
    }

    private Outcome present(StoredPack pack, StoredCopy copy) {
        Optional<OptionalLong> answer = vault.pool().size(copy);
        if (answer.isEmpty()) {
            return Outcome.OUT_OF_REACH;
        }
        OptionalLong found = answer.get();
        if (found.isEmpty()) {
            report(pack, Kind.PACK_MISSING, Optional.of(copy.target()), "blob " + copy.address() + " is gone");
            return Outcome.BAD;
        }
        if (found.getAsLong() != pack.size() && pack.size() > 0) {
            report(
                    pack,
                    Kind.PACK_SIZE,
                    Optional.of(copy.target()),
                    "blob " + copy.address() + " has " + found.getAsLong() + " bytes, stored were " + pack.size());
            return Outcome.BAD;
        }
        return Outcome.GOOD;
    }

    /** What is damaged is fetched once more before it counts. */
    private Outcome sound(StoredPack pack, StoredCopy copy, Optional<PackDirectory> recorded, AtomicLong read) {
        List<Damage> damage = List.of();
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                if (pack.kind() == PackKind.CLASSIC) {
                    read.addAndGet(parts.sound(pack, List.of(copy)).remaining());
                    chunks.incrementAndGet();
                    return Outcome.GOOD;
                }
                ByteBuffer bytes =
                        attempt == 0 ? reader.fetch(List.of(copy), pack.size()) : reader.fetchAnew(copy, pack.size());
                read.addAndGet(bytes.remaining());
                damage = damage(pack, recorded, bytes);
            } catch (BlobNotFoundException e) {
                report(pack, Kind.PACK_MISSING, Optional.of(copy.target()), String.valueOf(e.getMessage()));
                return Outcome.BAD;
            } catch (StorageException e) {
                return Outcome.OUT_OF_REACH;
            } catch (IOException e) {
                damage = List.of(new Damage(Optional.empty(), String.valueOf(e.getMessage())));
            }
            if (damage.isEmpty()) {
                return Outcome.GOOD;
            }
        }
        damage.forEach(one -> report(pack, copy, one));
        return Outcome.BAD;
    }

    /** Whether these bytes are the pack, all of it sound. */
    boolean isSound(StoredPack pack, PackDirectory recorded, ByteBuffer bytes) throws IOException {
        return damage(pack, Optional.of(recorded), bytes).isEmpty();
    }

    private List<Damage> damage(StoredPack pack, Optional<PackDirectory> recorded, ByteBuffer bytes)
            throws IOException {
        List<Damage> damage = new ArrayList<>();
        Optional<PackDirectory> own = Optional.empty();
        try {
            own = Optional.of(reader.directory(pack.id(), bytes));
            if (recorded.isPresent() && !recorded.equals(own)) {
                damage.add(new Damage(Optional.empty(), "its directory says other things than the catalog"));
            }
        } catch (PackException e) {
            damage.add(new Damage(Optional.empty(), String.valueOf(e.getMessage())));
        }
        Optional<PackDirectory> directory = recorded.isPresent() ? recorded : own;
        if (directory.isPresent()) {
            verifyChunks(pack, directory.get(), bytes, damage);
        }
        return damage;
    }

    private void verifyChunks(StoredPack pack, PackDirectory directory, ByteBuffer bytes, List<Damage> damage) {
        try (PackReader opener = reader.opener(pack)) {
            for (PackEntry entry : directory.entries()) {
                try {
                    reader.open(opener, pack.suite(), entry, bytes, 0);
                    chunks.incrementAndGet();
                } catch (PackException | CorruptChunkException e) {
                    damage.add(new Damage(Optional.of(entry), damage(entry, e)));
                }
            }
        }
    }

    private static String damage(PackEntry entry, IOException found) {
        return found instanceof DamagedPackException
                ? String.valueOf(found.getMessage())
                : "chunk " + entry.index() + ": " + found.getMessage();
    }

    private void report(StoredPack pack, StoredCopy copy, Damage damage) {
        if (damage.entry().isEmpty()) {
            report(pack, Kind.PACK_DAMAGED, Optional.of(copy.target()), damage.detail());
            return;
        }
        PackEntry entry = damage.entry().get();
        CheckProblem problem = new CheckProblem(
                Kind.CHUNK_DAMAGED,
                Optional.of(copy.target()),
                Optional.of(pack.id()),
                OptionalInt.of(entry.index()),
                List.of(),
                "on target " + copy.target() + ": " + damage.detail());
        findings.add(problem, entry.id());
    }

    private void report(StoredPack pack, Kind kind, Optional<TargetId> target, String detail) {
        String where = target.map(id -> "on target " + id + ": ").orElse("");
        findings.add(
                new CheckProblem(kind, target, Optional.of(pack.id()), OptionalInt.empty(), List.of(), where + detail));
    }
}
