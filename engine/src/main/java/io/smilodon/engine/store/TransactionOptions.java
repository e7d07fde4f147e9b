package io.smilodon.engine.store;

import java.util.Optional;

/**
 * What a transaction asks of the store.
 *
 * @param isolation what it may notice of others
 * @param key makes it take effect at most once; see {@link Transaction#earlierOutcome}
 */
public record TransactionOptions(Isolation isolation, Optional<IdempotencyKey> key) {

    public static final TransactionOptions SNAPSHOT =
            new TransactionOptions(Isolation.SNAPSHOT, Optional.empty());

    public static final TransactionOptions SERIALIZABLE =
            new TransactionOptions(Isolation.SERIALIZABLE, Optional.empty());

    public TransactionOptions withKey(IdempotencyKey idempotencyKey) {
        return new TransactionOptions(isolation, Optional.of(idempotencyKey));
    }
}
