package io.smilodon.engine.isolation;

import java.util.List;

/** One step of a transaction on lists. */
sealed interface Operation {

    String key();

    /** Adds an element, unique in the history, to the end. */
    record Append(String key, int element) implements Operation {}

    /** What the list was. */
    record Read(String key, List<Integer> elements) implements Operation {}
}
