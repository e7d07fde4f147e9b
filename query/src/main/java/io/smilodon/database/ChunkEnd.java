package io.smilodon.database;

/**
 * Ends a chunk before the statement at hand, which cannot share a transaction with those before it.
 * {@link StatementChunks} begins the next one with it; nobody else sees it.
 */
final class ChunkEnd extends RuntimeException {

    private static final long serialVersionUID = 1;

    ChunkEnd(String reason) {
        super(reason, null, false, false);
    }
}
