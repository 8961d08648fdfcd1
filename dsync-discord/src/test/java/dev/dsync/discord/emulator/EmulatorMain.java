package dev.dsync.discord.emulator;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the emulator from the command line and prints the URLs of its webhooks, one a line, ready for
 * {@code webhooks.txt}; with {@code --home} they are written there. It runs until it is interrupted; what it holds is
 * gone with it.
 *
 * <pre>--home DIR --port 0 --webhooks 3 --channels 2 --faults 0.05 --seed 1 --no-limits</pre>
 */
public final class EmulatorMain {

    private static final List<Fault> NOW_AND_THEN = List.of(
            Fault.REPLY_LOST,
            Fault.RESET_DOWNLOAD,
            Fault.BAD_GATEWAY,
            Fault.LIMITED,
            Fault.TRUNCATED,
            Fault.TRUNCATED_SHORT_LENGTH,
            Fault.RANGE_IGNORED,
            Fault.LINK_EXPIRED_EARLY);

    private EmulatorMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> given = List.of(args);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.println(
                    "emulator [--home DIR] [--webhooks 3] [--channels 2] [--port N] [--faults 0.05] [--seed N]"
                            + " [--no-limits]: imitates Discord until Ctrl-C, see docs/discord.md");
            return;
        }
        int webhooks = (int) number(given, "--webhooks", 3);
        int channels = (int) number(given, "--channels", 2);
        try (Emulator emulator =
                Emulator.start((int) number(given, "--port", 0), Clock.systemUTC(), webhooks, channels)) {
            double chance = number(given, "--faults", 0);
            if (chance > 0) {
                emulator.faults().byChance(chance, (long) number(given, "--seed", 1), NOW_AND_THEN);
            }
            if (given.contains("--no-limits")) {
                emulator.rules().withoutRateLimits();
            }
            if (given.contains("--home")) {
                write(Path.of(given.get(given.indexOf("--home") + 1)), emulator.urls());
            }
            emulator.urls().forEach(System.out::println);
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }

    /** What somebody has written is not overwritten, for it may be all that leads to their data. */
    private static void write(Path home, List<String> urls) throws IOException {
        Path file = home.resolve("webhooks.txt");
        Files.createDirectories(home);
        try {
            Files.write(file, urls, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            System.err.println(file + " is there already: give another --home, or take that file away");
            System.exit(2);
        }
    }

    private static double number(List<String> given, String option, double otherwise) {
        int at = given.indexOf(option);
        return at < 0 ? otherwise : Double.parseDouble(given.get(at + 1));
    }
}
