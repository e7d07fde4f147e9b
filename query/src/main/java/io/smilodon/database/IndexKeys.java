package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;

/** Key patterns as users write them to name an index. */
final class IndexKeys {

    private IndexKeys() {}

    /** Whether the index has this key, whatever type of number says 1 or -1. */
    static boolean sameKey(IndexDefinition definition, Document key) {
        return ValueOrder.ASCENDING.compare(definition.pattern().toDocument(), key) == 0;
    }
}
