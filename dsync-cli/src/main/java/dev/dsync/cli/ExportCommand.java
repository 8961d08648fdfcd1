package dev.dsync.cli;

import dev.dsync.cli.ExportedPlaces.Links;
import dev.dsync.metadata.JsonExport.Written;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes files.json and folders.json. */
@Command(
        name = "export",
        sortOptions = false,
        header = "Write files.json and folders.json, as the original d-sync lists files and folders.",
        description = {
            "A sync that changed something writes them too, unless export_json is false or there are more than 100,000"
                    + " files.",
            "With secrets, links to attachments are made anew, and the original d-sync can restore what was stored with"
                    + " --layout classic for as long as they last, a day."
        },
        footerHeading = "%nExample:%n",
        footer = "  dsync export --with-secrets     then delete files.json once it was used")
final class ExportCommand implements Task {

    @Option(
            names = "--with-secrets",
            description = "Tell webhook URLs in full. Whoever reads them can delete your files.")
    private boolean withSecrets;

    @Override
    public Answer run(Session session) throws IOException {
        if (!withSecrets) {
            try (Vault vault = session.openReadOnly()) {
                ExportedPlaces places = new ExportedPlaces(vault, false, Links.KNOWN, false);
                return new Exported(new Export(session, vault).write(places), places.withoutLink());
            }
        }
        try (Vault vault = session.openExisting()) {
            ExportedPlaces places = new ExportedPlaces(vault, true, Links.FRESH, true);
            Written written = new Export(session, vault).write(places);
            vault.catalog().flush();
            return new Exported(written, places.withoutLink());
        }
    }

    /** What was written. */
    private record Exported(Written written, long withoutLink) implements Answer {

        @Override
        public Exit exit() {
            return Exit.DONE;
        }

        @Override
        public void toProgram(JsonFields json) {
            json.put("files", written.files()).put("folders", written.folders()).put("without_link", withoutLink);
        }

        @Override
        public void toPeople(PrintStream text) {
            text.printf(
                    "wrote files.json with %s and folders.json with %s%n",
                    Lines.count(written.files(), "file"), Lines.count(written.folders(), "folder"));
            if (withoutLink > 0) {
                text.printf("%s without a link that is known%n", Lines.count(withoutLink, "piece"));
            }
        }

        @Override
        public boolean isContent() {
            return false;
        }
    }
}
