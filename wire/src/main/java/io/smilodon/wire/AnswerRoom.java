package io.smilodon.wire;

import io.smilodon.database.AnswerMemory;

/**
 * The memory of the answers of one connection, one after the other: taken as documents are gathered
 * for it and as it is written down, left when the client has it. Who has some never waits for more
 * without giving it back. Owned by the thread of the connection.
 */
final class AnswerRoom implements AnswerMemory.Source {

    /** Documents, and what they become, take that much more memory than in store. */
    private static final int GATHERED_FACTOR = 4;

    /** A message is in a buffer that may be half empty. */
    private static final int WRITTEN_FACTOR = 2;

    /** Takes room in such parts. */
    private static final long STEP_BYTES = 256 << 10;

    private final Room.Part part;

    AnswerRoom(Room room) {
        this.part = room.part();
    }

    @Override
    public boolean tryTake(long bytes) {
        return part.grow(stepped(GATHERED_FACTOR * bytes));
    }

    @Override
    public boolean take(long bytes) throws InterruptedException {
        return part.await(stepped(GATHERED_FACTOR * bytes));
    }

    /** Small answers take nothing. */
    private static long stepped(long bytes) {
        return bytes <= Room.FREE_BYTES ? bytes : (bytes / STEP_BYTES + 1) * STEP_BYTES;
    }

    /**
     * Makes sure, while an answer is written down, that there is room for what is there. Who needs
     * more than it has takes what any answer needs, so that it waits once at most.
     *
     * @throws io.smilodon.engine.error.SmilodonException 146 if it has waited in vain
     */
    void written(int bytes) {
        long needed = (long) WRITTEN_FACTOR * bytes;
        if (needed <= Math.max(Room.FREE_BYTES, part.taken())) {
            return;
        }
        long atMost = (long) WRITTEN_FACTOR * Message.BYTES_MAX;
        if (!part.grow(stepped(needed)) && !part.take(atMost)) {
            throw AnswerMemory.noMemory();
        }
    }

    /**
     * The answer is there, and is sent.
     *
     * @return how much memory it has
     */
    long complete(int bytes) {
        part.shrink((long) WRITTEN_FACTOR * bytes);
        return Math.max((long) bytes, part.taken());
    }

    /** There is no answer any more. */
    void leave() {
        part.leave();
    }
}
