package io.smilodon.engine.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who tests the tests: engines from a textbook must pass at the level they keep, and every engine
 * with a sin must be found out.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckerSelfTest {

    private static final int TRANSACTIONS = 400;
    private static final int SESSIONS = 6;

    /** A sin may by chance do no harm in some runs. */
    private static final int ROUNDS_MAX = 10;

    private static final List<Supplier<Workload>> WORKLOADS =
            List.of(
                    ListAppendWorkload::new,
                    LongForkWorkload::new,
                    NumberWorkloads.Bank::new,
                    NumberWorkloads.Doctors::new,
                    NumberWorkloads.Sums::new,
                    NumberWorkloads.Counters::new);

    private static Set<Anomaly> anomalies(
            Workload workload, Level level, Set<Sin> sins, long seed) {
        Engine engine = new TextbookEngine(level, sins);
        Runs runs = new Runs(workload);
        runs.first(engine);
        runs.interleaved(engine, SESSIONS, TRANSACTIONS, seed);
        return runs.last(engine).stream()
                .map(Finding::anomaly)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Anomaly> all(Level level, Set<Sin> sins, long seed) {
        Set<Anomaly> found = new TreeSet<>();
        for (Supplier<Workload> workload : WORKLOADS) {
            found.addAll(anomalies(workload.get(), level, sins, seed));
        }
        return found;
    }

    private static Set<Anomaly> forbidden(Set<Anomaly> found, Level promised) {
        Set<Anomaly> forbidden = new TreeSet<>(found);
        forbidden.removeIf(anomaly -> !anomaly.isForbiddenAt(promised));
        return forbidden;
    }

    @ParameterizedTest
    @EnumSource
    void an_engine_raises_no_alarm_at_its_own_level_and_one_at_the_next(Level level) {
        long seed = Seeds.next();
        Set<Anomaly> found = new TreeSet<>();
        List<Supplier<Workload>> fair =
                level.compareTo(Level.SNAPSHOT) >= 0 ? WORKLOADS : WORKLOADS.subList(0, 2);
        for (int round = 0; round < 5; round++) {
            for (Supplier<Workload> workload : fair) {
                found.addAll(
                        anomalies(workload.get(), level, EnumSet.noneOf(Sin.class), seed + round));
            }
        }
        assertEquals(Set.of(), forbidden(found, level), () -> "seed " + seed);
        if (level != Level.SERIALIZABLE) {
            Level next = Level.values()[level.ordinal() + 1];
            assertTrue(!forbidden(found, next).isEmpty(), () -> "seed " + seed + ": " + found);
        }
    }

    /** Writers that do not exclude each other do no harm where reads are checked. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_CONFLICT_CHECK")
    void a_sin_against_serializability_is_found_out(Sin sin) {
        long seed = Seeds.next();
        Set<Anomaly> found = Set.of();
        for (int round = 0; found.isEmpty() && round < ROUNDS_MAX; round++) {
            found = all(Level.SERIALIZABLE, EnumSet.of(sin), seed + round);
        }
        assertFalse(found.isEmpty(), () -> "seed " + seed + " " + sin);
    }

    /** Without what serializability alone asks for. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_READ_CHECK", "NO_RANGE_CHECK", "NO_ABSENCE_CHECK"})
    void a_sin_against_snapshot_isolation_is_found_out(Sin sin) {
        long seed = Seeds.next();
        Set<Anomaly> found = Set.of();
        for (int round = 0; found.isEmpty() && round < ROUNDS_MAX; round++) {
            Set<Anomaly> all = all(Level.SNAPSHOT, EnumSet.of(sin), seed + round);
            found = forbidden(all, Level.SNAPSHOT);
        }
        assertFalse(found.isEmpty(), () -> "seed " + seed + " " + sin);
    }
}
