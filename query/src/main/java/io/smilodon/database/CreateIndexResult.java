package io.smilodon.database;

import java.util.Optional;

/**
 * What the creation of an index did.
 *
 * @param name the index's name, given or made from its key
 * @param indexCountBefore indexes of the collection before
 * @param indexCountAfter indexes of the collection now
 * @param note why nothing was done
 */
public record CreateIndexResult(
        String name, int indexCountBefore, int indexCountAfter, Optional<String> note) {}
