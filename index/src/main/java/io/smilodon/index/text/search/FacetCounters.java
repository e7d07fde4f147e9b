package io.smilodon.index.text.search;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.text.lucene.SearchAllowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts the documents of a search by their facets. Not thread-safe. */
final class FacetCounters extends SimpleCollector {

    private final Map<String, Facet.Counter> counters = new LinkedHashMap<>();
    private List<Facet.Leaf> leaves = List.of();
    private long count;

    FacetCounters(Map<String, Facet> facets, SearchAllowance allowance) {
        facets.forEach((name, facet) -> counters.put(name, facet.counter(allowance)));
    }

    /** For a searcher that works on one thread: it asks for one collector. */
    static CollectorManager<FacetCounters, FacetCounters> ofOneThread(
            Map<String, Facet> facets, SearchAllowance allowance) {
        return new CollectorManager<>() {
            @Override
            public FacetCounters newCollector() {
                return new FacetCounters(facets, allowance);
            }

            @Override
            public FacetCounters reduce(Collection<FacetCounters> collectors) {
                if (collectors.size() > 1) {
                    throw new AssertionError("one thread, one collector");
                }
                return collectors.stream().findFirst().orElseGet(this::newCollector);
            }
        };
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
        leaves = new ArrayList<>();
        for (Facet.Counter counter : counters.values()) {
            leaves.add(counter.in(leaf));
        }
    }

    @Override
    public void collect(int document) throws IOException {
        count++;
        for (Facet.Leaf leaf : leaves) {
            leaf.count(document);
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    /** How many documents there were. */
    long count() {
        return count;
    }

    Document toDocument() {
        DocumentBuilder shown = Document.builder();
        counters.forEach((name, counter) -> shown.put(name, counter.toDocument()));
        return shown.build();
    }
}
