package io.smilodon.engine.isolation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether operations on one register have an order that keeps to real time and explains
 * every answer (Wing and Gong, "Testing and verifying concurrent objects", 1993, with the memory of
 * Lowe, "Testing for linearizability", 2017). An operation of unknown outcome may take effect at
 * any time after it began, or never.
 */
final class LinearizabilityChecker {

    /** What is done to the register; it is 0 at first. */
    enum Kind {
        READ,
        WRITE,
        /** Writes if the value is the expected one. */
        COMPARE_AND_SET
    }

    /**
     * One operation.
     *
     * @param expected what a read saw, or what a compare-and-set found
     * @param written what was written
     * @param end {@link Long#MAX_VALUE} if the outcome is unknown
     */
    record RegisterOperation(Kind kind, int expected, int written, long start, long end) {

        boolean isUnknown() {
            return end == Long.MAX_VALUE;
        }
    }

    private final List<RegisterOperation> operations;
    private final Set<State> refuted = new HashSet<>();

    private record State(BitSet done, int value) {}

    private record Step(State state, int[] next) {}

    private LinearizabilityChecker(List<RegisterOperation> operations) {
        this.operations = new ArrayList<>(operations);
        this.operations.removeIf(one -> one.isUnknown() && one.kind() == Kind.READ);
        this.operations.sort(Comparator.comparingLong(RegisterOperation::start));
    }

    static boolean isLinearizable(List<RegisterOperation> operations) {
        return new LinearizabilityChecker(operations).search();
    }

    private boolean search() {
        List<Step> path = new ArrayList<>();
        path.add(new Step(new State(new BitSet(), 0), new int[1]));
        while (!path.isEmpty()) {
            Step step = path.get(path.size() - 1);
            if (isFinished(step.state().done())) {
                return true;
            }
            int candidate = nextCandidate(step);
            if (candidate < 0) {
                path.remove(path.size() - 1);
            } else {
                State after = after(step.state(), candidate);
                if (refuted.add(after)) {
                    path.add(new Step(after, new int[1]));
                }
            }
        }
        return false;
    }

    private boolean isFinished(BitSet done) {
        for (int index = done.nextClearBit(0);
                index < operations.size();
                index = done.nextClearBit(index + 1)) {
            if (!operations.get(index).isUnknown()) {
                return false;
            }
        }
        return true;
    }

    /** The next operation that may come first of those that are left; -1 if there is none. */
    private int nextCandidate(Step step) {
        BitSet done = step.state().done();
        long firstEnd = Long.MAX_VALUE;
        for (int index = done.nextClearBit(0);
                index < operations.size() && operations.get(index).start() < firstEnd;
                index = done.nextClearBit(index + 1)) {
            firstEnd = Math.min(firstEnd, operations.get(index).end());
        }
        for (int index = done.nextClearBit(step.next()[0]);
                index < operations.size() && operations.get(index).start() < firstEnd;
                index = done.nextClearBit(index + 1)) {
            step.next()[0] = index + 1;
            if (isPossible(operations.get(index), step.state().value())) {
                return index;
            }
        }
        return -1;
    }

    private static boolean isPossible(RegisterOperation operation, int value) {
        return operation.kind() == Kind.WRITE || operation.expected() == value;
    }

    private State after(State state, int index) {
        BitSet done = (BitSet) state.done().clone();
        done.set(index);
        RegisterOperation operation = operations.get(index);
        int value = operation.kind() == Kind.READ ? state.value() : operation.written();
        return new State(done, value);
    }
}
