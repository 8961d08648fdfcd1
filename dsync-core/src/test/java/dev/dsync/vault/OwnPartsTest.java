package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions;
import dev.dsync.chunk.FixedSizeChunker;
import dev.dsync.codec.Compression;
import dev.dsync.codec.InvertingCodec;
import dev.dsync.pack.PackFormat;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.Treatments;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application may bring a codec and a chunker of its own. */
class OwnPartsTest {

    private static final String TEXT = "one line of text\n".repeat(1000);

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);

    @TempDir
    Path temp;

    private TestVault home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestVault(temp.resolve("home"), 1, new MemoryBackend(new TargetId("memory:a"), LIMITS));
        Files.writeString(home.synced().resolve("note.txt"), TEXT);
    }

    @Test
    void whatAnOwnCodecStoredComesBackThroughIt() throws Exception {
        home.opening(builder -> builder.codec(new InvertingCodec()));
        home.treating(Treatments.all(Compression.with(new InvertingCodec()))).sync();
        home.close();
        home.restore(temp.resolve("back"));
        assertThat(temp.resolve("back/note.txt")).hasContent(TEXT);
    }

    @Test
    void withoutThatCodecTheFileFailsAndSaysWhatIsMissing() throws Exception {
        home.opening(builder -> builder.codec(new InvertingCodec()));
        home.treating(Treatments.all(Compression.with(new InvertingCodec()))).sync();
        RestoreReport report = home.opening(builder -> builder).restore(temp.resolve("back"));
        assertThat(report.failed()).singleElement().asString().contains("note.txt", "codec 200");
        assertThat(temp.resolve("back/note.txt")).doesNotExist();
    }

    @Test
    void ownChunkerDecidesWhereFilesAreCut() throws Exception {
        home.opening(builder -> builder.chunker(new FixedSizeChunker(1000))).sync();
        assertThat(chunks()).isEqualTo(17);
        home.opening(builder -> builder).restore(temp.resolve("back"));
        assertThat(temp.resolve("back/note.txt")).hasContent(TEXT);
    }

    private int chunks() throws Exception {
        Versions versions = home.vault().catalog().versions();
        Version note =
                versions.newest(RelativePath.of("note.txt")).orElseThrow().version();
        return versions.chunks(note).size();
    }

    @Test
    void chunkerOfTooLargeChunksIsRefused() {
        FixedSizeChunker large = new FixedSizeChunker(PackFormat.MAX_CHUNK_BYTES + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vault.in(temp).chunker(large))
                .withMessageContaining("4194304");
    }
}
