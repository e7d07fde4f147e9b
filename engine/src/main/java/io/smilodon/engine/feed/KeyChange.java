package io.smilodon.engine.feed;

/** One thing that a commit did. Arrays are not copied: nobody may change them. */
public sealed interface KeyChange {

    /** A key got a value, whether it had one before or not. */
    record Put(byte[] key, byte[] value) implements KeyChange {}

    /** A key has no value any more, whether it had one before or not. */
    record Remove(byte[] key) implements KeyChange {}

    /** All keys with this prefix were given up for ever, as when a collection is dropped. */
    record Retire(byte[] prefix) implements KeyChange {}
}
