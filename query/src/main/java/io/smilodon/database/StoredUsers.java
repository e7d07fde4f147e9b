package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.update.Replacement;
import io.smilodon.security.Privilege;
import io.smilodon.security.UserStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users and roles as documents of the database {@code admin}, beside everything else: what keeps
 * that safe keeps them safe, and a backup has them. Thread-safe.
 */
record StoredUsers(Access access) implements UserStore {

    /**
     * @param access the newest state
     */
    StoredUsers(Access access) {
        this.access = access.with(new WriteOptions(SyncMode.SYNC)); // whatever others ask for
    }

    private static final String DATABASE = "admin";

    private static Namespace namespace(Kind kind) {
        return new Namespace(DATABASE, kind.collection());
    }

    @Override
    public Optional<Document> find(Kind kind, String id) {
        try (Snapshot snapshot = access.snapshot()) {
            return access.instance()
                    .catalog()
                    .find(namespace(kind), snapshot)
                    .flatMap(entry -> snapshot.get(entry.documentKey(Value.of(id))))
                    .map(stored -> StoredDocument.versioned(stored, snapshot.sequence()))
                    .map(VersionedDocument::document);
        }
    }

    private Reads reads(Kind kind) {
        return new Reads(access, new CollectionWrites(access, namespace(kind)));
    }

    @Override
    public long count(Kind kind) {
        return reads(kind).estimatedCount();
    }

    @Override
    public List<Document> all(Kind kind) {
        List<Document> all = new ArrayList<>();
        try (DocumentCursor cursor = reads(kind).find(FindRequest.of(Document.EMPTY))) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    @Override
    public void check(Privilege privilege) {
        PrivilegeRules.check(privilege, Location.ROOT);
    }

    @Override
    public void write(List<Change> changes) {
        for (Kind kind : Kind.values()) {
            if (changes.stream().anyMatch(change -> change.kind() == kind)) {
                new Definitions(access).ensureSystem(namespace(kind), CollectionOptions.NONE);
            }
        }
        List<CollectionWriter> writers =
                access.write(0, transaction -> Attempt.commit(write(changes, transaction)))
                        .result();
        writers.forEach(access::written);
    }

    private List<CollectionWriter> write(List<Change> changes, Transaction transaction) {
        Map<Kind, CollectionWriter> writers = new EnumMap<>(Kind.class);
        for (Change change : changes) {
            write(change, writers.computeIfAbsent(change.kind(), k -> writer(k, transaction)));
        }
        writers.values().forEach(writer -> writer.finish(true));
        return List.copyOf(writers.values());
    }

    private CollectionWriter writer(Kind kind, Transaction transaction) {
        CollectionEntry entry =
                access.instance().catalog().find(namespace(kind), transaction).orElseThrow();
        return new CollectionWriter(
                access.instance().catalog(), entry, Validator.NONE, transaction);
    }

    private static void write(Change change, CollectionWriter writer) {
        Optional<StoredDocument> before = writer.find(Value.of(change.id()));
        if (before.isEmpty()) {
            change.after().ifPresent(after -> writer.insert(after, SizeLimit.OF_INSERT));
        } else if (change.after().isPresent()) {
            Document after = change.after().get();
            writer.replace(before.get(), after, new Replacement(after));
        } else {
            writer.delete(before.get());
        }
    }
}
