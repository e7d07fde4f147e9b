package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.SearchIndexEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.search.SearchIndex;
import io.smilodon.index.text.search.SearchIndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates, changes and drops the search indexes of one collection. Thread-safe. */
final class SearchIndexes {

    /** How many a collection may have. */
    static final int INDEXES_MAX = 64;

    private static final String DEFINITION = "definition";
    private static final String NAME = "name";
    private static final String TYPE = "type";

    private static final Set<String> FIELDS = Set.of(NAME, TYPE, DEFINITION);

    private static final ErrorCode EXISTS = new ErrorCode(68, "IndexAlreadyExists");

    private final Access access;
    private final Instance instance;
    private final Namespace namespace;

    SearchIndexes(Access access, Namespace namespace) {
        this.access = access;
        this.instance = access.instance();
        this.namespace = namespace;
    }

    /** A search index that does not exist yet. */
    private record Wanted(String name, SearchIndexDefinition definition) {}

    /** The change of a collection's search indexes, and those that are gone then. */
    private interface Change {
        List<SearchIndexEntry> apply(CollectionEntry entry, Transaction transaction);
    }

    /** Creates some, all or none; they are filled meanwhile, and readers wait for that. */
    List<SearchIndexEntry> create(List<Document> specifications, Location location) {
        List<Wanted> wanted = new ArrayList<>();
        for (Document specification : specifications) {
            wanted.add(parse(specification, location.child(wanted.size())));
        }
        List<SearchIndexEntry> created = new ArrayList<>();
        CollectionEntry entry =
                change(
                        "createSearchIndexes",
                        (before, transaction) -> {
                            created.clear();
                            List<SearchIndexEntry> all = new ArrayList<>(before.searchIndexes());
                            for (Wanted one : wanted) {
                                created.add(added(one, all, transaction));
                                all.add(created.getLast());
                            }
                            return all;
                        });
        created.forEach(index -> searchIndex(entry, index).begin(instance.luceneIndexes()));
        return created;
    }

    private SearchIndexEntry added(
            Wanted wanted, List<SearchIndexEntry> existing, Transaction transaction) {
        boolean isTaken = existing.stream().anyMatch(index -> index.name().equals(wanted.name));
        if (isTaken) {
            throw new SmilodonException(
                    EXISTS, "Duplicate index name", Map.of("index", wanted.name));
        }
        if (existing.size() == INDEXES_MAX) {
            throw new SmilodonException(
                    ErrorCode.CANNOT_CREATE_INDEX,
                    "The collection has too many search indexes",
                    Map.of("max", INDEXES_MAX));
        }
        int id = instance.catalog().nextId(transaction);
        return new SearchIndexEntry(id, wanted.name, 0, wanted.definition);
    }

    private static Wanted parse(Document specification, Location location) {
        for (Field field : specification) {
            if (!FIELDS.contains(field.name())) {
                throw new SmilodonException(
                                ErrorCode.location(40415),
                                "Unknown field of a search index",
                                Map.of("field", field.name(), "expected", List.copyOf(FIELDS)))
                        .at(location.child(field.name()));
            }
        }
        String name = text(specification, NAME, SearchIndexDefinition.DEFAULT_NAME, location);
        String type = text(specification, TYPE, SearchIndexDefinition.SEARCH, location);
        if (!(specification.get(DEFINITION) instanceof Document definition)) {
            throw wrongType(specification, DEFINITION, "object", location);
        }
        Location place = location.child(DEFINITION);
        return new Wanted(name, SearchIndexDefinition.parse(type, definition, place));
    }

    private static String text(
            Document specification, String field, String otherwise, Location location) {
        if (!specification.has(field)) {
            return otherwise;
        }
        if (specification.get(field) instanceof StringValue text && !text.value().isEmpty()) {
            return text.value();
        }
        throw wrongType(specification, field, "string", location);
    }

    private static SmilodonException wrongType(
            Document specification, String field, String expected, Location location) {
        Value value = specification.get(field);
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "A field of a search index has the wrong type",
                        Map.of("expected", expected, "actual", value.type().alias()))
                .at(location.child(field));
    }

    /**
     * Gives an index another definition; it is built anew, and readers wait for that.
     *
     * @param nameOrId its name, or the id that its listing shows
     */
    void update(String nameOrId, Document definition, Location location) {
        List<SearchIndexEntry> gone = new ArrayList<>();
        List<SearchIndexEntry> changed = new ArrayList<>();
        CollectionEntry entry =
                change(
                        "updateSearchIndex",
                        (before, transaction) -> {
                            SearchIndexEntry old = existing(before, nameOrId);
                            SearchIndexEntry index =
                                    new SearchIndexEntry(
                                            instance.catalog().nextId(transaction),
                                            old.name(),
                                            old.version() + 1,
                                            SearchIndexDefinition.parse(
                                                    old.definition().type(), definition, location));
                            gone.add(old);
                            changed.add(index);
                            return before.searchIndexes().stream()
                                    .map(one -> one.id() == old.id() ? index : one)
                                    .toList();
                        });
        searchIndex(entry, changed.getLast()).begin(instance.luceneIndexes());
        instance.luceneIndexes().drop(gone.getLast().id());
    }

    /** Drops an index. */
    void drop(String nameOrId) {
        List<SearchIndexEntry> gone = new ArrayList<>();
        change(
                "dropSearchIndex",
                (before, transaction) -> {
                    gone.add(existing(before, nameOrId));
                    List<SearchIndexEntry> left = new ArrayList<>(before.searchIndexes());
                    left.remove(gone.getLast());
                    return left;
                });
        instance.luceneIndexes().drop(gone.getLast().id());
    }

    private CollectionEntry change(String operation, Change change) {
        access.requireNewest(operation);
        new CollectionWrites(access, namespace).checkWritable();
        return instance.transactions()
                .run(
                        transaction -> {
                            CollectionEntry entry =
                                    instance.catalog()
                                            .find(namespace, transaction)
                                            .orElseThrow(this::noCollection);
                            Views.requireCollection(entry);
                            CollectionEntry after =
                                    entry.withSearchIndexes(change.apply(entry, transaction));
                            instance.catalog().change(after, transaction);
                            return Attempt.commit(after);
                        })
                .result();
    }

    private SearchIndexEntry existing(CollectionEntry entry, String nameOrId) {
        return entry.searchIndexes().stream()
                .filter(index -> index.name().equals(nameOrId) || index.publicId().equals(nameOrId))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.INDEX_NOT_FOUND,
                                        "Search index '" + nameOrId + "' not found.",
                                        Map.of("namespace", namespace)));
    }

    private SmilodonException noCollection() {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Collection '" + namespace + "' does not exist.",
                Map.of("namespace", namespace));
    }

    /** The index itself. */
    static SearchIndex searchIndex(CollectionEntry entry, SearchIndexEntry index) {
        byte[] documents = Keyspace.documents(entry.id());
        return new SearchIndex(index.id(), documents, index.definition());
    }

    /** The index of a collection by its name, with what it is an index of. */
    static Optional<SearchIndex> searchIndex(CollectionEntry entry, String name) {
        return entry.searchIndex(name).map(index -> searchIndex(entry, index));
    }
}
