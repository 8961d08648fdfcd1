package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Version;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/files}: files come in, land in the synced folder, and are synced at once. Waits for that, within reason,
 * unless asked not to ({@code Prefer: respond-async}).
 */
final class Uploads {

    /** No connection should hang longer without a byte. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What stays free on the disk: the catalog, and others, need some. */
    private static final long LEAVE_FREE = 16L << 20;

    private final VaultDoor door;
    private final FreshFiles fresh;
    private final DashboardSettings settings;
    private final Temporaries temporaries;

    Uploads(VaultDoor door, FreshFiles fresh, DashboardSettings settings) {
        this.door = door;
        this.fresh = fresh;
        this.settings = settings;
        this.temporaries = new Temporaries(settings.random());
    }

    /** Removes what a dashboard that was killed left half done. */
    void sweep() throws IOException {
        temporaries.sweep(door.syncedFolder());
    }

    void receive(Context context) throws IOException, InterruptedException {
        MultipartForm form = MultipartForm.of(context.header("Content-Type"));
        Path root = door.syncedFolder();
        requireRoom(root, context.req().getContentLengthLong());
        List<FreshFile> landed;
        try (Incoming incoming = new Incoming(root, context.queryParam("name"))) {
            String folder = context.queryParam("path");
            if (folder != null) {
                incoming.field("path", folder);
            }
            form.read(context.req().getInputStream(), incoming);
            landed = incoming.land();
        }
        CompletableFuture<?> synced = fresh.store(landed);
        String why = "respond-async".equals(context.header("Prefer")) ? "it is being stored" : await(synced);
        Json.answer(context, 201, told(landed, why));
    }

    private static void requireRoom(Path root, long wanted) throws IOException {
        Path there = root;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        if (wanted > free - LEAVE_FREE) {
            throw new ApiException(
                    507,
                    "disk_full",
                    "this needs " + wanted + " bytes, and the disk of " + root + " has " + free
                            + " left: free some space, then try again");
        }
    }

    /** Waits for a sync; returns why it did not come to its end, or nothing. */
    private String await(CompletableFuture<?> synced) throws InterruptedException {
        try {
            synced.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return "";
        } catch (TimeoutException e) {
            return "storing takes longer: it goes on";
        } catch (ExecutionException e) {
            return settings.redaction().apply(Failure.of(e).detail());
        }
    }

    private ObjectNode told(List<FreshFile> landed, String why) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode files = answer.putArray("files");
        boolean all = true;
        for (FreshFile file : landed) {
            RelativePath path = file.path();
            boolean stored =
                    why.isEmpty() && door.read(vault -> isStored(vault, path)).orElse(false);
            all &= stored;
            files.addObject()
                    .put("path", path.value())
                    .put("size", file.size())
                    .put("modified", file.modified().toString())
                    .put("stored", stored);
        }
        answer.put("path", landed.get(0).path().value()).put("stored", all);
        if (!all) {
            answer.put("why", why.isEmpty() ? "it is in the synced folder, but a sync leaves it out" : why);
        }
        return answer;
    }

    private static boolean isStored(Vault vault, RelativePath path) {
        return vault.catalog()
                .versions()
                .at(path, Version.UNCOMMITTED)
                .filter(version -> !version.deleted())
                .isPresent();
    }

    /** The files of one request, none of which lands before all are there. */
    private final class Incoming implements MultipartForm.Receiver, Closeable {

        private final Path root;
        private final @Nullable String name;
        private final List<Arrival> arrivals = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private String folder = "";

        Incoming(Path root, @Nullable String name) {
            this.root = root;
            this.name = name;
        }

        @Override
        public void field(String field, String value) {
            if (field.equals("path")) {
                folder = value;
            }
        }

        @Override
        public void fileBegins(String fileName) throws IOException {
            names.add(names.isEmpty() && name != null ? name : fileName);
            arrivals.add(new Arrival(root, temporaries.next()));
        }

        private Arrival current() {
            return arrivals.get(arrivals.size() - 1);
        }

        @Override
        public void fileContent(ByteBuffer bytes) throws IOException {
            current().write(bytes);
        }

        @Override
        public void fileEnds() {
            // It lands when the whole form is there: the folder may come last.
        }

        List<FreshFile> land() throws IOException {
            if (arrivals.isEmpty()) {
                throw ApiException.badRequest("file", "the form has no part named file");
            }
            RelativePath parent = Paths.parse(folder);
            List<RelativePath> paths = new ArrayList<>();
            for (String each : names) {
                paths.add(child(parent, each));
            }
            List<FreshFile> landed = new ArrayList<>();
            try {
                for (int i = 0; i < paths.size(); i++) {
                    fresh.expect(root, paths.get(i));
                    landed.add(arrivals.get(i).land(paths.get(i)));
                }
            } catch (IOException | RuntimeException e) {
                for (FreshFile each : landed) {
                    each.takeBack();
                }
                throw e;
            }
            return landed;
        }

        private RelativePath child(RelativePath parent, String fileName) {
            try {
                return parent.resolve(fileName);
            } catch (IllegalArgumentException e) {
                throw ApiException.badRequest("name", "this cannot be a file's name: " + e.getMessage());
            }
        }

        @Override
        public void close() throws IOException {
            Optional<IOException> failure = Optional.empty();
            for (Arrival arrival : arrivals) {
                try {
                    arrival.close();
                } catch (IOException e) {
                    failure = Optional.of(e);
                }
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
