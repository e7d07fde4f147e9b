package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever compaction does, and wherever it stops, every state that is kept reads the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompactionModelTest {

    private static final long CACHE_BYTES = 20_000;

    private VersionModel model = new VersionModel();
    private long sequence;
    private long nanos;

    /** Of all repetitions: what is written at random need not reach as far each time. */
    private static int deepest;

    @AfterAll
    static void many_levels_were_reached() {
        assertTrue(deepest >= 2, () -> "many levels: " + deepest);
    }

    @RepeatedTest(12)
    void every_kept_state_reads_like_a_map_of_all_versions() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        FaultyDirectory directory = new FaultyDirectory();
        int base = 1 << (13 + random.nextInt(4));
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 4, 1L << 40), 2_000, base, 3);
        CompactionRules rules = new CompactionRules(policy, 0, () -> nanos);
        CompactionBed bed = new CompactionBed(directory, seed, rules, CACHE_BYTES);
        for (int step = 0; step < 700; step++) {
            int place = step;
            nanos += TimeUnit.SECONDS.toNanos(random.nextInt(3));
            act(bed, random);
            if (random.nextInt(80) == 0) {
                flushAndCompare(bed, random, () -> "seed " + seed + " step " + place);
            }
            if (random.nextInt(150) == 0) {
                flush(bed);
                bed.close();
                long horizon = bed.horizon();
                bed = new CompactionBed(directory, seed + step, rules, CACHE_BYTES);
                bed.moveHorizon(horizon);
            }
        }
        bed.compactAll();
        flushAndCompare(bed, random, () -> "seed " + seed + " at the end");
        bed.close();
        assertEquals(0, directory.openFiles());
    }

    private void act(CompactionBed bed, Random random) throws IOException {
        switch (random.nextInt(20)) {
            case 0 -> flush(bed);
            case 1, 2 -> {
                bed.step();
                deepest(bed);
            }
            case 3 -> bed.moveHorizon(sequence - random.nextInt(60));
            case 4 -> {
                if (random.nextInt(3) == 0) {
                    nanos += TimeUnit.MINUTES.toNanos(random.nextInt(2));
                    gather(bed);
                }
                if (random.nextInt(8) == 0) {
                    byte[] prefix = Arrays.copyOf(randomKey(random), KeyKind.BYTES + 1);
                    prefix[KeyKind.BYTES] = (byte) sequence;
                    retire(bed, prefix);
                }
            }
            default -> write(bed, random);
        }
        byte[] kind = Arrays.copyOf(randomKey(random), KeyKind.BYTES);
        bed.scannedKinds().set(kind, random.nextInt(3) > 0);
    }

    /** Has what reads ask for on several levels merged, as if all had been quiet. */
    private static void gather(CompactionBed bed) throws IOException {
        bed.compactor().gather();
        for (Segment segment : bed.levels().all()) {
            for (long read = 0; read <= segment.file().bytes() / 64; read++) {
                assertTrue(bed.levels().find(segment.firstKey(), Long.MAX_VALUE).isPresent());
            }
        }
        bed.compactor().gather();
        bed.step();
    }

    private static void deepest(CompactionBed bed) {
        for (int level = 0; level < Levels.COUNT; level++) {
            if (!bed.levels().level(level).isEmpty()) {
                deepest = Math.max(deepest, level);
            }
        }
    }

    private void retire(CompactionBed bed, byte[] prefix) {
        sequence++;
        byte[] wider = prefix.clone();
        wider[wider.length - 1] &= 0x3f;
        bed.add(RetiredPrefixes.mark(wider), Optional.of(new byte[0]), sequence);
        model.retire(wider, sequence);
    }

    private static byte[] randomKey(Random random) {
        byte[] key = new byte[KeyKind.BYTES + 2];
        key[0] = (byte) (1 + random.nextInt(5));
        key[KeyKind.BYTES] = (byte) random.nextInt(64);
        key[KeyKind.BYTES + 1] = (byte) random.nextInt(2);
        return key;
    }

    private void write(CompactionBed bed, Random random) {
        byte[] key = randomKey(random);
        if (model.isRetired(key)) {
            return; // whoever retires a prefix never writes under it again
        }
        sequence++;
        Optional<byte[]> value = Optional.empty();
        if (random.nextInt(4) > 0) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(30) == 0 ? 2_000 : 60)];
            random.nextBytes(bytes);
            value = Optional.of(bytes);
        }
        bed.add(key, value, sequence);
        model.add(key, value, sequence);
    }

    private static void flush(CompactionBed bed) throws IOException {
        if (bed.hasMemory()) {
            bed.flush();
        }
    }

    private void flushAndCompare(CompactionBed bed, Random random, Supplier<String> where)
            throws IOException {
        flush(bed);
        for (int round = 0; round < 4; round++) {
            long oldest = Math.min(bed.oldest(), sequence);
            long asOf = oldest + random.nextLong(sequence - oldest + 1);
            model.compare(
                    bed.levels(), asOf, () -> where.get() + " as of " + asOf + " of " + sequence);
        }
        model.compare(bed.levels(), sequence, where);
    }

    @Test
    void a_crash_at_any_operation_loses_nothing_that_was_flushed() throws IOException {
        long crashes = 0;
        boolean isFinished = false;
        while (!isFinished) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(crashes);
            isFinished = runUntilCrash(directory, crashes);
            CrashPolicy[] policies = CrashPolicy.values();
            CrashPolicy policy = policies[(int) (crashes % policies.length)];
            recover(directory.afterCrash(CrashPolicy.DROP_ALL, crashes), crashes + " dropped");
            recover(directory.afterCrash(policy, crashes), crashes + " " + policy);
            crashes++;
        }
        long operations = crashes;
        assertTrue(operations > 150, () -> "operations: " + operations);
    }

    /** A fixed piece of work in which each kind of step happens: drop, move, merge. */
    private boolean runUntilCrash(FaultyDirectory directory, long seed) throws IOException {
        model = new VersionModel();
        sequence = 0;
        Random random = new Random(5);
        try (CompactionBed bed = new CompactionBed(directory, seed)) {
            for (int round = 0; round < 9; round++) {
                for (int count = 0; count < 14; count++) {
                    write(bed, random);
                }
                ascending(bed, round);
                if (round == 6) {
                    retire(bed, new byte[] {9, 2});
                }
                bed.flush();
                bed.moveHorizon(sequence - 20);
                bed.compactAll();
            }
            assertTrue(bed.compactor().statistics(0, 0, false).merges() > 0);
            assertTrue(bed.compactor().statistics(0, 0, false).moves() > 0);
            return true;
        } catch (IOException | SmilodonException crash) {
            return false;
        }
    }

    /** Large values in ascending keys of their own: segments that move, and that can be dropped. */
    private void ascending(CompactionBed bed, int round) throws IOException {
        bed.flush();
        for (int count = 0; count < 3; count++) {
            byte[] key = {9, (byte) round, (byte) count};
            sequence++;
            Optional<byte[]> value = Optional.of(new byte[] {(byte) count});
            bed.add(key, value, sequence);
            model.add(key, value, sequence);
        }
        bed.flush();
    }

    private void recover(FaultyDirectory left, String where) throws IOException {
        try (CompactionBed bed = new CompactionBed(left, 1)) {
            long found = bed.checkpoint();
            VersionModel lost = model;
            lost.compare(bed.levels(), Math.max(found, 0), () -> where);
            bed.compactAll();
            lost.compare(bed.levels(), Math.max(found, 0), () -> where + " compacted");
        }
    }

    /** Every operation of a merge, a move and a drop fails once; then all goes well. */
    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "SYNC", "RENAME", "READ", "OPEN"})
    void a_step_that_fails_keeps_its_inputs_and_leaves_no_files(Operation operation)
            throws IOException {
        boolean isFailed = true;
        for (int skipped = 0; isFailed; skipped++) {
            model = new VersionModel();
            sequence = 0;
            FaultyDirectory directory = new FaultyDirectory();
            try (CompactionBed bed = overdue(directory)) {
                FaultRule rule =
                        new FaultRule(
                                operation,
                                name -> name.contains(".segment"),
                                skipped,
                                1,
                                Fault.INPUT_OUTPUT_ERROR);
                directory.fail(rule);
                isFailed = failsOnce(bed);
                directory.heal();
                assertFalse(bed.isPoisoned());
                assertEquals(bed.levels().all().size(), segmentFiles(directory));
                model.compare(bed.levels(), sequence, operation::toString);
                bed.compactAll();
                model.compare(bed.levels(), sequence, operation::toString);
                assertEquals(bed.levels().all().size(), segmentFiles(directory));
            }
            assertEquals(0, directory.openFiles());
            assertTrue(skipped < 500, "an end");
        }
    }

    private static boolean failsOnce(CompactionBed bed) {
        try {
            bed.compactAll();
            return false;
        } catch (IOException | RuntimeException failure) {
            return true;
        }
    }

    private static int segmentFiles(FaultyDirectory directory) throws IOException {
        return (int) directory.list().stream().filter(name -> name.contains(".segment")).count();
    }

    private CompactionBed overdue(FaultyDirectory directory) throws IOException {
        CompactionBed bed = new CompactionBed(directory, 1);
        Random random = new Random(3);
        for (int round = 0; round < 5; round++) {
            for (int count = 0; count < 40; count++) {
                write(bed, random);
            }
            bed.flush();
        }
        return bed;
    }
}
