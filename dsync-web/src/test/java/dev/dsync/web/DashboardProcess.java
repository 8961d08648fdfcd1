package dev.dsync.web;

import java.nio.file.Path;

/** A dashboard in a process of its own, with a heap as small as a test wants; ends when nobody holds its input. */
final class DashboardProcess {

    private DashboardProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(Path.of(arguments[0]))) {
            System.out.println(dashboard.dashboard().port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Whatever comes, only its end matters.
            }
        }
    }
}
