package example;

import dev.dsync.catalog.Version;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that keeps its notes in a vault, looks at what they were, and reads from the middle of one. */
public final class KeepNotes {

    private static final RelativePath NOTE = RelativePath.of("today.txt");

    private KeepNotes() {}

    /** @param args the home: a folder for the vault's key, its state and, if webhooks.txt names no target, its storage */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Files.createDirectories(Path.of(args[0]));
        Path notes = Files.createDirectories(home.resolve("notes"));
        try (Vault vault = Vault.in(home).notices(System.out::println).open()) {
            vault.setSyncedFolder(notes, false);
            for (String line : List.of("buy milk\n", "call Ada\n")) {
                Files.writeString(notes.resolve(NOTE.value()), line);
                vault.sync(SyncOptions.standard(), ExcludeRules.NONE, KeepNotes::tell);
            }

            List<Version> history = vault.catalog().versions().history(NOTE);
            System.out.println(NOTE.value() + " has had " + history.size() + " versions");
            String name = readFromTheMiddle(vault, history.get(history.size() - 1));
            if (!name.equals("Ada")) {
                throw new AssertionError("read '" + name + "'");
            }
            vault.restore(RestoreOptions.everythingTo(home.resolve("copy")), RestoreEvent.Listener.SILENT);
            System.out.println("a copy lies in " + home.resolve("copy"));
        }
    }

    private static void tell(SyncEvent event) {
        if (event instanceof SyncEvent.FileStored stored) {
            System.out.println(stored.path().value() + " is stored");
        } else if (event instanceof SyncEvent.Committed committed) {
            System.out.println("commit " + committed.sequence());
        }
    }

    /** Only the chunks that hold these bytes are fetched. */
    private static String readFromTheMiddle(Vault vault, Version version) throws IOException {
        ByteBuffer name = ByteBuffer.allocate(3);
        try (SeekableByteChannel content = vault.content(version).channel()) {
            content.position("call ".length());
            content.read(name);
        }
        return StandardCharsets.UTF_8.decode(name.flip()).toString();
    }
}
