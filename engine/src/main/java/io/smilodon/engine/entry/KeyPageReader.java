package io.smilodon.engine.entry;

/**
 * Makes pages of keys that follow each other, for those who read many: what is read often is made
 * once, kept, and shared. Not thread-safe.
 *
 * @param <P> what it makes; all readers that make this and leave out as much make the same of the
 *     same keys
 */
public interface KeyPageReader<P extends KeyPage> {

    Class<P> type();

    /** How many bytes it leaves out at the beginning of each key; all keys have them in common. */
    int beginning();

    /** Forgets all, to be filled with the next keys. */
    KeyTails begin();

    /** The page of the keys that have been added since, one or more. */
    P page();
}
