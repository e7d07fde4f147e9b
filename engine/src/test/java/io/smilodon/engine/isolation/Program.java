package io.smilodon.engine.isolation;

import java.util.ArrayList;
import java.util.List;

/** One transaction of a workload, and what its client learned. Used by one thread at a time. */
abstract class Program {

    private final List<Operation> operations = new ArrayList<>();
    private int session;
    private long start;
    private long end = Long.MAX_VALUE;
    private Status status = Status.UNKNOWN;

    /**
     * Does the next operation.
     *
     * @return whether there are more
     */
    abstract boolean step(Engine.Work work);

    /** Whether the client gives up at the end instead of committing. */
    boolean isAbandoned() {
        return false;
    }

    /** What it may write, as far as that is known before it begins. */
    List<Operation> planned() {
        return List.of();
    }

    final void note(Operation operation) {
        operations.add(operation);
    }

    final void started(int by, long tick) {
        session = by;
        start = tick;
    }

    final void ended(Status as, long tick) {
        status = as;
        end = as == Status.UNKNOWN ? Long.MAX_VALUE : tick;
    }

    final Status status() {
        return status;
    }

    final boolean isCommitted() {
        return status == Status.COMMITTED;
    }

    final TransactionRecord record() {
        return new TransactionRecord(session, start, end, status, List.copyOf(operations));
    }
}
