package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Actions carried out on a store and on a naive map; each answer must be the same. */
final class ModelRun implements AutoCloseable {

    private final StorageOptions options;
    private final SeededStores.Tuning tuning;
    private final NavigableMap<Long, ModelState> past = new TreeMap<>();
    private final List<Remembered> snapshots = new ArrayList<>();
    private ModelState model = new ModelState();
    private FaultyDirectory directory = new FaultyDirectory();
    private EmbeddedStore store;

    private record Remembered(Snapshot snapshot, ModelState model) {}

    ModelRun(long seed) {
        Random random = new Random(seed);
        this.options = KilledProgram.options(random);
        this.tuning = new SeededStores.Tuning(seed, Long.MAX_VALUE, 300 + random.nextInt(5_000));
        this.store = opened();
    }

    private EmbeddedStore opened() {
        return SeededStores.open(directory, options, tuning);
    }

    void carryOut(ModelAction action) throws IOException {
        Random random = new Random(action.seed());
        byte[] kind = Arrays.copyOf(ModelState.bytes(model.key(random)), KeyKind.BYTES);
        store.readByScans(kind, random.nextBoolean());
        switch (action.kind()) {
            case BATCH, COMMIT, ABANDON, RETIRE -> write(action.kind(), random);
            case CONFLICT, SKEW, REPEAT -> compete(action.kind(), random);
            case OPEN_SNAPSHOT -> snapshots.add(new Remembered(store.snapshot(), model.copy()));
            case CLOSE_SNAPSHOT -> closeSnapshot(random);
            case AS_OF -> lookBack(random);
            case CHECKPOINT -> store.checkpoint();
            case COMPACT -> store.compact(Progress.SILENT);
            case BACKUP -> restoreBackup(random);
            case REOPEN, KILL, POWER_LOSS -> reopen(action.kind());
        }
        try (Snapshot now = store.snapshot()) {
            model.compare(now, random);
        }
        past.put(store.statistics().sequence(), model.copy());
    }

    private void write(ModelAction.Kind kind, Random random) {
        Map<String, Optional<String>> changes = model.changes(random);
        if (kind == ModelAction.Kind.BATCH) {
            store.write(ModelState.batch(changes));
            model.apply(changes);
            return;
        }
        try (Transaction transaction = store.begin()) {
            buffer(transaction, changes);
            ModelState inside = model.copy();
            inside.apply(changes);
            inside.compare(transaction, random);
            if (kind == ModelAction.Kind.ABANDON) {
                return;
            }
            if (kind == ModelAction.Kind.RETIRE) {
                transaction.retire(ModelState.bytes(model.zonePrefix()));
                inside.retireZone();
            }
            transaction.commit();
            model = inside;
        }
    }

    private static void buffer(Transaction transaction, Map<String, Optional<String>> changes) {
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(
                                text ->
                                        transaction.put(
                                                ModelState.bytes(key), ModelState.bytes(text)),
                                () -> transaction.delete(ModelState.bytes(key))));
    }

    private void compete(ModelAction.Kind kind, Random random) {
        String key = model.key(random);
        Map<String, Optional<String>> change = Map.of(key, Optional.of(ModelState.value(random)));
        switch (kind) {
            case CONFLICT -> {
                try (Transaction loser = store.begin()) {
                    store.write(ModelState.batch(change));
                    model.apply(change);
                    requireConflict(loser, key);
                }
            }
            case SKEW -> {
                TransactionOptions serializable =
                        new TransactionOptions(Isolation.SERIALIZABLE, Optional.empty());
                try (Transaction reader = store.begin(serializable)) {
                    model.compare(reader, random);
                    store.write(ModelState.batch(change));
                    model.apply(change);
                    requireConflict(reader, model.key(random));
                }
            }
            default -> repeat(change, random);
        }
    }

    private static void requireConflict(Transaction transaction, String key) {
        try {
            transaction.put(ModelState.bytes(key), ModelState.bytes("lost"));
            transaction.commit();
        } catch (SmilodonException refused) {
            ModelState.require(ErrorCode.WRITE_CONFLICT, refused.code(), "refusal");
            return;
        }
        throw new AssertionError("no conflict on " + key);
    }

    private void repeat(Map<String, Optional<String>> change, Random random) {
        byte[] result = new byte[random.nextInt(20)];
        IdempotencyKey idempotencyKey =
                new IdempotencyKey(ModelState.bytes("k" + random.nextInt()));
        TransactionOptions once = TransactionOptions.SNAPSHOT.withKey(idempotencyKey);
        Optional<CommittedOutcome> outcome = store.outcome(idempotencyKey);
        if (outcome.isEmpty()) {
            try (Transaction first = store.begin(once)) {
                buffer(first, change);
                first.keepResult(result);
                outcome = Optional.of(new CommittedOutcome(first.commit(), result));
                model.apply(change);
            }
        }
        try (Transaction second = store.begin(once)) {
            ModelState.require(outcome, second.earlierOutcome(), "outcome");
            buffer(second, Map.of("never", Optional.of("written")));
            ModelState.require(outcome.get().sequence(), second.commit(), "sequence");
        }
    }

    private void closeSnapshot(Random random) {
        if (!snapshots.isEmpty()) {
            compareAndClose(snapshots.remove(random.nextInt(snapshots.size())), random);
        }
    }

    private static void compareAndClose(Remembered remembered, Random random) {
        try (Snapshot snapshot = remembered.snapshot()) {
            remembered.model().compare(snapshot, random);
        }
    }

    private void lookBack(Random random) {
        if (!past.isEmpty()) {
            List<Long> sequences = new ArrayList<>(past.keySet());
            long sequence = sequences.get(random.nextInt(sequences.size()));
            compareAndClose(
                    new Remembered(store.snapshotAsOf(sequence), past.get(sequence)), random);
        }
    }

    private void restoreBackup(Random random) throws IOException {
        FaultyDirectory backup = new FaultyDirectory();
        FaultyDirectory target = new FaultyDirectory();
        store.backup(backup, Progress.SILENT);
        Restore.verified(backup.afterCrash(CrashPolicy.DROP_ALL, 1), Progress.SILENT).to(target);
        try (EmbeddedStore restored = SeededStores.open(target, options, tuning);
                Snapshot snapshot = restored.snapshot()) {
            model.compare(snapshot, random);
        }
    }

    private void reopen(ModelAction.Kind kind) {
        Random random = new Random(snapshots.size());
        boolean losesNothing = options.log().syncMode() == SyncMode.SYNC;
        if (kind == ModelAction.Kind.REOPEN) {
            store.close();
            snapshots.forEach(remembered -> compareAndClose(remembered, random));
        } else {
            boolean isPower = kind == ModelAction.Kind.POWER_LOSS && losesNothing;
            FaultyDirectory left =
                    directory.afterCrash(
                            isPower ? CrashPolicy.DROP_ALL : CrashPolicy.KEEP_ALL, tuning.seed());
            snapshots.forEach(remembered -> remembered.snapshot().close());
            abandon();
            directory = left;
        }
        snapshots.clear();
        store = opened();
    }

    /** Ends the threads of a store whose machine has stopped. */
    private void abandon() {
        try {
            store.close();
        } catch (SmilodonException stopped) {
            ModelState.require(true, stopped.getMessage() != null, "message");
        }
    }

    @Override
    public void close() {
        snapshots.forEach(remembered -> remembered.snapshot().close());
        directory.crash();
        abandon();
    }
}
