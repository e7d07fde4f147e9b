package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;

/** Key patterns as users write them to name an index. */
final class IndexKeys {

    private IndexKeys() {}

    /** Whether the index has this key, as written or as listed, whatever number says 1 or -1. */
    static boolean sameKey(IndexDefinition definition, Document key) {
        return isSame(definition.pattern().toDocument(), key)
                || isSame(definition.listedKey(), key);
    }

    private static boolean isSame(Document left, Document right) {
        return ValueOrder.ASCENDING.compare(left, right) == 0;
    }
}
