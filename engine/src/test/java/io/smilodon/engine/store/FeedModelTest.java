package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever is done to a store, a feed from anywhere gives the list of its commits from there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedModelTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(6_000)
                    .withLogFileBytesMax(3_000)
                    .withSegmentCountMax(2);

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final MemoryDirectory directory = new MemoryDirectory();
    private final List<Commit> commits = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private EmbeddedStore store;

    /** A commit as its feed must give it. */
    private record Commit(long sequence, long millis, String text) {}

    /** A feed, and the commit that it must give next. */
    private record Follower(ChangeFeed feed, int[] next, long millisMin) {}

    private void open() {
        store =
                EmbeddedStore.open(
                        directory,
                        OPTIONS.withSyncMode(SyncMode.values()[random.nextInt(3)]),
                        new StoreEnvironment(
                                new Clocks(System::nanoTime, millis::get),
                                random::nextLong,
                                random.nextBoolean() ? 0 : Long.MAX_VALUE,
                                250));
    }

    @RepeatedTest(12)
    void a_feed_gives_the_list_of_commits() {
        open();
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(14)) {
                case 0 -> store.checkpoint();
                case 1 -> reopen();
                case 2, 3 -> follow();
                case 4 -> stop();
                case 5 -> millis.addAndGet(random.nextInt(4) - 1);
                case 6, 7, 8 -> followers.forEach(follower -> read(follower, random.nextInt(9)));
                default -> commit();
            }
        }
        followers.forEach(follower -> read(follower, Integer.MAX_VALUE));
        store.close();
    }

    private void reopen() {
        store.close();
        followers.clear();
        open();
        if (!commits.isEmpty()) {
            resume(random.nextInt(commits.size()));
        }
    }

    private void commit() {
        Map<String, Optional<String>> writes = new TreeMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            writes.put(
                    "k" + random.nextInt(20),
                    random.nextInt(3) == 0
                            ? Optional.empty()
                            : Optional.of("v".repeat(random.nextInt(100))));
        }
        boolean isBig = random.nextInt(10) == 0;
        if (isBig) {
            writes.put("large", Optional.of("x".repeat(1_000)));
        }
        String note = random.nextBoolean() ? "n" + commits.size() : "";
        String retired = random.nextInt(12) == 0 ? "p" + commits.size() : "";
        if (writes.isEmpty() && note.isEmpty() && retired.isEmpty()) {
            return;
        }
        long sequence = write(writes, note, retired);
        commits.add(
                new Commit(
                        sequence, store.commitTimes().lastMillis(), text(writes, note, retired)));
    }

    private long write(Map<String, Optional<String>> writes, String note, String retired) {
        try (Transaction transaction = store.begin()) {
            writes.forEach(
                    (key, value) ->
                            value.ifPresentOrElse(
                                    text -> transaction.put(bytes(key), bytes(text)),
                                    () -> transaction.delete(bytes(key))));
            if (!note.isEmpty()) {
                transaction.note(bytes(note));
            }
            if (!retired.isEmpty()) {
                transaction.retire(bytes(retired));
            }
            return transaction.commit();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, Optional<String>> writes, String note, String retired) {
        List<String> changes = new ArrayList<>();
        if (!retired.isEmpty()) {
            changes.add("~" + retired);
        }
        writes.forEach(
                (key, value) ->
                        changes.add(
                                value.map(
                                                text ->
                                                        key
                                                                + "="
                                                                + (text.length() > 100
                                                                        ? text.length() + " bytes"
                                                                        : text))
                                        .orElse("-" + key)));
        return (note.isEmpty() ? "" : note + "+") + String.join(",", changes);
    }

    /** Begins a feed somewhere, in one of the ways in which that is done. */
    private void follow() {
        if (commits.isEmpty() || random.nextInt(5) == 0) {
            add(store.changesSince(0), 0);
            return;
        }
        int index = random.nextInt(commits.size());
        Commit commit = commits.get(index);
        switch (random.nextInt(4)) {
            case 0 -> add(store.changesSince(commit.sequence()), index + 1);
            case 1 -> resume(index);
            case 2 -> {
                try (Snapshot snapshot = store.snapshot()) {
                    add(store.changesSince(snapshot.sequence()), commits.size());
                }
            }
            default -> {
                long instant = commit.millis() + random.nextInt(2);
                ChangeFeed feed = store.changesFrom(Instant.ofEpochMilli(instant));
                followers.add(new Follower(feed, new int[1], instant));
            }
        }
    }

    private void resume(int index) {
        Commit commit = commits.get(index);
        add(store.changesSince(new FeedToken(commit.sequence(), commit.millis())), index + 1);
    }

    private void add(ChangeFeed feed, int next) {
        followers.add(new Follower(feed, new int[] {next}, 0));
    }

    private void stop() {
        if (!followers.isEmpty()) {
            followers.remove(random.nextInt(followers.size())).feed().close();
        }
    }

    private void read(Follower follower, int countMax) {
        int count = 0;
        Optional<ChangeBatch> batch = Optional.empty();
        while (count < countMax && (batch = follower.feed().poll()).isPresent()) {
            skip(follower);
            Commit expected = commits.get(follower.next()[0]++);
            ChangeBatch found = batch.get();
            assertEquals(
                    expected,
                    new Commit(found.sequence(), found.millis(), Feeds.text(found)),
                    () -> "seed " + seed);
            count++;
        }
        skip(follower);
        if (count < countMax) {
            assertEquals(commits.size(), follower.next()[0], () -> "none is missing, seed " + seed);
        }
    }

    /** Passes over commits before the follower's instant. */
    private void skip(Follower follower) {
        int[] next = follower.next();
        while (next[0] < commits.size() && commits.get(next[0]).millis() < follower.millisMin()) {
            next[0]++;
        }
    }
}
