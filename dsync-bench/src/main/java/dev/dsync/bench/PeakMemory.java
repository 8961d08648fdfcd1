package dev.dsync.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The most memory this process had.
 *
 * @param heapBytes the most its heap held since {@link #reset}
 * @param processBytes the most it had in all since it began, 0 where the system does not tell
 */
public record PeakMemory(long heapBytes, long processBytes) {

    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    /** Forgets what the heap held so far. */
    static void reset() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    static PeakMemory now() throws IOException {
        return new PeakMemory(
                heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum(), processBytesAtMost());
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Linux tells; elsewhere 0. */
    private static long processBytesAtMost() throws IOException {
        if (!Files.isReadable(PROCESS_STATUS)) {
            return 0;
        }
        return Files.readAllLines(PROCESS_STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
