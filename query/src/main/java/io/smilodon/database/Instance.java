package io.smilodon.database;

import io.smilodon.engine.store.KeyValueStore;

/** Pending. */
final class Instance {

    KeyValueStore store() {
        throw Pending.part();
    }

    Definitions definitions() {
        throw Pending.part();
    }

    CursorRegistry cursors() {
        throw Pending.part();
    }

    SmilodonStatistics statistics() {
        throw Pending.part();
    }

    void close() {}
}
