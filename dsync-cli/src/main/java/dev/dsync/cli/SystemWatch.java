package dev.dsync.cli;

import dev.dsync.source.FolderWatch;
import io.methvin.watchservice.MacOSXListeningWatchService;
import io.methvin.watchservice.WatchablePath;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.Locale;
import java.util.function.Consumer;

/** The best watch that a system has. */
final class SystemWatch {

    private SystemWatch() {}

    /** @param system the system's name, as the property {@code os.name} has it */
    static FolderWatch of(String system, Path folder, Consumer<String> notices) throws IOException {
        return system.toLowerCase(Locale.ROOT).contains("mac") ? mac(folder, notices) : FolderWatch.of(folder, notices);
    }

    /** Java itself only lists folders again and again there. The system's own events tell of whole trees. */
    private static FolderWatch mac(Path folder, Consumer<String> notices) {
        WatchEvent.Kind<?>[] kinds = {
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE,
            StandardWatchEventKinds.ENTRY_MODIFY
        };
        return new FolderWatch(
                folder,
                new MacOSXListeningWatchService(),
                (root, service) -> new WatchablePath(root).register(service, kinds),
                true,
                notices);
    }
}
