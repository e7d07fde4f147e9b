package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/** Pending. */
final class Indexes {

    Indexes(Instance instance, Namespace namespace) {}

    CreateIndexResult create(Document specification) {
        throw Pending.part();
    }

    List<Document> list() {
        throw Pending.part();
    }

    void drop(Value nameOrKey) {
        throw Pending.part();
    }
}
