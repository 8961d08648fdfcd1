package dev.dsync.vault;

import dev.dsync.storage.StorageBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where dsync keeps files of its own: what lies there is never kept safe in itself, and nothing is restored there. */
final class OwnPlaces {

    private final List<Path> places;

    private OwnPlaces(List<Path> places) {
        this.places = places;
    }

    /** Those of a home and of its folder targets, be they there or not. */
    static OwnPlaces of(Home home, OpenTargets targets) {
        List<Path> places = ofHome(home);
        for (StorageBackend target : targets.open().keySet()) {
            if (target.place().service().equals("file")) {
                places.add(Path.of(target.place().lane()));
            }
        }
        targets.unreachable().keySet().forEach(line -> line.folder(home).ifPresent(places::add));
        return new OwnPlaces(places);
    }

    /** Those of a home and of the folders that {@code webhooks.txt} names, before any target is opened. */
    static OwnPlaces before(Home home) throws IOException {
        List<Path> places = ofHome(home);
        TargetLine.read(home.targetLines()).forEach(line -> line.folder(home).ifPresent(places::add));
        return new OwnPlaces(places);
    }

    private static List<Path> ofHome(Home home) {
        return new ArrayList<>(List.of(
                home.state(), home.logs(), home.keyFile(), home.localStorage(), home.filesJson(), home.foldersJson()));
    }

    /** All of them. */
    List<Path> all() {
        return places;
    }

    /**
     * Makes sure that a folder of the user's is none of them and lies in none.
     *
     * @param what the folder is, as a sentence begins
     */
    void requireOutside(Path folder, String what) throws ConfigurationException {
        Path real = real(folder.toAbsolutePath().normalize());
        for (Path place : places) {
            if (real.startsWith(real(place.toAbsolutePath().normalize()))) {
                throw new ConfigurationException(what + " cannot be " + folder + ": dsync keeps files of its own in "
                        + place + ". Choose another folder");
            }
        }
    }

    /** Makes sure that a folder to restore into is one, or can become one. */
    void requireNoFileOnTheWay(Path folder) throws ConfigurationException {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new ConfigurationException("the folder to restore into cannot be " + folder + ": " + there
                    + " is a file. Choose another folder");
        }
    }

    /** {@code path} without links, as far as it exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Not there (yet): then the folder it will be in decides.
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }
}
