package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.path;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What another process does with a catalog while a test has it open. */
final class OtherProcess {

    private OtherProcess() {}

    /** Runs one of the methods below in a Java of its own and returns what it printed. */
    static String run(String what, Path state) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        OtherProcess.class.getName(),
                        what,
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.strip();
    }

    public static void main(String[] arguments) {
        Path state = Path.of(arguments[1]);
        if (arguments[0].equals("read")) {
            read(state);
        } else {
            writeAndCrash(state);
        }
    }

    private static void read(Path state) {
        try (Catalog catalog = SqliteCatalog.openReadOnly(state)) {
            System.out.println(
                    CatalogSamples.all(catalog.versions().liveBelow(path(""))).size() + " live");
        }
    }

    private static void writeAndCrash(Path state) {
        Catalog catalog = SqliteCatalog.open(state);
        catalog.versions().record(file("flushed", 1), chunks(10), UNSEEN);
        catalog.flush();
        for (int i = 0; i < 50_000; i++) {
            catalog.versions().record(file("lost/" + i, i), chunks(10), UNSEEN);
        }
        System.out.println("crashing");
        Runtime.getRuntime().halt(1);
    }
}
