package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.MatchAllDocsQuery;

/** What follows {@code $search} or {@code $searchMeta}, read. Immutable and thread-safe. */
public final class SearchRequest {

    static final String AFTER = "searchAfter";
    static final String BEFORE = "searchBefore";

    private static final String FACET = "facet";
    private static final String LOWER_BOUND = "lowerBound";

    private static final Set<String> OPTIONS =
            Set.of(
                    "index",
                    "highlight",
                    "concurrent",
                    "count",
                    AFTER,
                    BEFORE,
                    "scoreDetails",
                    "sort",
                    "returnStoredSource",
                    "returnScope",
                    "searchNodePreference",
                    "tracking");

    private final Options written;
    private final SearchOperator operator;
    private final Map<String, Facet> facets;
    private final Optional<Highlighter> highlighter;
    private final ResultOrder order;

    private SearchRequest(Options written, SearchOperator operator, Map<String, Facet> facets) {
        this.written = written;
        this.operator = operator;
        this.facets = facets;
        this.highlighter = written.optionalObject("highlight").map(Highlighter::parse);
        ResultOrder forward =
                written.has("sort")
                        ? ResultOrder.parse(written.object("sort"))
                        : ResultOrder.byScore();
        this.order = written.has(BEFORE) ? forward.backward() : forward;
    }

    /**
     * Reads the operand of the stage.
     *
     * @throws io.smilodon.engine.error.SmilodonException 8 for anything that it may not be
     */
    public static SearchRequest parse(Value value, Location location) {
        Options written = Options.of(value, location);
        for (String lacking : Set.of("returnStoredSource", "returnScope")) {
            if (written.has(lacking) && !written.get(lacking).equals(Value.of(false))) {
                throw written.error(
                        lacking,
                        "The option of a search is not supported by this release",
                        Map.of("option", lacking));
            }
        }
        if (written.has(AFTER) && written.has(BEFORE)) {
            throw written.error(AFTER, "A search goes on in one direction", Map.of());
        }
        written.flag("concurrent", false);
        written.flag("scoreDetails", false);
        checkCount(written);
        SearchRequest request =
                written.has(FACET)
                        ? faceted(written)
                        : new SearchRequest(
                                written, SearchOperators.parseOne(written, OPTIONS, 0), Map.of());
        request.checkToken();
        return request;
    }

    private void checkToken() {
        for (String name : Set.of(AFTER, BEFORE)) {
            if (written.has(name)) {
                order.place(written, name, 0);
            }
        }
    }

    private static void checkCount(Options written) {
        written.optionalObject("count")
                .ifPresent(
                        count -> {
                            count.only("type", "threshold");
                            count.word("type", LOWER_BOUND, Set.of(LOWER_BOUND, "total"));
                            count.count("threshold", 1_000, 1, Integer.MAX_VALUE);
                        });
    }

    private static SearchRequest faceted(Options written) {
        for (Field field : written.fields()) {
            if (!OPTIONS.contains(field.name()) && !field.name().equals(FACET)) {
                throw written.error(
                        field.name(),
                        "A search has exactly one operator",
                        Map.of("operator", field.name(), "other", FACET));
            }
        }
        Options collector = written.object(FACET).only("operator", "facets");
        Map<String, Facet> facets = new LinkedHashMap<>();
        Options named = collector.object("facets");
        for (Field facet : named.fields()) {
            facets.put(facet.name(), Facet.parse(named.object(facet.name())));
        }
        if (facets.isEmpty()) {
            throw collector.error("facets", "There are no facets", Map.of());
        }
        SearchOperator operator =
                collector.has("operator")
                        ? SearchOperators.parseOne(collector.object("operator"), Set.of(), 0)
                        : context -> MatchAllDocsQuery.INSTANCE;
        return new SearchRequest(written, operator, facets);
    }

    /** The name of the index. */
    public String index() {
        return written.text("index", SearchIndexDefinition.DEFAULT_NAME);
    }

    Options written() {
        return written;
    }

    SearchOperator operator() {
        return operator;
    }

    Map<String, Facet> facets() {
        return facets;
    }

    Optional<Highlighter> highlighter() {
        return highlighter;
    }

    ResultOrder order() {
        return order;
    }

    /** Whether results say how their score came about. */
    public boolean wantsScoreDetails() {
        return written.flag("scoreDetails", false);
    }

    /** Whether the number of results is to be exact. */
    boolean countsAll() {
        return written.has("count")
                && written.object("count").text("type", LOWER_BOUND).equals("total");
    }
}
