package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.SealedDigests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The fields of an entry that say of what a file is made and where that lies. */
final class ExportedContent {

    private final Catalog catalog;
    private final StoredPlaces places;
    private final SealedDigests digests;
    private final PacksAtHand packs;

    ExportedContent(Catalog catalog, StoredPlaces places) {
        this.catalog = catalog;
        this.places = places;
        this.digests = new SealedDigests(catalog.home());
        this.packs =
                new PacksAtHand(catalog, found -> found.pack().copies().stream().anyMatch(places::isInReach));
    }

    /** Whether it is compressed and encrypted, and its pieces in order. */
    void write(JsonGenerator json, Version version) throws IOException {
        ChunkList chunks = catalog.versions().chunks(version);
        boolean classic = version.layout().classic();
        boolean compressed = version.layout().compressed();
        boolean encrypted = version.layout().encrypted();
        List<Optional<ChunkPlace>> pieces = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            Optional<ChunkPlace> place = packs.place(chunk);
            pieces.add(place);
            compressed |= !classic
                    && place.filter(found -> found.entry().codec() != CodecId.RAW)
                            .isPresent();
            encrypted |= !classic
                    && place.filter(found -> found.pack().suite() != Suite.NONE).isPresent();
        }
        json.writeBooleanField("compressed", compressed);
        json.writeBooleanField("encrypted", encrypted);
        json.writeArrayFieldStart("chunks");
        for (int i = 0; i < pieces.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("chunk_index", i);
            if (pieces.get(i).isPresent()) {
                write(json, pieces.get(i).get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Where a folder's record lies. */
    void writeRecord(JsonGenerator json, Version folder) throws IOException {
        Optional<StoredPlace> place = Optional.empty();
        for (ChunkId chunk : catalog.versions().chunks(folder)) {
            Optional<ChunkPlace> record = packs.place(chunk);
            Optional<StoredCopy> copy = record.flatMap(found -> copy(found.pack()));
            if (record.isPresent() && copy.isPresent()) {
                place = Optional.of(places.of(record.get().pack(), copy.get()));
            }
        }
        text(json, "cdn_url", place.flatMap(StoredPlace::cdnUrl));
        if (place.isPresent()) {
            text(json, "message_id", place.get().messageId());
            text(json, "attachment_id", place.get().attachmentId());
        }
    }

    private void write(JsonGenerator json, ChunkPlace piece) throws IOException {
        StoredPack pack = piece.pack();
        Optional<StoredPlace> place = Optional.empty();
        Optional<StoredCopy> copy = copy(pack);
        if (copy.isPresent()) {
            place = Optional.of(places.of(pack, copy.get()));
        }
        boolean classic = pack.kind() == PackKind.CLASSIC;
        Optional<String> digest = classic
                ? Optional.of(pack.id().toString())
                : digests.of(pack.id(), piece.entry()).map(Sha256::toString);
        text(json, "chunk_hash", digest);
        text(json, "webhook_url", place.map(StoredPlace::webhookUrl));
        text(json, "cdn_url", place.flatMap(StoredPlace::cdnUrl));
        text(json, "message_id", place.flatMap(StoredPlace::messageId));
        text(json, "attachment_id", place.flatMap(StoredPlace::attachmentId));
        if (!classic) {
            json.writeNumberField("pack_offset", piece.entry().offset());
            json.writeNumberField("pack_length", piece.entry().sealedLength(pack.suite()));
        }
    }

    private Optional<StoredCopy> copy(StoredPack pack) {
        return pack.copies().stream().min(Comparator.comparing(copy -> !places.isInReach(copy)));
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }
}
