package dev.dsync.discord.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The faults that are to happen: some to the next requests, some now and then by chance. */
public final class Faults {

    /** Which requests a fault waits for. */
    public enum Where {
        /** Any request that the webhook's URL is used for. */
        API,
        /** Only uploads. */
        UPLOAD,
        /** Only edits. */
        EDIT,
        /** Only reading of files. */
        FILE
    }

    private final Map<Where, Deque<Fault>> next = new EnumMap<>(Where.class);
    private final Map<Where, Integer> seen = new EnumMap<>(Where.class);
    private List<Fault> byChance = List.of();
    private List<Fault> inTurn = List.of();
    private int everySoMany = 1;
    private int uploadsBegun;
    private double probability;
    private Random random = new Random(0);

    Faults() {
        for (Where where : Where.values()) {
            next.put(where, new ArrayDeque<>());
        }
    }

    /** Lets the next {@code count} requests of that kind fail in this way. */
    public synchronized void next(Where where, Fault fault, int count) {
        for (int i = 0; i < count; i++) {
            next.get(where).add(fault);
        }
    }

    /** Lets each request fail with this probability in one of these ways; the same seed gives the same faults. */
    public synchronized void byChance(double chance, long seed, List<Fault> faults) {
        probability = chance;
        random = new Random(seed);
        byChance = List.copyOf(faults);
    }

    /**
     * Lets every so many-th upload, edit, other small request and reading of a file fail, each in those of these ways that
     * it can, one after the other. Whoever comes first, about as many of each fail.
     */
    public synchronized void inTurn(int everySoManyRequests, List<Fault> faults) {
        everySoMany = everySoManyRequests;
        inTurn = List.copyOf(faults);
    }

    /** No more faults. */
    public synchronized void none() {
        next.values().forEach(Deque::clear);
        byChance = List.of();
        inTurn = List.of();
    }

    /** The fault for a request of this kind, if it is to have one. */
    synchronized Optional<Fault> forRequest(Where where) {
        Fault planned = next.get(where).poll();
        if (planned == null && where != Where.FILE) {
            planned = next.get(Where.API).poll();
        }
        if (planned == null && !inTurn.isEmpty()) {
            return nextInTurn(where);
        }
        if (planned != null || byChance.isEmpty() || random.nextDouble() >= probability) {
            return Optional.ofNullable(planned);
        }
        Fault fault = byChance.get(random.nextInt(byChance.size()));
        return canMeet(where, fault) ? Optional.of(fault) : Optional.empty();
    }

    private Optional<Fault> nextInTurn(Where where) {
        int number = seen.merge(where, 1, Integer::sum);
        List<Fault> possible =
                inTurn.stream().filter(fault -> canMeet(where, fault)).toList();
        return number % everySoMany > 0 || possible.isEmpty()
                ? Optional.empty()
                : Optional.of(possible.get(number / everySoMany % possible.size()));
    }

    /** Whether a request that has arrived in full can meet this. */
    private static boolean canMeet(Where where, Fault fault) {
        return fault != Fault.RESET_UPLOAD && fault.isForFiles() == (where == Where.FILE);
    }

    /** Whether the upload that is arriving is to be cut short. */
    synchronized boolean cutsUpload() {
        Deque<Fault> uploads = next.get(Where.UPLOAD);
        if (uploads.peek() == Fault.RESET_UPLOAD) {
            uploads.poll();
            return true;
        }
        if (inTurn.contains(Fault.RESET_UPLOAD)) {
            return ++uploadsBegun % everySoMany == everySoMany / 2;
        }
        return byChance.contains(Fault.RESET_UPLOAD) && random.nextDouble() < probability / byChance.size();
    }
}
