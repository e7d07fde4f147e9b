package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A13: backups while commits go on, restored, have exactly the commits up to their sequence; a
 * backup that was cut off by a crash, or damaged in any byte that is tried, is refused.
 */
final class BackupSuite implements Suite {

    private static final Facts FACTS = new Facts("A13", "Hot backups", "restores", 3_000, 6);

    private static final int DAMAGES = 40;

    @Override
    public Facts facts() {
        return FACTS;
    }

    /** A backup with its moments on the disk of the target. */
    private record Made(BackupList list, FaultyDirectory target, List<DiskState> moments) {}

    @Override
    public void run(Round round) throws Exception {
        Script script = Script.of(Math.floorMod(round.seed(), Script.COUNT), round.seed());
        Script alone = script.alone();
        NumberedCommits commits = new NumberedCommits(alone);
        ConcurrentHashMap<Long, Integer> numbers = new ConcurrentHashMap<>();
        List<Made> backups = new ArrayList<>();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (EmbeddedStore store =
                SeededStores.open(new FaultyDirectory(), alone.options(), alone.tuning())) {
            Future<?> done =
                    client.submit(
                            () -> {
                                for (int number = 1; number <= alone.commits(); number++) {
                                    numbers.put(commits.commit(store, number), number);
                                }
                            });
            do {
                backups.add(backup(store));
            } while (!done.isDone() && backups.size() < 5);
            done.get();
        } finally {
            client.shutdown();
        }
        numbers.keySet().stream().sorted().forEach(next -> commits.append(numbers.get(next)));
        for (Made made : backups) {
            long expected =
                    numbers.keySet().stream()
                            .filter(sequence -> sequence <= made.list().sequence())
                            .count();
            new Restoring(round, alone, commits, expected).verify(made);
        }
    }

    private static Made backup(EmbeddedStore store) {
        FaultyDirectory target = new FaultyDirectory();
        List<DiskState> moments = new ArrayList<>();
        target.observe(moments::add);
        return new Made(store.backup(target, Progress.SILENT), target, moments);
    }

    /** What a backup must give back: so many commits of a script. */
    private record Restoring(Round round, Script script, NumberedCommits commits, long expected) {

        void verify(Made made) throws IOException {
            DiskState last = made.target().state();
            requireRestored(last.image(change -> false));
            Random random = round.random();
            for (int count = 0; count < DAMAGES && !round.isOver(); count++) {
                DiskState moment = made.moments().get(random.nextInt(made.moments().size()));
                DiskImage cut = moment.image(change -> random.nextBoolean());
                tryDamaged(cut);
                DiskImage whole = last.image(change -> true);
                String name = whole.names().get(random.nextInt(whole.names().size()));
                byte[] bytes = whole.bytes(name);
                if (bytes.length > 0) {
                    byte[] bad = LogDamages.flipped(bytes, random.nextInt(8 * bytes.length));
                    tryDamaged(whole.with(name, bad));
                }
            }
        }

        /** Refused, or whole. */
        private void tryDamaged(DiskImage image) throws IOException {
            try {
                requireRestored(image);
                round.count("whole all the same", 1);
            } catch (SmilodonException refused) {
                round.count(1);
                round.count("refused", 1);
            }
        }

        private void requireRestored(DiskImage image) throws IOException {
            FaultyDirectory target = new FaultyDirectory();
            Restore.verified(image.toDirectory(), Progress.SILENT).to(target);
            DiskState state = target.state();
            DiskImage durable = state.image(change -> false);
            try (EmbeddedStore store =
                    SeededStores.open(durable.toDirectory(), script.options(), script.tuning())) {
                int found = commits.rankOf(store);
                if (found != expected) {
                    throw new StateFailure(
                            "restored " + found + " commits, not " + expected,
                            durable,
                            new AssertionError());
                }
            }
            round.count(1);
        }
    }
}
