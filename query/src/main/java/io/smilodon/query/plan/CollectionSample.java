package io.smilodon.query.plan;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.PartKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Some documents of a collection, from all over it, and their keys in its indexes, which are
 * computed when somebody first asks. Thread-safe.
 */
public final class CollectionSample {

    private final List<Document> documents;
    private final Map<IndexDefinition, Optional<KeySample>> keys = new ConcurrentHashMap<>();

    /**
     * @param documents in memory, and not too large
     */
    public CollectionSample(List<Document> documents) {
        this.documents = List.copyOf(documents);
    }

    public boolean isEmpty() {
        return documents.isEmpty();
    }

    List<Document> documents() {
        return documents;
    }

    /** The keys in an index; empty if they are not what its bounds are made of. */
    Optional<KeySample> keys(IndexCandidate index) {
        return keys.computeIfAbsent(index.definition(), same -> extract(index));
    }

    private Optional<KeySample> extract(IndexCandidate candidate) {
        IndexDefinition index = candidate.definition();
        if (index.pattern().kind() == PartKind.TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeySample(index, entered(candidate), documents.size()));
        } catch (SmilodonException unindexed) {
            return Optional.empty(); // such documents came before the index, or never got into it
        }
    }

    /** The documents that the index has entries of. */
    private List<Document> entered(IndexCandidate index) {
        return index.filter()
                .map(filter -> documents.stream().filter(filter::matches).toList())
                .orElse(documents);
    }

    /** What an index would learn of these documents. */
    public IndexTraits traits(IndexDefinition index) {
        KeyExtractor extractor = new KeyExtractor(index.pattern(), false);
        IndexTraits traits = IndexTraits.none(index);
        for (Document document : documents) {
            traits = traits.union(new IndexTraits(extractor.keys(document).multikeyPaths(), false));
        }
        return traits;
    }
}
