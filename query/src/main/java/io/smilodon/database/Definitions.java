package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;

/** Pending. */
final class Definitions {

    List<CollectionSummary> collections(String database) {
        throw Pending.part();
    }

    List<DatabaseSummary> databases() {
        throw Pending.part();
    }

    boolean createDatabase(String name) {
        throw Pending.part();
    }

    boolean dropDatabase(String name) {
        throw Pending.part();
    }

    boolean createCollection(Namespace namespace, Document options) {
        throw Pending.part();
    }

    boolean dropCollection(Namespace namespace) {
        throw Pending.part();
    }
}
