package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/search}: paths that have all the words of a query, in whatever case, those with them in the name first.
 * Keeps the paths of a vault that is not too large in memory between two letters typed.
 */
final class Search {

    private static final int MOST_FOUND = 200;

    /** With some 300 bytes each, a vault up to this size costs 30 MB while somebody searches. */
    private static final int MOST_KEPT = 100_000;

    private final VaultDoor door;
    private final FileNews news;
    private @Nullable Kept kept;

    private record Entry(Listed listed, String lower) {}

    private record Kept(long revision, List<Entry> entries) {}

    Search(VaultDoor door, FileNews news) {
        this.door = door;
        this.news = news;
    }

    void find(Context context) throws IOException {
        String query = Optional.ofNullable(context.queryParam("q")).orElse("");
        List<String> words = List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        Findings found = new Findings(words);
        if (!query.isBlank()) {
            door.read(vault -> {
                look(vault, found);
                return true;
            });
        }
        Json.answer(context, found.told(query));
    }

    private void look(Vault vault, Findings found) {
        long revision = news.revision();
        Kept known;
        synchronized (this) {
            known = kept;
        }
        if (known != null && known.revision() == revision) {
            known.entries().forEach(found::consider);
            return;
        }
        List<Entry> entries = new ArrayList<>();
        try (Cursor<Listed> tree =
                vault.catalog().versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, Scope.LIVE)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                Entry entry = new Entry(listed, listed.version().path().value().toLowerCase(Locale.ROOT));
                found.consider(entry);
                if (entries.size() <= MOST_KEPT) {
                    entries.add(entry);
                }
            }
        }
        synchronized (this) {
            kept = entries.size() <= MOST_KEPT ? new Kept(revision, entries) : null;
        }
    }

    /** What matches, the best of it. */
    private static final class Findings {

        private final List<String> words;
        private final List<Entry> inName = new ArrayList<>();
        private final List<Entry> inPath = new ArrayList<>();
        private long total;

        Findings(List<String> words) {
            this.words = words;
        }

        void consider(Entry entry) {
            String lower = entry.lower();
            if (!words.stream().allMatch(lower::contains)) {
                return;
            }
            total++;
            String name = lower.substring(lower.lastIndexOf('/') + 1);
            List<Entry> group = words.stream().allMatch(name::contains) ? inName : inPath;
            if (group.size() < MOST_FOUND) {
                group.add(entry);
            }
        }

        ObjectNode told(String query) {
            ObjectNode answer = Json.object().put("query", query).put("total", total);
            ArrayNode list = answer.putArray("found");
            inName.sort(Comparator.comparingInt(entry -> entry.lower().length()));
            inName.forEach(entry -> list.add(Folders.entry(entry.listed(), false)));
            inPath.stream()
                    .limit(MOST_FOUND - inName.size())
                    .forEach(entry -> list.add(Folders.entry(entry.listed(), false)));
            return answer;
        }
    }
}
