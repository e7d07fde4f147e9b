package io.smilodon.engine.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.isolation.LinearizabilityChecker.Kind;
import io.smilodon.engine.isolation.LinearizabilityChecker.RegisterOperation;
import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinearizabilityCheckerTest {

    private static final long NEVER = Long.MAX_VALUE;

    private static RegisterOperation read(int value, long start, long end) {
        return new RegisterOperation(Kind.READ, value, 0, start, end);
    }

    private static RegisterOperation write(int value, long start, long end) {
        return new RegisterOperation(Kind.WRITE, 0, value, start, end);
    }

    private static RegisterOperation set(int from, int to, long start, long end) {
        return new RegisterOperation(Kind.COMPARE_AND_SET, from, to, start, end);
    }

    private static boolean isGood(RegisterOperation... operations) {
        return LinearizabilityChecker.isLinearizable(List.of(operations));
    }

    @Test
    void a_read_beside_a_write_may_see_either_value() {
        assertTrue(isGood(write(1, 1, 5), read(0, 2, 3), read(1, 4, 6)));
        assertTrue(isGood(write(1, 1, 5), read(1, 2, 3)));
    }

    @Test
    void a_read_after_a_write_sees_it() {
        assertFalse(isGood(write(1, 1, 2), read(0, 3, 4)));
        assertFalse(isGood(write(1, 1, 9), read(1, 2, 3), read(0, 4, 5)));
    }

    @Test
    void an_operation_of_unknown_outcome_may_happen_late_or_never() {
        assertTrue(isGood(write(1, 1, NEVER), read(0, 5, 6), read(1, 7, 8)));
        assertTrue(isGood(write(1, 1, NEVER), read(0, 5, 6)));
        assertFalse(isGood(write(1, 1, NEVER), read(1, 5, 6), read(0, 7, 8)));
    }

    @Test
    void of_two_that_set_the_same_value_one_must_fail() {
        assertFalse(isGood(set(0, 1, 1, 5), set(0, 2, 1, 5)));
        assertTrue(isGood(set(0, 1, 1, 5), set(1, 2, 1, 5), read(2, 6, 7)));
    }

    /** Against trying every order. */
    @RepeatedTest(300)
    void it_agrees_with_brute_force() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<RegisterOperation> operations = new ArrayList<>();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            long start = random.nextInt(10);
            long end = random.nextInt(5) == 0 ? NEVER : start + 1 + random.nextInt(6);
            Kind kind = Kind.values()[random.nextInt(3)];
            operations.add(
                    new RegisterOperation(
                            kind, random.nextInt(3), 1 + random.nextInt(2), start, end));
        }
        assertEquals(
                hasOrder(operations, 0),
                LinearizabilityChecker.isLinearizable(operations),
                () -> "seed " + seed + ": " + operations);
    }

    private static boolean hasOrder(List<RegisterOperation> left, int value) {
        if (left.stream().allMatch(RegisterOperation::isUnknown)) {
            return true;
        }
        long firstEnd = left.stream().mapToLong(RegisterOperation::end).min().orElse(NEVER);
        for (RegisterOperation first : left) {
            boolean isPossible = first.kind() == Kind.WRITE || first.expected() == value;
            if (first.start() < firstEnd && isPossible) {
                List<RegisterOperation> rest = new ArrayList<>(left);
                rest.remove(first);
                int next = first.kind() == Kind.READ ? value : first.written();
                if (hasOrder(rest, next)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void a_long_history_is_decided() {
        List<RegisterOperation> operations = new ArrayList<>();
        for (int number = 1; number <= 2_000; number++) {
            operations.add(write(number, 4L * number, 4L * number + 6));
            operations.add(read(number, 4L * number + 5, 4L * number + 6));
        }
        assertTrue(LinearizabilityChecker.isLinearizable(operations));
    }
}
