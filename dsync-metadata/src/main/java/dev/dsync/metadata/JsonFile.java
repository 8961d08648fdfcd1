package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A JSON file while it is written: beside its place, for the user alone to read, and put in its place as a whole. */
final class JsonFile implements Closeable {

    /** What Python's json.dump makes of indent=2. */
    private static final Separators AS_PYTHON = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");

    private final Path place;
    private final Path temporary;
    private final FileChannel channel;
    private final JsonGenerator json;
    private boolean complete;

    JsonFile(Path place) throws IOException {
        this.place = place;
        this.temporary = place.resolveSibling("." + place.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        FileAttribute<?>[] mine =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        this.channel =
                FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        this.json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
                .setPrettyPrinter(new DefaultPrettyPrinter(AS_PYTHON)
                        .withObjectIndenter(lines)
                        .withArrayIndenter(lines));
    }

    JsonGenerator json() {
        return json;
    }

    /** Says that all is written; closing then puts the file in its place. */
    void complete() throws IOException {
        json.close();
        channel.force(true);
        complete = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (complete) {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(temporary);
        }
    }
}
