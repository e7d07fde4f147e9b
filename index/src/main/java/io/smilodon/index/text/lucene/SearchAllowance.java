package io.smilodon.index.text.lucene;

/**
 * What the caller of a search grants it: time, and memory. For the thread that searches.
 *
 * <p>A search without a budget of memory is no more than its check of time.
 */
@FunctionalInterface
public interface SearchAllowance {

    /**
     * Throws when the caller has no time left, or was cancelled. Asked every few milliseconds, from
     * inside of Lucene too.
     */
    void check();

    /**
     * Accounts for so much more that the search holds until it is closed; a negative number gives
     * back. Throws when that is too much.
     */
    default void reserve(long bytes) {
        // No budget.
    }
}
