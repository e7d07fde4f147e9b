package io.smilodon.database.catalog;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.collation.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the catalog knows of one collection. Writers guard it, readers plan by it.
 *
 * @param namespace its name
 * @param id identifies its documents in the store; unique for ever
 * @param options what it is beyond a set of documents
 * @param indexes its indexes besides that on {@code _id}, in the order of their creation
 * @param searchIndexes those of {@code $search} and {@code $vectorSearch}
 */
public record CollectionEntry(
        Namespace namespace,
        int id,
        CollectionOptions options,
        List<IndexEntry> indexes,
        List<SearchIndexEntry> searchIndexes) {

    private static final String ID = "id";
    private static final String OPTIONS = "options";
    private static final String INDEXES = "indexes";
    private static final String SEARCH_INDEXES = "searchIndexes";

    public CollectionEntry {
        indexes = List.copyOf(indexes);
        searchIndexes = List.copyOf(searchIndexes);
    }

    /** Without search indexes. */
    public CollectionEntry(
            Namespace namespace, int id, CollectionOptions options, List<IndexEntry> indexes) {
        this(namespace, id, options, indexes, List.of());
    }

    /** The key of this entry in the store. */
    public byte[] key() {
        return Keyspace.collection(namespace);
    }

    /** How its strings compare where nothing else is said, those of its ids always. */
    public Collation collation() {
        return options.collation();
    }

    /**
     * The encoded {@code _id} of a document: ids that are equal by the collation have the same.
     *
     * @throws SmilodonException 161 for a collation of another version of ICU
     */
    public byte[] idKey(Value id) {
        return KeyCodec.encode(collation().order().key(id));
    }

    /** The key in the store of the document with this {@code _id}. */
    public byte[] documentKey(Value id) {
        return Keyspace.document(this.id, collation().order().key(id));
    }

    /** Whether it only shows what is in others. */
    public boolean isView() {
        return options.view().isPresent();
    }

    /** Whether it keeps the order of insertion, and the newest documents only. */
    public boolean isCapped() {
        return options.cap().isPresent();
    }

    public CollectionEntry withOptions(CollectionOptions changed) {
        return new CollectionEntry(namespace, id, changed, indexes, searchIndexes);
    }

    public Optional<IndexEntry> index(int indexId) {
        for (IndexEntry index : indexes) {
            if (index.definition().id() == indexId) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** The index that is read until this one of the same name, which is filled, takes its place. */
    public Optional<IndexEntry> predecessor(IndexEntry building) {
        String name = building.definition().name();
        return indexes.stream()
                .filter(index -> index.isReady() && index.definition().name().equals(name))
                .findFirst();
    }

    /** Its indexes without those that are filled to take the place of another. */
    public List<IndexEntry> lastingIndexes() {
        return indexes.stream()
                .filter(index -> index.isReady() || predecessor(index).isEmpty())
                .toList();
    }

    /** All definitions, that on {@code _id} first. */
    public List<IndexDefinition> definitions() {
        return Stream.concat(
                        Stream.of(IndexDefinition.onId(collation())),
                        indexes.stream().map(IndexEntry::definition))
                .toList();
    }

    public CollectionEntry withIndex(IndexEntry added) {
        List<IndexEntry> all = new ArrayList<>(indexes);
        all.add(added);
        return withIndexes(all);
    }

    private CollectionEntry withIndexes(List<IndexEntry> others) {
        return new CollectionEntry(namespace, id, options, others, searchIndexes);
    }

    public CollectionEntry withSearchIndexes(List<SearchIndexEntry> others) {
        return new CollectionEntry(namespace, id, options, indexes, others);
    }

    /** The search index of this name. */
    public Optional<SearchIndexEntry> searchIndex(String name) {
        return searchIndexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** With another state of an index that it has. */
    public CollectionEntry replacing(IndexEntry changed) {
        return replacing(changed.definition().id(), changed);
    }

    /** With another index in the place of one that it has. */
    public CollectionEntry replacing(int indexId, IndexEntry other) {
        return withIndexes(
                indexes.stream()
                        .map(index -> index.definition().id() == indexId ? other : index)
                        .toList());
    }

    public CollectionEntry withoutIndex(int indexId) {
        return withIndexes(
                indexes.stream().filter(index -> index.definition().id() != indexId).toList());
    }

    Document toDocument() {
        return Document.builder()
                .put(ID, id)
                .put(OPTIONS, options.toDocument())
                .put(INDEXES, ArrayValue.of(indexes.stream().map(IndexEntry::toDocument).toList()))
                .put(SEARCH_INDEXES, searchIndexDocuments())
                .build();
    }

    /** Left out where there are none, as in catalogs that know of none. */
    private Value searchIndexDocuments() {
        return searchIndexes.isEmpty()
                ? Missing.INSTANCE
                : ArrayValue.of(searchIndexes.stream().map(SearchIndexEntry::toDocument).toList());
    }

    /** The id in a stored entry. */
    public static int idOf(Document stored) {
        return Damage.number(stored, ID);
    }

    static CollectionEntry fromDocument(Namespace namespace, Document stored) {
        List<IndexEntry> indexes = new ArrayList<>();
        for (Value index : Damage.array(stored, INDEXES)) {
            indexes.add(indexOf(index, namespace));
        }
        CollectionOptions options =
                CollectionOptions.fromDocument(Damage.document(stored, OPTIONS));
        return new CollectionEntry(
                namespace, idOf(stored), options, indexes, searchIndexes(stored));
    }

    private static List<SearchIndexEntry> searchIndexes(Document stored) {
        List<SearchIndexEntry> found = new ArrayList<>();
        if (stored.has(SEARCH_INDEXES)) {
            for (Value index : Damage.array(stored, SEARCH_INDEXES)) {
                if (!(index instanceof Document document)) {
                    throw Damage.found(stored, SEARCH_INDEXES);
                }
                found.add(SearchIndexEntry.fromDocument(document));
            }
        }
        return found;
    }

    private static IndexEntry indexOf(Value stored, Namespace namespace) {
        if (stored instanceof Document document) {
            return IndexEntry.fromDocument(document, namespace);
        }
        throw new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                "The catalog's entry of an index is damaged",
                Map.of("found", stored.type().alias()));
    }
}
