package dev.dsync.cli;

import dev.dsync.cli.settings.Keys;
import dev.dsync.metadata.JsonExport;
import dev.dsync.metadata.JsonExport.Written;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.vault.Home;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files.json and folders.json of a home. Never over the original's own: those are put aside. */
final class Export {

    /** With more files than this, only the command export writes them: they would be hundreds of megabytes each time. */
    private static final long MOST_FILES = 100_000;

    private static final String OURS = "\"written_by\"";
    private static final int BYTES_LOOKED_AT = 200;

    private final Session session;
    private final Vault vault;
    private final long mostFiles;

    Export(Session session, Vault vault) {
        this(session, vault, MOST_FILES);
    }

    /** @param mostFiles with more files than this, a sync writes nothing */
    Export(Session session, Vault vault, long mostFiles) {
        this.session = session;
        this.vault = vault;
        this.mostFiles = mostFiles;
    }

    /** What follows a sync that changed something. A failure is told and does not spoil the sync. */
    void after(SyncReport report) {
        boolean changed = report.bytesStored() > 0;
        if (!changed
                || !session.settings().get(Keys.EXPORT_JSON)
                || vault.catalog().versions().totals().files() > mostFiles) {
            return;
        }
        try {
            write(new ExportedPlaces(vault, false, ExportedPlaces.Links.KNOWN, true));
            vault.catalog().flush();
        } catch (IOException e) {
            session.output()
                    .notice("files.json could not be written: " + Failure.of(e).detail());
        }
    }

    /** Writes both files. */
    Written write(ExportedPlaces places) throws IOException {
        Home home = session.home();
        keepOriginal(home.filesJson());
        keepOriginal(home.foldersJson());
        return new JsonExport(
                        vault.catalog(),
                        places,
                        session.around().clock().getZone(),
                        session.around().clock().instant())
                .write(home.filesJson(), home.foldersJson());
    }

    /** What the original wrote may be all that tells where its files lie. */
    private void keepOriginal(Path place) throws IOException {
        if (!Files.exists(place) || isOurs(place)) {
            return;
        }
        String name = place.getFileName().toString().replace(".json", "");
        Path aside = place.resolveSibling(name + ".original.json");
        for (int number = 2; Files.exists(aside); number++) {
            aside = place.resolveSibling(name + ".original" + number + ".json");
        }
        Files.move(place, aside);
        session.output()
                .notice(place.getFileName() + " is not dsync's: it is kept as " + aside.getFileName()
                        + "; 'dsync import' adopts what the original d-sync stored");
    }

    private static boolean isOurs(Path place) throws IOException {
        try (InputStream in = Files.newInputStream(place)) {
            return new String(in.readNBytes(BYTES_LOOKED_AT), StandardCharsets.UTF_8).contains(OURS);
        }
    }
}
