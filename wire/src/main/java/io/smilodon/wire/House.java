package io.smilodon.wire;

/**
 * What all clients share.
 *
 * @param limits what each may cost
 * @param reading where large messages are read
 * @param working where there are the documents of large messages
 * @param answering where there are large answers, from their first document on until clients have
 *     them
 */
record House(WireLimits limits, Room reading, Room working, Room answering) {

    /** A fifth of the memory is for messages as they come, the rest for what is in them. */
    static House of(WireLimits limits) {
        long reading = limits.memoryBytes() / 5;
        return new House(
                limits,
                new Room(reading, limits.roomWait()),
                new Room(limits.memoryBytes() - reading, limits.roomWait()),
                new Room(limits.answerBytesMax(), limits.roomWait()));
    }

    /** How many values a message may hold, which has the whole room at most. */
    Allowance allowance() {
        return Allowance.of(limits.memoryBytes() / 5 * 4);
    }
}
