package io.smilodon.engine.isolation;

import java.util.List;

/**
 * A transaction as its client saw it.
 *
 * @param session who ran it; a session runs one after another
 * @param start a moment before it began
 * @param end a moment after it ended; {@link Long#MAX_VALUE} if that is unknown
 */
record TransactionRecord(
        int session, long start, long end, Status status, List<Operation> operations) {}
