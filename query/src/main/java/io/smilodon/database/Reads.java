package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;

/** Pending. */
final class Reads {

    Reads(Instance instance, Namespace namespace) {}

    boolean exists() {
        throw Pending.part();
    }

    DocumentCursor find(FindRequest request) {
        throw Pending.part();
    }

    Optional<VersionedDocument> findById(Value id) {
        throw Pending.part();
    }

    long count(FindRequest request) {
        throw Pending.part();
    }

    long estimatedCount() {
        throw Pending.part();
    }

    List<Value> distinct(String path, FindRequest request) {
        throw Pending.part();
    }

    DocumentCursor aggregate(List<Document> pipeline, AggregateOptions options) {
        throw Pending.part();
    }

    Document explain(FindRequest request, Verbosity verbosity) {
        throw Pending.part();
    }

    Document explain(List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        throw Pending.part();
    }

    Optional<CollectionSummary> summary() {
        throw Pending.part();
    }
}
