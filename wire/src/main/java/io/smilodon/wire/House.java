package io.smilodon.wire;

/**
 * What all clients share.
 *
 * @param limits what each may cost
 * @param reading where large messages are read
 * @param working where there are the documents of large messages
 * @param answering where there are large answers, from their first document on until clients have
 *     them
 * @param isLoginRequired whether who has not logged in may do nothing
 */
record House(
        WireLimits limits, Room reading, Room working, Room answering, boolean isLoginRequired) {

    /** Who has not logged in where that is asked for needs no more for a greeting. */
    static final int STRANGER_BYTES_MAX = 16 << 10;

    /** A fifth of the memory is for messages as they come, the rest for what is in them. */
    static House of(WireOptions options) {
        WireLimits limits = options.limits();
        long reading = limits.memoryBytes() / 5;
        return new House(
                limits,
                new Room(reading, limits.roomWait()),
                new Room(limits.memoryBytes() - reading, limits.roomWait()),
                new Room(limits.answerBytesMax(), limits.roomWait()),
                options.isLoginRequired());
    }

    /** How many values a message may hold, which has the whole room at most. */
    Allowance allowance() {
        return Allowance.of(limits.memoryBytes() / 5 * 4);
    }
}
