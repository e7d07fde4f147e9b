package io.smilodon.engine.entry;

/** What a {@link KeyPageReader} has made of keys that follow each other. Immutable. */
public interface KeyPage {

    /** About how much memory it takes. */
    long memoryBytes();
}
