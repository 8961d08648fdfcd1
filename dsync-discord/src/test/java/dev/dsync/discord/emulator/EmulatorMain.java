package dev.dsync.discord.emulator;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the emulator from the command line and prints the URLs of its webhooks, one a line, ready for
 * {@code webhooks.txt}. It runs until it is interrupted; what it holds is gone with it.
 *
 * <pre>--port 0 --webhooks 3 --channels 2 --faults 0.05 --seed 1 --no-limits</pre>
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
            emulator.urls().forEach(System.out::println);
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }

    private static double number(List<String> given, String option, double otherwise) {
        int at = given.indexOf(option);
        return at < 0 ? otherwise : Double.parseDouble(given.get(at + 1));
    }
}
