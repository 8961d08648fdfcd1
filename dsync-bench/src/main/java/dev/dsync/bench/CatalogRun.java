package dev.dsync.bench;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Fills a catalog, and asks it what syncs, listings and restores ask; the catalog is opened anew before the questions. */
final class CatalogRun {

    /** Single questions of a kind: enough to be timed, few enough for a large catalog on a slow disk. */
    private static final int QUESTIONS = 20_000;

    /** One file in this many is changed after the first commits. */
    private static final int CHANGED_SHARE = 100;

    /** Where chunks and packs are; what is not, is about paths. */
    private static final String CHUNK_TABLES = "'chunk_block', 'chunk_at', 'pack', 'pack_sequence', "
            + "'pack_copies_sequence', 'pack_removed_sequence', 'sqlite_autoindex_pack_1', 'copy'";

    private final CatalogProvider provider =
            ServiceLoader.load(CatalogProvider.class).findFirst().orElseThrow();
    private final ManyFiles many;
    private final Path folder;
    private final Random random = new Random(9);
    private final List<CatalogFigures.Step> steps = new ArrayList<>();

    /** @param folder an empty one */
    CatalogRun(ManyFiles many, Path folder) {
        this.many = many;
        this.folder = folder;
    }

    CatalogFigures run() throws IOException {
        PeakMemory.reset();
        int[] commits = new int[1];
        try (Catalog catalog = provider.open(folder)) {
            time("files recorded, with chunks and commits", many.files(), unused -> commits[0] = many.record(catalog));
        }
        long bytes = Files.size(database());
        long chunkBytes = chunkBytes();
        try (Catalog catalog = provider.open(folder)) {
            askAboutChunks(catalog);
            askAboutPaths(catalog);
            askAboutAll(catalog);
            change(catalog, commits[0] + 1);
        }
        return new CatalogFigures(
                many.files(),
                many.chunks(),
                many.packChunks(),
                commits[0],
                Runtime.getRuntime().maxMemory(),
                List.copyOf(steps),
                bytes,
                (double) (bytes - chunkBytes) / many.files(),
                (double) chunkBytes / many.chunks(),
                PeakMemory.now());
    }

    private void askAboutChunks(Catalog catalog) {
        each(
                "chunk that is stored, at random: is it?",
                QUESTIONS,
                i -> require(catalog.packs().holds(ManyFiles.chunk(random.nextInt(many.chunks())))));
        each(
                "chunk that is not stored: is it?",
                QUESTIONS,
                i -> require(!catalog.packs().holds(ManyFiles.unknownChunk(i))));
        each(
                "chunk at random: where is it?",
                QUESTIONS,
                i -> require(!catalog.packs()
                        .locate(ManyFiles.chunk(random.nextInt(many.chunks())))
                        .isEmpty()));
    }

    private void askAboutPaths(Catalog catalog) {
        each(
                "path at random: newest version",
                QUESTIONS,
                i -> require(catalog.versions().newest(anyPath()).isPresent()));
        each(
                "path at random: chunks of the newest version",
                QUESTIONS,
                i -> catalog.versions()
                        .chunks(catalog.versions()
                                .newest(anyPath())
                                .orElseThrow()
                                .version()));
        each(
                "path at random: all its versions",
                QUESTIONS,
                i -> require(!catalog.versions().history(anyPath()).isEmpty()));
        each(
                "folder at random, of 100 files, listed",
                QUESTIONS / 20,
                i -> require(!catalog.versions()
                        .folder(anyPath().parent(), Version.UNCOMMITTED, Versions.Scope.LIVE)
                        .isEmpty()));
        each(
                "folder at random, compared by a sync",
                QUESTIONS / 20,
                i -> require(!catalog.versions().children(anyPath().parent()).isEmpty()));
    }

    private RelativePath anyPath() {
        return ManyFiles.path(random.nextInt(many.files()));
    }

    private void askAboutAll(Catalog catalog) {
        time("files walked, as by a listing of all", many.files(), files -> {
            try (Cursor<Versions.Listed> tree =
                    catalog.versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, Versions.Scope.LIVE)) {
                int walked = 0;
                while (tree.hasNext()) {
                    tree.next();
                    walked++;
                }
                require(walked >= files);
            }
        });
        time("totals of files and packs", 1, unused -> {
            require(catalog.versions().totals().files() == many.files());
            require(catalog.packs().totals().chunks() == many.chunks());
        });
    }

    private void change(Catalog catalog, int commit) {
        int changed = Math.max(1, many.files() / CHANGED_SHARE);
        time("files changed, with a commit", changed, count -> {
            for (int i = 0; i < count; i++) {
                Version old = catalog.versions()
                        .newest(ManyFiles.path(i * (many.files() / count)))
                        .orElseThrow()
                        .version();
                catalog.versions()
                        .record(
                                old.at(Version.UNCOMMITTED),
                                catalog.versions().chunks(old),
                                OptionalLong.of(random.nextLong()));
            }
            catalog.commits().assign(commit);
            catalog.flush();
        });
    }

    private Path database() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Asks SQLite how many of the database's pages belong to what. */
    private long chunkBytes() throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN (" + CHUNK_TABLES + ")")) {
            return sum.getLong(1);
        } catch (SQLException e) {
            throw new IOException("the catalog's database does not tell its sizes: " + e.getMessage(), e);
        }
    }

    private void each(String name, int count, IntConsumer question) {
        time(name, count, unused -> IntStream.range(0, count).forEach(question));
    }

    private void time(String name, int count, IntConsumer work) {
        long started = System.nanoTime();
        work.accept(count);
        steps.add(new CatalogFigures.Step(name, count, (System.nanoTime() - started) / 1e9));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the catalog gave an answer that is wrong");
        }
    }
}
