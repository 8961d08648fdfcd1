package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.StatusReport;
import dev.dsync.vault.StatusReport.TargetStatus;
import dev.dsync.vault.TargetDetail;
import dev.dsync.vault.TargetInspection;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/status}: what the vault comes to, field by field as the command says it, and more of its targets. */
final class Status {

    private final VaultDoor door;
    private final DashboardSettings settings;
    private final TargetNews news;

    Status(VaultDoor door, DashboardSettings settings, TargetNews news) {
        this.door = door;
        this.settings = settings;
        this.news = news;
    }

    void send(Context context) throws IOException {
        Path folder = door.syncedFolder();
        Optional<ObjectNode> status = door.read(vault -> told(vault, folder));
        Json.answer(context, status.isPresent() ? status.get() : before(folder));
    }

    private ObjectNode told(Vault vault, Path folder) {
        StatusReport report = vault.status();
        ObjectNode answer = totals(report, folder);
        Map<TargetId, TargetDetail> details = new HashMap<>();
        vault.targetDetails().forEach(detail -> details.put(detail.id(), detail));
        ArrayNode targets = answer.putArray("targets");
        report.targets()
                .forEach(target -> targets.add(target(target, target.id().map(details::get))));
        return answer;
    }

    private static ObjectNode totals(StatusReport report, Path folder) {
        return Json.object()
                .put("folder", folder.toString())
                .put("files", report.files())
                .put("deleted_files", report.deletedFiles())
                .put("logical_bytes", report.logicalBytes())
                .put("stored_bytes", report.storedBytes())
                .put("chunks", report.chunks())
                .put("chunk_bytes", report.chunkBytes())
                .put("encoded_bytes", report.encodedBytes())
                .put("packs", report.packs())
                .put("packs_lost", report.packsLost())
                .put("commit", report.newest().map(commit -> commit.sequence()).orElse(0L))
                .put(
                        "commit_time",
                        report.newest().map(commit -> commit.time().toString()).orElse(null))
                .put("last_sync", report.lastSync().map(Instant::toString).orElse(null))
                .put("uploads_repeated", report.uploadsRepeated())
                .put("survives_loss_of_any_target", report.survivesAnyLoss());
    }

    private ObjectNode target(TargetStatus target, Optional<TargetDetail> detail) {
        ObjectNode told = Json.object()
                .put("id", target.id().map(TargetId::value).orElse(null))
                .put("kind", target.id().map(TargetId::kind).orElse(null))
                .put("line", target.line())
                .put("state", target.state().name().toLowerCase(Locale.ROOT))
                .put("why", target.why().map(settings.redaction()).orElse(null))
                .put("since", target.since().map(Instant::toString).orElse(null))
                .put("packs", target.packs())
                .put("bytes", target.bytes())
                .put("packs_only_here", target.packsOnlyHere())
                .put("uploads_repeated", target.uploadsRepeated());
        detail.ifPresent(now -> told.put("service", now.place().service())
                .put("account", now.place().account())
                .put("channel", now.place().lane())
                .put("wait_seconds", now.untilReady().toMillis() / 1000.0)
                .put("max_blob_bytes", now.limits().maxBlobBytes())
                .put("max_blobs_per_request", now.limits().maxBlobsPerRequest())
                .put("max_request_bytes", now.limits().maxRequestBytes())
                .put("bytes_only_here", now.lost().bytes()));
        target.id()
                .flatMap(news::lastTrouble)
                .ifPresent(trouble -> told.put("last_error", trouble.why())
                        .put("last_error_at", trouble.at().toString()));
        return told;
    }

    /** Before there is a vault: the targets that it would have. */
    private ObjectNode before(Path folder) throws IOException {
        StatusReport nothing =
                new StatusReport(0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), List.of());
        ObjectNode answer = totals(nothing, folder);
        ArrayNode targets = answer.putArray("targets");
        for (TargetInspection.Found found :
                new TargetInspection(settings.vault().get()).look()) {
            targets.add(target(
                    new TargetStatus(
                            found.id(),
                            found.line(),
                            found.trouble().isPresent() ? StatusReport.State.UNREACHABLE : StatusReport.State.ACTIVE,
                            found.trouble().map(trouble -> "not used yet: " + trouble.getMessage()),
                            Optional.empty(),
                            0,
                            0,
                            0,
                            0),
                    Optional.empty()));
        }
        return answer;
    }
}
