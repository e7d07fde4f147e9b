package io.smilodon.engine.isolation;

import java.util.NavigableMap;
import java.util.Optional;

/** What a workload needs of a database: the store under test, or one from a textbook. */
interface Engine {

    Work begin();

    /** One transaction. Not thread-safe. */
    interface Work extends AutoCloseable {

        Optional<String> get(String key);

        /** Every key that starts so. */
        NavigableMap<String, String> scan(String prefix);

        void put(String key, String value);

        /** Adds an element to a list that is kept as text, separated by commas. */
        default void append(String key, int element) {
            put(key, get(key).map(list -> list + "," + element).orElse("" + element));
        }

        /**
         * Commits, or goes a step towards it.
         *
         * @return whether it is done; else it is to be called again
         * @throws RefusedException nothing happened
         */
        boolean commit();

        /** Abandons the transaction, unless it has committed. */
        @Override
        void close();
    }

    /** The transaction has not happened. */
    final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason, null, false, false);
        }
    }
}
