package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexDefinitions;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.plan.PartialFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Creates, drops and lists the indexes of one collection. Thread-safe. */
final class Indexes {

    private static final String ALL = "*";

    private final Access access;
    private final Instance instance;
    private final Namespace namespace;

    Indexes(Access access, Namespace namespace) {
        this.access = access;
        this.instance = access.instance();
        this.namespace = namespace;
    }

    /** What the first step of a creation found or did. */
    private record Registration(int countBefore, Optional<IndexEntry> added) {}

    CreateIndexResult create(Document specification) {
        IndexDefinition wanted = IndexDefinition.parse(specification);
        PartialFilter.of(wanted, Location.ROOT);
        access.requireNewest("createIndexes");
        new CollectionWrites(access, namespace).checkWritable();
        OperationScope.lock(instance.indexBuilds());
        try {
            Registration registration = register(specification);
            registration.added.ifPresent(this::fill);
            return result(wanted, registration);
        } finally {
            instance.indexBuilds().unlock();
        }
    }

    /**
     * Builds indexes anew from the documents, one after the other, beside the entries that readers
     * use until the new ones take their place. Documents that an index forbids leave it as it was.
     *
     * @param areWanted tells by their names which ones
     * @return the names of those that were built
     */
    List<String> rebuild(Predicate<String> areWanted) {
        access.requireNewest("reIndex");
        new CollectionWrites(access, namespace).checkWritable();
        OperationScope.lock(instance.indexBuilds());
        try {
            List<String> rebuilt = new ArrayList<>();
            for (IndexEntry index : entry().lastingIndexes()) {
                String name = index.definition().name();
                if (areWanted.test(name)) {
                    registerAnew(index).ifPresent(this::fill);
                    rebuilt.add(name);
                }
            }
            return rebuilt;
        } finally {
            instance.indexBuilds().unlock();
        }
    }

    private CollectionEntry entry() {
        try (Snapshot snapshot = access.snapshot()) {
            CollectionEntry entry =
                    instance.catalog().find(namespace, snapshot).orElseThrow(this::noCollection);
            Views.requireCollection(entry);
            return entry;
        }
    }

    /** Nothing if somebody has dropped it meanwhile. */
    private Optional<IndexEntry> registerAnew(IndexEntry index) {
        int oldId = index.definition().id();
        return instance.transactions()
                .run(
                        transaction -> {
                            Optional<CollectionEntry> entry =
                                    instance.catalog().find(namespace, transaction);
                            Optional<IndexEntry> old = entry.flatMap(found -> found.index(oldId));
                            return old.isEmpty()
                                    ? Attempt.abandon(old)
                                    : Attempt.commit(
                                            Optional.of(
                                                    addAnew(old.get(), entry.get(), transaction)));
                        })
                .result();
    }

    private IndexEntry addAnew(IndexEntry old, CollectionEntry entry, Transaction transaction) {
        int id = instance.catalog().nextId(transaction);
        IndexEntry anew = IndexEntry.building(old.definition().withId(id), namespace);
        instance.catalog().put(entry.withIndex(anew), transaction);
        return anew;
    }

    private void fill(IndexEntry added) {
        new IndexFilling(instance, namespace, added.definition()).run();
    }

    private static CreateIndexResult result(IndexDefinition wanted, Registration registration) {
        int before = registration.countBefore;
        return registration.added.isPresent()
                ? new CreateIndexResult(wanted.name(), before, before + 1, Optional.empty())
                : new CreateIndexResult(
                        wanted.name(), before, before, Optional.of("all indexes already exist"));
    }

    /** From the commit of this on, every write keeps the index. */
    private Registration register(Document specification) {
        return instance.transactions()
                .run(transaction -> register(specification, transaction))
                .result();
    }

    private Attempt<Registration> register(Document specification, Transaction transaction) {
        CollectionEntry entry =
                instance.catalog()
                        .find(namespace, transaction)
                        .orElseGet(() -> createCollection(transaction));
        Views.requireCollection(entry);
        IndexDefinition wanted =
                IndexDefinition.parse(specification, Location.ROOT, entry.collation());
        if (wanted.isOnId()) {
            Location place = Location.ROOT.child("collation");
            entry.collation().requireForId(wanted.options().collation(), place);
        }
        if (entry.isCapped() && wanted.options().expireAfterSeconds().isPresent()) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "Cannot create TTL index on a capped collection")
                    .at(Location.ROOT.child("expireAfterSeconds"));
        }
        List<IndexDefinition> existing = entry.definitions();
        if (!IndexDefinitions.isNew(wanted, existing)) {
            return Attempt.commit(new Registration(existing.size(), Optional.empty()));
        }
        int id = instance.catalog().nextId(transaction);
        IndexEntry added = IndexEntry.building(wanted.withId(id), namespace);
        instance.catalog().put(entry.withIndex(added), transaction);
        instance.indexUses().begin(entry.id(), id);
        return Attempt.commit(new Registration(existing.size(), Optional.of(added)));
    }

    private CollectionEntry createCollection(Transaction transaction) {
        CollectionEntry entry =
                instance.catalog().create(namespace, CollectionOptions.NONE, transaction);
        DefinitionNotes.created(entry, transaction);
        return entry;
    }

    List<Document> list() {
        try (Snapshot snapshot = access.snapshot()) {
            return instance.catalog().find(namespace, snapshot).stream()
                    .flatMap(Indexes::readable)
                    .map(IndexDefinition::toSpecification)
                    .toList();
        }
    }

    /** All indexes, those too that are being built. */
    List<IndexListing> listings() {
        CollectionEntry entry = entry();
        Stream<IndexListing> all =
                entry.lastingIndexes().stream().map(index -> IndexListing.of(entry.id(), index));
        return Stream.concat(Stream.of(IndexListing.onId(entry.collation())), all).toList();
    }

    private static Stream<IndexDefinition> readable(CollectionEntry entry) {
        Views.requireCollection(entry);
        return Stream.concat(
                Stream.of(IndexDefinition.onId(entry.collation())),
                entry.indexes().stream().filter(IndexEntry::isReady).map(IndexEntry::definition));
    }

    void drop(Value nameOrKey) {
        access.requireNewest("dropIndexes");
        instance.transactions()
                .run(
                        transaction -> {
                            CollectionEntry entry =
                                    instance.catalog()
                                            .find(namespace, transaction)
                                            .orElseThrow(this::noCollection);
                            Views.requireCollection(entry);
                            for (IndexEntry index : chosen(entry, nameOrKey)) {
                                DefinitionNotes.indexDropped(entry, index, transaction);
                                entry = drop(entry, index, transaction);
                            }
                            return Attempt.commit(entry);
                        });
    }

    /** An index, and the one that is filled to take its place. */
    private CollectionEntry drop(CollectionEntry entry, IndexEntry index, Transaction transaction) {
        CollectionEntry left = entry;
        for (IndexEntry each : entry.indexes()) {
            if (each.definition().name().equals(index.definition().name())) {
                left = instance.catalog().dropIndex(left, each, transaction);
            }
        }
        return left;
    }

    private SmilodonException noCollection() {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND, "ns not found", Map.of("namespace", namespace));
    }

    private static List<IndexEntry> chosen(CollectionEntry entry, Value nameOrKey) {
        return switch (nameOrKey) {
            case StringValue name ->
                    name.value().equals(ALL)
                            ? entry.lastingIndexes()
                            : List.of(byName(entry, name.value()));
            case Document key -> List.of(byKey(entry, key));
            case ArrayValue names ->
                    names.elements().stream()
                            .map(name -> chosenByName(entry, name))
                            .distinct()
                            .toList();
            default -> throw wrongType(nameOrKey);
        };
    }

    private static IndexEntry chosenByName(CollectionEntry entry, Value name) {
        if (name instanceof StringValue text) {
            return byName(entry, text.value());
        }
        throw wrongType(name);
    }

    private static SmilodonException wrongType(Value value) {
        return new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "An index to drop is named by its name or by its key",
                Map.of("actual", value.type().alias(), "expected", "string, object or array"));
    }

    private static IndexEntry byName(CollectionEntry entry, String name) {
        if (name.equals(IndexDefinition.ID_INDEX_NAME)) {
            throw idIndex();
        }
        return entry.lastingIndexes().stream()
                .filter(index -> index.definition().name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.INDEX_NOT_FOUND,
                                        "index not found with name [" + name + "]"));
    }

    private static IndexEntry byKey(CollectionEntry entry, Document key) {
        if (IndexKeys.sameKey(IndexDefinition.onId(), key)) {
            throw idIndex();
        }
        List<IndexEntry> found =
                entry.lastingIndexes().stream()
                        .filter(index -> IndexKeys.sameKey(index.definition(), key))
                        .toList();
        if (found.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.INDEX_NOT_FOUND, "can't find index with key", Map.of("key", key));
        }
        if (found.size() > 1) {
            throw new SmilodonException(
                    ErrorCode.AMBIGUOUS_INDEX_KEY_PATTERN,
                    "indexes found for key, identify by name instead",
                    Map.of("count", found.size(), "key", key));
        }
        return found.get(0);
    }

    private static SmilodonException idIndex() {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, "cannot drop _id index");
    }
}
