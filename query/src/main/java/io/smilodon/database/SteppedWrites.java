package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Carries out one step per item, many of them in a transaction. A step that fails leaves the others
 * alone: if it has written something, the transaction is run again up to it, and the next one
 * begins behind it, so that no step runs more than twice for the failures of others. Not
 * thread-safe.
 *
 * @param <T> an item
 * @param <R> what a step returns
 */
final class SteppedWrites<T, R> {

    /** Enough to share the cost of a commit, few enough to repeat after a conflict. */
    private static final int STEPS_MAX = 1_000;

    /** Failures of the transaction or of the store: a step cannot fail alone with them. */
    private static final Set<ErrorCode> NOT_OF_A_STEP =
            Set.of(
                    ErrorCode.WRITE_CONFLICT,
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    ErrorCode.TRANSACTION_EXCEEDED_LIFETIME,
                    ErrorCode.COMMIT_UNKNOWN,
                    ErrorCode.SHUTDOWN_IN_PROGRESS,
                    ErrorCode.MAX_TIME_EXPIRED,
                    ErrorCode.INTERRUPTED,
                    ErrorCode.SNAPSHOT_TOO_OLD,
                    ErrorCode.DATA_CORRUPTION_DETECTED,
                    ErrorCode.OUT_OF_DISK_SPACE,
                    ErrorCode.OPERATION_FAILED);

    /** What one step does. It may run several times. */
    @FunctionalInterface
    interface Step<T, R> {
        R write(CollectionWriter writer, T item);
    }

    /** Runs one transaction. */
    @FunctionalInterface
    interface Runner<R> {
        Part<R> run(Function<CollectionWriter, Attempt<Part<R>>> work);
    }

    /**
     * What some steps did, by position of the item.
     *
     * @param results of the steps that went through, ascending
     * @param failures of the others
     * @param end the position after the last step
     */
    record Part<R>(
            List<Result<R>> results, SortedMap<Integer, SmilodonException> failures, int end) {

        static <R> Part<R> from(int position) {
            return new Part<>(new ArrayList<>(), new TreeMap<>(), position);
        }

        Part<R> until(int position) {
            return new Part<>(results, failures, position);
        }
    }

    /** What the step of one item returned. */
    record Result<R>(int position, R value) {}

    /**
     * What a failure means to the others.
     *
     * @param stopsAtFailure whether the steps after it are left out
     * @param isWhole whether all steps belong to a transaction that goes on: then the first failure
     *     is that of the whole, and nothing is run twice
     */
    record Mode(boolean stopsAtFailure, boolean isWhole) {

        static final Mode ORDERED = new Mode(true, false);

        static final Mode UNORDERED = new Mode(false, false);
    }

    private final Runner<R> runner;
    private final Step<T, R> step;
    private final Mode mode;

    SteppedWrites(Runner<R> runner, Step<T, R> step, Mode mode) {
        this.runner = runner;
        this.step = step;
        this.mode = mode;
    }

    /**
     * @return results and failures by position; steps after a failure that stops are in neither
     * @throws SmilodonException what is not the failure of a step; its details tell how many steps
     *     are committed, as {@code committedCount}, if any are
     */
    Part<R> run(List<T> items) {
        Part<R> all = Part.from(0);
        int position = 0;
        int stepsMax = STEPS_MAX;
        while (position < items.size()) {
            Part<R> part;
            try {
                part = runPart(items, position, stepsMax);
            } catch (SmilodonException error) {
                boolean isTooLarge = error.code().equals(ErrorCode.TRANSACTION_TOO_LARGE);
                if (!isTooLarge || stepsMax == 1 || mode.isWhole) {
                    throw all.results.isEmpty()
                            ? error
                            : Failures.with(error, Map.of("committedCount", all.results.size()));
                }
                stepsMax = Math.max(1, stepsMax / 8);
                continue;
            }
            all.results.addAll(part.results);
            all.failures.putAll(part.failures);
            if (mode.stopsAtFailure && !all.failures.isEmpty()) {
                break;
            }
            position = part.end;
        }
        return all.until(position);
    }

    /** Whether a step can fail so while the others go well. */
    static boolean isOfStep(SmilodonException failure) {
        return !NOT_OF_A_STEP.contains(failure.code());
    }

    private Part<R> runPart(List<T> items, int from, int stepsMax) {
        int to = (int) Math.min(items.size(), (long) from + stepsMax);
        Known known = new Known(to);
        while (true) {
            known.isNew = false;
            List<T> tried = items.subList(0, known.end());
            Part<R> part = runner.run(writer -> attempt(writer, tried, from, known));
            if (!known.isNew) {
                return part;
            }
        }
    }

    /** What the attempts at a part have found. */
    private static final class Known {

        /** Steps that fail after writing something. */
        final SortedMap<Integer, SmilodonException> unclean = new TreeMap<>();

        /** The position after the last step that can be in the same transaction. */
        int to;

        /** Whether the last attempt was given up for it. */
        boolean isNew;

        Known(int to) {
            this.to = to;
        }

        int end() {
            return unclean.isEmpty() ? to : Math.min(to, unclean.firstKey() + 1);
        }

        void addUnclean(int position, SmilodonException error) {
            unclean.put(position, error);
            isNew = true;
        }

        void endBefore(int position) {
            to = position;
            isNew = true;
        }
    }

    /**
     * @param known is added to when there is something to know, and the attempt given up; a step
     *     that needs much room begins a transaction, so that those before it see what is removed
     */
    private Attempt<Part<R>> attempt(
            CollectionWriter writer, List<T> items, int from, Known known) {
        Part<R> part = Part.from(from);
        int position = from;
        boolean isStopped = false;
        while (position < items.size() && !isStopped && !isFull(writer)) {
            long writesBefore = writer.writeCount();
            OperationScope.checkCurrent();
            try {
                if (known.unclean.containsKey(position)) {
                    throw known.unclean.get(position);
                }
                R value = step.write(writer, items.get(position));
                part.results.add(new Result<>(position, value));
            } catch (SmilodonException error) {
                if (mode.isWhole || !isOfStep(error)) {
                    throw error;
                }
                if (writer.writeCount() != writesBefore) {
                    known.addUnclean(position, error);
                    return Attempt.abandon(part);
                }
                part.failures.put(position, error);
                isStopped = mode.stopsAtFailure;
            } catch (RoomNeeded needed) {
                if (position == from) {
                    throw needed;
                }
                known.endBefore(position);
                return Attempt.abandon(part);
            }
            position++;
        }
        return Attempt.commit(part.until(position));
    }

    private static boolean isFull(CollectionWriter writer) {
        return writer.writtenBytes() >= PartSize.BYTES_MAX
                || writer.evictedCount() >= CollectionWriter.ROOM_PART_COUNT;
    }
}
