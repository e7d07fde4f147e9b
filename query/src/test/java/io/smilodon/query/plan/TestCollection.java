package io.smilodon.query.plan;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexMaintainer;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.IndexTypes;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.index.ordered.IndexVerifier;
import io.smilodon.query.exec.CollectionView;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PartialMaintainer;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A collection with real indexes over a sorted map. */
final class TestCollection implements CollectionView {

    static final String NAMESPACE = "test.things";

    private final NavigableMap<byte[], Document> documents = new TreeMap<>(Arrays::compareUnsigned);
    private final MapStore store = new MapStore();
    private final Map<String, IndexMaintainer> indexes = new LinkedHashMap<>();
    private final Map<String, Optional<Predicate>> filters = new LinkedHashMap<>();
    private final Map<String, IndexTraits> traits = new LinkedHashMap<>();
    private int lastIndexId;

    void createIndex(String specification) {
        createIndex(ExtendedJson.readDocument(specification));
    }

    void createIndex(Document specification) {
        IndexDefinition definition = IndexDefinition.parse(specification).withId(++lastIndexId);
        IndexMaintainer all = IndexTypes.maintainer(definition, NAMESPACE);
        Optional<Predicate> filter = PartialFilter.of(definition, Location.ROOT);
        IndexMaintainer index =
                filter.<IndexMaintainer>map(some -> new PartialMaintainer(all, some)).orElse(all);
        filters.put(definition.name(), filter);
        indexes.put(definition.name(), index);
        traits.put(definition.name(), IndexTraits.none(definition));
        documents.forEach((id, document) -> addTo(index, id, document));
    }

    void insert(String... json) {
        for (String document : json) {
            insert(ExtendedJson.readDocument(document));
        }
    }

    void insert(Document document) {
        byte[] id = KeyCodec.encode(document.get("_id"));
        for (IndexMaintainer index : indexes.values()) {
            addTo(index, id, document);
        }
        documents.put(id, document);
    }

    /** False if an index refuses the document; then nothing has changed. */
    boolean tryInsert(Document document) {
        store.mark();
        Map<String, IndexTraits> before = new LinkedHashMap<>(traits);
        try {
            insert(document);
            return true;
        } catch (SmilodonException refused) {
            store.goBack();
            traits.putAll(before);
            return false;
        }
    }

    /** Puts it in the place of the one with its id, if there is one; false as of inserting. */
    boolean tryReplace(Document document) {
        Optional<Document> before = fetch(KeyCodec.encode(document.get("_id")));
        store.mark();
        Map<String, IndexTraits> known = new LinkedHashMap<>(traits);
        try {
            change(before, Optional.of(document), document.get("_id"));
            return true;
        } catch (SmilodonException refused) {
            store.goBack();
            traits.putAll(known);
            return false;
        }
    }

    void delete(Value id) {
        Optional<Document> before = fetch(KeyCodec.encode(id));
        if (before.isPresent()) {
            change(before, Optional.empty(), id);
        }
    }

    private void change(Optional<Document> before, Optional<Document> after, Value idValue) {
        byte[] id = KeyCodec.encode(idValue);
        for (IndexMaintainer index : indexes.values()) {
            IndexTraits news = index.update(before, after, id, store);
            traits.merge(index.definition().name(), news, IndexTraits::union);
        }
        after.ifPresentOrElse(document -> documents.put(id, document), () -> documents.remove(id));
    }

    /** What is wrong with the entries of the indexes. */
    List<String> verify() {
        List<String> wrong = new ArrayList<>();
        for (IndexMaintainer index : indexes.values()) {
            String name = index.definition().name();
            IndexVerifier.verify(
                            index.definition(), traits.get(name), source(filters.get(name)), store)
                    .disagreements()
                    .forEach(found -> wrong.add(name + ": " + found));
        }
        return wrong;
    }

    private DocumentSource source(Optional<Predicate> filter) {
        return new DocumentSource() {
            @Override
            public void forEach(BiConsumer<byte[], Document> action) {
                documents.forEach(
                        (id, document) -> find(id).ifPresent(it -> action.accept(id, it)));
            }

            @Override
            public Optional<Document> find(byte[] id) {
                return fetch(id).filter(it -> filter.map(some -> some.matches(it)).orElse(true));
            }
        };
    }

    /** The index that says what words documents have. */
    Optional<IndexDefinition> textIndex() {
        return indexes.values().stream()
                .map(IndexMaintainer::definition)
                .filter(index -> index.pattern().kind() == PartKind.TEXT)
                .filter(index -> !index.options().hidden())
                .findFirst();
    }

    private void addTo(IndexMaintainer index, byte[] id, Document document) {
        IndexTraits news = index.update(Optional.empty(), Optional.of(document), id, store);
        traits.merge(index.definition().name(), news, IndexTraits::union);
    }

    Collection<Document> documents() {
        return documents.values();
    }

    CollectionStructure structure() {
        return structure(Statistics.guessed(documents.size()));
    }

    private CollectionStructure structure(Statistics statistics) {
        List<IndexCandidate> candidates = new ArrayList<>();
        List<UnusedIndex> unreadable = new ArrayList<>();
        for (IndexMaintainer index : indexes.values()) {
            IndexDefinition definition = index.definition();
            String name = definition.name();
            if (definition.options().hidden()) {
                unreadable.add(new UnusedIndex(name, Reason.HIDDEN));
            } else {
                candidates.add(new IndexCandidate(definition, traits.get(name), filters.get(name)));
            }
        }
        return new CollectionStructure(
                NAMESPACE,
                candidates,
                statistics,
                false,
                Collation.SIMPLE,
                AllowedIndexes.ALL,
                () -> unreadable);
    }

    /** With statistics from a sample of as many documents. */
    CollectionStructure sampled(int size) {
        List<Document> all = new ArrayList<>(documents.values());
        Collections.shuffle(all, new Random(size));
        List<Document> sample = all.subList(0, Math.min(size, all.size()));
        Statistics statistics =
                new SampledStatistics(new CollectionSample(sample), all.size(), this::probe);
        return structure(statistics);
    }

    private Optional<Statistics.Reading> probe(IndexCandidate index, IndexBounds bounds, int max) {
        int count = 0;
        try (IndexCursor cursor = openIndex(index.definition(), bounds, Direction.FORWARD)) {
            while (cursor.keysExamined() < max && cursor.advance()) {
                count++;
            }
            return Optional.of(new Statistics.Reading(cursor.keysExamined(), count));
        }
    }

    ExecutionCounts measure(PlanStage plan) {
        return PlanExecutor.measure(plan, this, OperationContext.unlimited());
    }

    List<Document> run(PlanStage plan) {
        List<Document> results = new ArrayList<>();
        try (Cursor cursor = PlanExecutor.open(plan, this, OperationContext.unlimited())) {
            while (cursor.advance()) {
                results.add(cursor.current());
            }
        }
        return results;
    }

    @Override
    public Cursor scan(KeyRange ids, Direction direction) {
        NavigableMap<byte[], Document> ordered =
                direction == Direction.FORWARD ? documents : documents.descendingMap();
        Iterator<Document> inside =
                ordered.entrySet().stream()
                        .filter(entry -> ids.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .iterator();
        return new IteratorCursor(inside);
    }

    @Override
    public Optional<Document> fetch(byte[] id) {
        return Optional.ofNullable(documents.get(id));
    }

    @Override
    public Optional<byte[]> idOf(IndexDefinition index, IndexKey key) {
        return indexes.get(index.name()).idOf(key, store);
    }

    @Override
    public IndexCursor openIndex(IndexDefinition index, IndexBounds bounds, Direction direction) {
        return indexes.get(index.name()).open(bounds, direction, store);
    }

    private static final class IteratorCursor implements Cursor {

        private final Iterator<Document> rest;
        private Document current = Document.EMPTY;

        IteratorCursor(Iterator<Document> rest) {
            this.rest = rest;
        }

        @Override
        public boolean advance() {
            if (!rest.hasNext()) {
                return false;
            }
            current = rest.next();
            return true;
        }

        @Override
        public Document current() {
            return current;
        }

        @Override
        public void close() {}
    }
}
