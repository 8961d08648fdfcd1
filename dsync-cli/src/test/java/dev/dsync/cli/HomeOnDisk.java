package dev.dsync.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of a home whose folder {@code tree}, with two small files, was synced to a folder on another disk. */
abstract class HomeOnDisk {

    @TempDir
    Path temp;

    TestHome home;
    Path disk;

    @BeforeEach
    final void sync() throws IOException {
        home = new TestHome(temp.resolve("home"));
        disk = temp.resolve("disk");
        home.write("webhooks.txt", "# mine\nfile:" + disk + "\n");
        home.write("tree/a.txt", "a".repeat(1000));
        home.write("tree/sub/recovery.md", "b");
        home.run("sync", "--folder", "tree").ends(0);
    }
}
