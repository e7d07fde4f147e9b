package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.exec.OperationScope;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Memory for the answer that the request of this thread gathers. A batch that finds none ends where
 * it is, and its reader asks for the next; only who has nothing yet, or cannot end there, waits.
 * Belongs to the thread of the request.
 */
public final class AnswerMemory {

    private static final ThreadLocal<AnswerMemory> CURRENT =
            ThreadLocal.withInitial(() -> new AnswerMemory(new Unlimited()));

    private final Source source;
    private boolean isWhole;

    private AnswerMemory(Source source) {
        this.source = source;
    }

    /** Where the memory comes from. It counts one answer, from nothing on. */
    public interface Source {

        /** Has the answer take so many bytes of documents in all, if there is room at once. */
        boolean tryTake(long bytes);

        /**
         * The same, but waits for it, and has nothing meanwhile, so that others find room.
         *
         * @return whether there was room within the time
         * @throws InterruptedException if the request is to end
         */
        boolean take(long bytes) throws InterruptedException;
    }

    /** What a program reads for itself. */
    private record Unlimited() implements Source {

        @Override
        public boolean tryTake(long bytes) {
            return true;
        }

        @Override
        public boolean take(long bytes) {
            return true;
        }
    }

    /** Carries a request out whose answer takes its memory from there. */
    public static <T> T within(Source source, Supplier<T> request) {
        CURRENT.set(new AnswerMemory(source));
        try {
            return request.get();
        } finally {
            CURRENT.remove();
        }
    }

    static AnswerMemory current() {
        return CURRENT.get();
    }

    /** The reader does not ask for a second batch. */
    public static void needsWhole() {
        CURRENT.get().isWhole = true;
    }

    /**
     * Whether the batch may hold so many bytes.
     *
     * @param isFirst whether they are those of its first document
     * @throws SmilodonException {@code ExceededMemoryLimit} (146) if it has waited in vain
     */
    boolean takes(long bytes, boolean isFirst) {
        boolean isTaken = source.tryTake(bytes);
        if (!isTaken && (isFirst || isWhole)) {
            await(isWhole ? Limits.DOCUMENT_BYTES_MAX : bytes);
            return true;
        }
        return isTaken;
    }

    private void await(long bytes) {
        Thread waiting = Thread.currentThread();
        boolean isTaken;
        try {
            isTaken = OperationScope.wakingBy(waiting::interrupt, () -> hasTaken(bytes));
        } finally {
            Thread.interrupted(); // nobody else interrupts the thread of a request
        }
        OperationScope.checkCurrent();
        if (!isTaken) {
            throw noMemory();
        }
    }

    private boolean hasTaken(long bytes) {
        AtomicBoolean isTaken = new AtomicBoolean();
        try {
            OperationScope.lendingPlace(() -> isTaken.set(source.take(bytes)));
            return isTaken.get();
        } catch (InterruptedException ended) {
            return false;
        }
    }

    /** That of an answer which has waited for memory in vain. */
    public static SmilodonException noMemory() {
        return new SmilodonException(
                        ErrorCode.EXCEEDED_MEMORY_LIMIT,
                        "There is no memory for the answer: others take theirs too slowly")
                .withHint("try again later, or ask for less at a time");
    }
}
