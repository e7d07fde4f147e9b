package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;

/** Pending. */
final class Inserts {

    Inserts(Instance instance, Namespace namespace) {}

    InsertOneResult insertOne(Document document) {
        throw Pending.part();
    }

    InsertManyResult insertMany(List<Document> documents, boolean ordered) {
        throw Pending.part();
    }
}
