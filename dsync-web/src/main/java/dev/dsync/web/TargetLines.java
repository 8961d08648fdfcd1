package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.storage.StorageException;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.TargetInspection;
import dev.dsync.vault.TargetInspection.Found;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Lines of {@code webhooks.txt}, tried out and added. They hold secrets, so none ever comes back. */
final class TargetLines {

    private final DashboardSettings settings;
    private final VaultDoor door;
    private final Activity activity;
    private final Feed feed;

    TargetLines(DashboardSettings settings, VaultDoor door, Activity activity, Feed feed) {
        this.settings = settings;
        this.door = door;
        this.activity = activity;
        this.feed = feed;
    }

    /** {@code POST /api/targets/test}: whether a line names a target that works. */
    void test(Context context) throws IOException {
        Json.answer(context, told(test(line(context))));
    }

    private Found test(String line) throws IOException {
        try {
            return new TargetInspection(settings.vault().get()).test(line);
        } catch (ConfigurationException e) {
            String found = settings.redaction().apply(String.valueOf(e.getMessage()));
            throw ApiException.badRequest("line", found.replaceFirst("^.*, line 0: ", ""));
        }
    }

    private ObjectNode told(Found found) {
        ObjectNode told = Json.object()
                .put("ok", found.trouble().isEmpty())
                .put("id", found.id().map(Object::toString).orElse(null))
                .put("why", found.trouble().map(this::why).orElse(null));
        found.place()
                .ifPresent(place -> told.put("service", place.service())
                        .put("account", place.account())
                        .put("channel", place.lane()));
        found.trial()
                .ifPresent(trial -> told.put("put_seconds", trial.put().toMillis() / 1000.0)
                        .put("read_seconds", trial.read().toMillis() / 1000.0));
        return told;
    }

    private String why(StorageException trouble) {
        return settings.redaction().apply(String.valueOf(trouble.getMessage()));
    }

    /** {@code POST /api/targets}: adds a line, once it works. */
    void add(Context context) throws IOException {
        String line = line(context);
        Found found = test(line);
        if (found.trouble().isPresent()) {
            throw new ApiException(409, "target", why(found.trouble().get()));
        }
        append(line);
        door.refresh();
        String name = found.id().map(Object::toString).orElse("a target");
        activity.done("added " + name);
        feed.publish("state", Json.object());
        Json.answer(context, 201, told(found));
    }

    private synchronized void append(String line) throws IOException {
        Path file = settings.home().targetLines();
        String before;
        try {
            before = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            Files.createFile(file);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            before = "";
        }
        if (before.lines().map(String::strip).anyMatch(line::equals)) {
            throw new ApiException(409, "known", "webhooks.txt has this line already");
        }
        String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        Files.write(
                file,
                List.of(separator.isEmpty() ? line : separator + line),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
    }

    private static String line(Context context) {
        String line = Json.body(context).path("line").asText("").strip();
        if (line.isEmpty() || line.startsWith("#") || line.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest("line", "give one webhook URL, or file:FOLDER");
        }
        return line;
    }
}
