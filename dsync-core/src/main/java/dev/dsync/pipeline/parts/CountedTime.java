package dev.dsync.pipeline.parts;

import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Version;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.ServiceClock;
import dev.dsync.storage.StorageBackend;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Time that has surely passed since this home began to count, whatever the wall clock was set to: as much as clocks show
 * that nobody here can set, the machine's {@linkplain RunningTime running time} and those of {@linkplain ServiceClock
 * services}. Never more than did pass; less where no such clock ran through, as while a machine was off.
 *
 * <p>It also remembers when each commit was known here, and so how old a commit is at least. Kept in {@link HomeFacts} as
 * lines of words: {@code counted MILLIS}, {@code clock NAME MILLIS-IT-SHOWED MILLIS-COUNTED-THEN}, and
 * {@code commit SEQUENCE MILLIS-COUNTED-THEN}.
 */
public final class CountedTime {

    /** Moments this near to each other are remembered as one, the later. */
    private static final Duration NEAR = Duration.ofMinutes(10);

    /** So are moments that lie apart by less than this share of their age: what is remembered stays a few kilobytes. */
    private static final int SHARE_OF_AGE = 100;

    /** What names of clocks begin with that count from a start of their own, and those of services. */
    private static final String START = "start-";

    private static final String SERVICE = "service-";

    /** What one clock showed when so much had been counted, both in milliseconds. */
    private record Shown(long millis, long counted) {}

    private final VaultParts vault;
    private final HomeFacts home;
    private final Map<String, Shown> clocks = new HashMap<>();

    /** By which counted millisecond every commit up to a sequence was known here. */
    private final NavigableMap<Long, Long> known = new TreeMap<>();

    private long counted;

    /** What was counted by the home whose vault this is. */
    public CountedTime(VaultParts vault) {
        this.vault = vault;
        this.home = new HomeFacts(vault.catalog().home());
        home.countedTime().ifPresent(lines -> lines.lines().forEach(this::read));
    }

    private void read(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "counted" -> counted = Long.parseLong(words[1]);
            case "clock" -> clocks.put(words[1], new Shown(Long.parseLong(words[2]), Long.parseLong(words[3])));
            default -> known.put(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    /** How much was counted until now. */
    public Duration now() {
        return Duration.ofMillis(nowMillis(showing()));
    }

    private long nowMillis(Map<String, Long> showing) {
        long now = counted;
        for (Map.Entry<String, Long> clock : showing.entrySet()) {
            Shown before = clocks.get(clock.getKey());
            if (before != null) {
                now = Math.max(now, before.counted() + clock.getValue() - before.millis());
            }
        }
        return now;
    }

    /** What the clocks show that can be read now, by their names. */
    private Map<String, Long> showing() {
        RunningTime.Reading running = vault.runningTime().read();
        Map<String, Long> showing =
                new HashMap<>(Map.of(START + running.start(), running.passed().toMillis()));
        for (StorageBackend target : vault.pool().targets()) {
            if (target instanceof ServiceClock clock) {
                clock.told()
                        .filter(told -> told.at().start().equals(running.start()))
                        .map(told -> told.time()
                                .plus(running.passed())
                                .minus(told.at().passed()))
                        .ifPresent(time ->
                                showing.merge(SERVICE + target.place().service(), time.toEpochMilli(), Math::min));
            }
        }
        return showing;
    }

    /** How old the commit with this sequence is at least. */
    public Duration age(long sequence) {
        Map.Entry<Long, Long> since = sequence == Version.UNCOMMITTED ? null : known.ceilingEntry(sequence);
        return since == null ? Duration.ZERO : now().minusMillis(since.getValue());
    }

    /** Writes down what the clocks show, and that the newest commit is known; a moment after the last time it does nothing. */
    public void note() {
        Map<String, Long> showing = showing();
        long now = nowMillis(showing);
        Optional<Long> head =
                vault.catalog().commits().head().map(CommitLog.Head::info).map(info -> info.sequence());
        boolean news = !clocks.keySet().containsAll(showing.keySet())
                || head.filter(sequence -> !known.containsKey(sequence)).isPresent();
        if (!news && now - counted < NEAR.toMillis()) {
            return;
        }
        counted = now;
        clocks.keySet().removeIf(name -> name.startsWith(START));
        // A service's clock runs on for ever: where it stood once is all there is to know.
        showing.forEach((name, millis) -> clocks.putIfAbsent(name, new Shown(millis, now)));
        head.ifPresent(sequence -> known.putIfAbsent(sequence, now));
        thin();
        save();
    }

    /** A commit with this sequence was not known until now, though later ones may have been: two histories were joined. */
    public void learned(long sequence) {
        if (!known.tailMap(sequence, true).isEmpty()) {
            known.tailMap(sequence, true).clear();
            save();
        }
    }

    /** Leaves out moments between two that lie near each other: those commits count as known a little later than they were. */
    private void thin() {
        List<Map.Entry<Long, Long>> moments = List.copyOf(new TreeMap<>(known).entrySet());
        long before = Long.MIN_VALUE / 2;
        for (int i = 0; i + 1 < moments.size(); i++) {
            long apart = moments.get(i + 1).getValue() - before;
            if (apart < Math.max(NEAR.toMillis(), (counted - before) / SHARE_OF_AGE)) {
                known.remove(moments.get(i).getKey());
            } else {
                before = moments.get(i).getValue();
            }
        }
    }

    private void save() {
        StringBuilder lines = new StringBuilder().append("counted ").append(counted);
        clocks.forEach((name, shown) -> lines.append("\nclock ")
                .append(name)
                .append(' ')
                .append(shown.millis())
                .append(' ')
                .append(shown.counted()));
        known.forEach((sequence, moment) ->
                lines.append("\ncommit ").append(sequence).append(' ').append(moment));
        home.setCountedTime(lines.toString());
    }
}
