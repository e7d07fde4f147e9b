package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.Dialect;
import io.smilodon.query.exec.OperationScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The requests that are being carried out. Thread-safe. */
public final class OperationRegistry {

    private final Map<Integer, RunningOperation> running = new ConcurrentSkipListMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Activity activity;
    private final SlowOperations slow;
    private final Latencies latencies = new Latencies();
    private final AtomicReference<Dialect> dialect = new AtomicReference<>(Dialect.PLAIN);

    OperationRegistry(Activity activity, Profile profile) {
        this.activity = activity;
        this.slow = new SlowOperations(profile);
    }

    /**
     * Carries out a request; others see it meanwhile and may end it. One that is part of another is
     * not a request of its own.
     *
     * @param limitMillis time after which it fails; 0 for never
     */
    public <T> T run(OperationDescription description, long limitMillis, Supplier<T> work) {
        if (OperationScope.isEntered()) {
            return work.get();
        }
        RunningOperation operation = begin(description, limitMillis);
        Optional<SmilodonException> failure = Optional.empty();
        activity.begin(description);
        try {
            return dialect().within(() -> operation.run(work));
        } catch (SmilodonException failed) {
            failure = Optional.of(failed);
            activity.failed();
            throw failed;
        } finally {
            running.remove(operation.id());
            latencies.ended(description, operation.scope().workedNanos());
            slow.ended(operation, failure);
        }
    }

    /**
     * Carries out what the program itself asks for and what may take long: others see it meanwhile
     * and may end it, but it is no request, is not counted and not said to be slow.
     *
     * @param limitMillis time after which it fails; 0 for never
     */
    <T> T show(OperationDescription description, long limitMillis, Supplier<T> work) {
        if (OperationScope.isEntered()) {
            return work.get();
        }
        RunningOperation operation = begin(description, limitMillis);
        try {
            return operation.run(work);
        } finally {
            running.remove(operation.id());
        }
    }

    private RunningOperation begin(OperationDescription description, long limitMillis) {
        RunningOperation operation =
                new RunningOperation(
                        lastId.incrementAndGet(),
                        description,
                        new OperationScope(limitMillis, description.permit()));
        running.put(operation.id(), operation);
        return operation;
    }

    /**
     * Forbids operators to requests from now on, whichever way they come; what the program itself
     * asks for may use them, as may validators and filters of indexes that are there already.
     *
     * @param names with their dollar signs; those of before are allowed again unless among them
     * @throws SmilodonException {@code BadValue} for a name that no operator has
     */
    public void forbid(Set<String> names) {
        OperatorNames.check(names);
        dialect.updateAndGet(spoken -> spoken.forbidding(names));
    }

    /**
     * Says whether elements of arrays lack fields, to requests from now on: see {@link Dialect}.
     */
    void lackFieldsInElements(boolean theyDo) {
        dialect.updateAndGet(spoken -> spoken.whereElementsLackFields(theyDo));
    }

    /**
     * How requests are read; a program may have it for what it asks itself, which is read plainly.
     */
    public Dialect dialect() {
        return dialect.get();
    }

    /** Those that run now, the oldest first. */
    public List<RunningOperation> running() {
        return List.copyOf(running.values());
    }

    /**
     * Makes an operation fail soon, with {@code Interrupted}.
     *
     * @return whether there is one of this id
     */
    public boolean kill(int id) {
        Optional<RunningOperation> found = Optional.ofNullable(running.get(id));
        found.ifPresent(operation -> operation.scope().cancel());
        return found.isPresent();
    }

    /**
     * How long those of each collection took, and what they were, as MongoDB's {@code top}.
     *
     * @param exists whether there is a collection of a full name
     */
    public Document top(Predicate<String> exists) {
        return latencies.top(exists);
    }

    /** How long reads, writes and others took, as MongoDB's {@code serverStatus} tells it. */
    public Document latencyReport() {
        return latencies.report();
    }

    /** How long those of each collection took. */
    Latencies latencies() {
        return latencies;
    }

    /** Those that took long. */
    public SlowOperations slow() {
        return slow;
    }
}
