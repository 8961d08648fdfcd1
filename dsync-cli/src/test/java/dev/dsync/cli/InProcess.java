package dev.dsync.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line for tests of other packages. */
public final class InProcess {

    private InProcess() {}

    /** Runs one command in a home and returns its exit status; what it says is part of the failure if that is not 0. */
    public static int run(Path home, List<String> arguments) throws IOException {
        TestHome testHome = new TestHome(home);
        List<String> given = new ArrayList<>(arguments);
        if (given.contains("web")) {
            // A reader stops it when it has been seen; any port will do here.
            given.addAll(List.of("--port", "0"));
            testHome.stop.request();
        }
        TestHome.Run run = testHome.run(given.toArray(String[]::new));
        if (run.exit() != 0) {
            System.err.print(run.out() + run.err());
        }
        return run.exit();
    }
}
