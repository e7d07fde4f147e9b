package io.smilodon.index.ordered;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.testing.MapTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** An index with its documents, in memory. */
final class IndexFixture implements DocumentSource {

    /** How often a document was looked up. */
    int lookups;

    final IndexDefinition definition;
    final OrderedIndexMaintainer maintainer;
    final MapTransaction store = new MapTransaction();
    final NavigableMap<byte[], Document> documents = new TreeMap<>(Arrays::compareUnsigned);
    IndexTraits traits;

    IndexFixture(IndexDefinition definition) {
        this.definition = definition;
        this.maintainer = new OrderedIndexMaintainer(definition, "shop.orders");
        this.traits = IndexTraits.none(definition);
    }

    static IndexFixture of(String specification) {
        return new IndexFixture(IndexDefinition.parse(json(specification)).withId(7));
    }

    static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    /** Inserts or replaces. */
    void save(String document) {
        save(json(document));
    }

    void save(Document document) {
        byte[] idKey = KeyCodec.encode(document.get("_id"));
        Optional<Document> before = find(idKey);
        IndexTraits seen = maintainer.update(before, Optional.of(document), idKey, store);
        documents.put(idKey, document);
        traits = traits.union(seen);
    }

    void delete(Value id) {
        byte[] idKey = KeyCodec.encode(id);
        maintainer.update(find(idKey), Optional.empty(), idKey, store);
        documents.remove(idKey);
    }

    List<Value> ids(IndexBounds bounds, Direction direction) {
        List<Value> ids = new ArrayList<>();
        try (IndexCursor cursor = maintainer.open(bounds, direction, store)) {
            while (cursor.advance()) {
                ids.add(KeyCodec.decode(cursor.idKey()));
            }
        }
        return ids;
    }

    List<Disagreement> verify() {
        return IndexVerifier.verify(definition, this, store);
    }

    @Override
    public void forEach(BiConsumer<byte[], Document> action) {
        documents.forEach(action);
    }

    @Override
    public Optional<Document> find(byte[] idKey) {
        lookups++;
        return Optional.ofNullable(documents.get(idKey));
    }
}
