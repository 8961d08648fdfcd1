package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.CommitLog;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.FilesAtStake;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/losses}: how many files the loss of each target would cost. Worked out once for each commit; of a vault
 * so large that this took more than seconds, nothing is told.
 */
final class Losses {

    private static final long MOST_CHUNKS = 200_000;

    private final VaultDoor door;
    private @Nullable Known known;

    private record Known(long sequence, ObjectNode answer) {}

    Losses(VaultDoor door) {
        this.door = door;
    }

    void send(Context context) throws IOException {
        Json.answer(context, door.read(this::told).orElseGet(() -> told(Optional.of(Map.of()))));
    }

    private synchronized ObjectNode told(Vault vault) {
        long newest = vault.catalog()
                .commits()
                .head()
                .map(CommitLog.Head::info)
                .map(info -> info.sequence())
                .orElse(0L);
        Known before = known;
        if (before == null || before.sequence() != newest) {
            before = new Known(newest, told(new FilesAtStake(vault.catalog(), MOST_CHUNKS).count()));
            known = before;
        }
        return before.answer();
    }

    private static ObjectNode told(Optional<Map<TargetId, Long>> files) {
        ObjectNode answer = Json.object().put("complete", files.isPresent());
        ArrayNode targets = answer.putArray("targets");
        files.orElse(Map.of())
                .forEach((target, count) ->
                        targets.addObject().put("id", target.value()).put("files", count));
        return answer;
    }
}
