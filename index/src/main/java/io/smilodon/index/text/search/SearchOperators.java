package io.smilodon.index.text.search;

import io.smilodon.engine.value.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every operator of a search, alphabetical. */
final class SearchOperators {

    private static final int DEPTH_MAX = 64;

    private static final String SCORE = "score";

    private static final Map<String, Factory> TABLE =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("autocomplete", plain(AutocompleteOperator::parse)),
                            Map.entry("compound", scored(CompoundOperator::parse)),
                            Map.entry("embeddedDocument", EmbeddedDocumentOperator::parse),
                            Map.entry("equals", plain(EqualsOperator::parse)),
                            Map.entry("exists", plain(ExistsOperator::parse)),
                            Map.entry("geoShape", plain(GeoShapeOperator::parse)),
                            Map.entry("geoWithin", plain(GeoWithinOperator::parse)),
                            Map.entry("in", plain(InOperator::parse)),
                            Map.entry("moreLikeThis", plain(MoreLikeThisOperator::parse)),
                            Map.entry("near", plain(NearOperator::parse)),
                            Map.entry("phrase", plain(PhraseOperator::parse)),
                            Map.entry("queryString", plain(QueryStringOperator::parse)),
                            Map.entry("range", plain(RangeOperator::parse)),
                            Map.entry("regex", plain(PatternOperator::regex)),
                            Map.entry("text", plain(TextOperator::parse)),
                            Map.entry("wildcard", plain(PatternOperator::wildcard))));

    /** MongoDB's others. */
    private static final Set<String> LACKING =
            Set.of("hasAncestor", "hasRoot", "knnBeta", "search", "span", "term", "vectorSearch");

    private SearchOperators() {}

    static Set<String> names() {
        return TABLE.keySet();
    }

    /** Whether a field names an operator, be it one that is lacking. */
    static boolean isOperator(String name) {
        return TABLE.containsKey(name) || LACKING.contains(name);
    }

    /** The one operator that an object has besides fields of these names. */
    static SearchOperator parseOne(Options around, Set<String> others, int depth) {
        List<String> found = new ArrayList<>();
        for (Field field : around.fields()) {
            if (!others.contains(field.name())) {
                found.add(field.name());
            }
        }
        if (found.size() != 1) {
            throw Options.error(
                    "A search has exactly one operator",
                    Map.of(
                            "expected",
                            names(),
                            "options",
                            others.stream().sorted().toList(),
                            "actual",
                            found),
                    around.location());
        }
        return parse(around, found.get(0), depth);
    }

    private static SearchOperator parse(Options around, String name, int depth) {
        Factory factory = TABLE.get(name);
        if (factory == null) {
            String text =
                    LACKING.contains(name)
                            ? "The operator of a search is not supported by this release"
                            : "Unknown operator of a search";
            throw around.error(name, text, Map.of("operator", name, "expected", names()));
        }
        if (depth == DEPTH_MAX) {
            throw around.error(name, "The operators are nested too deep", Map.of("max", DEPTH_MAX));
        }
        return factory.parse(around.object(name), depth + 1);
    }

    /** An operator whose score can be changed. */
    private static Factory scored(Factory factory) {
        return (operator, depth) -> {
            SearchOperator parsed = factory.parse(operator, depth);
            return Score.parse(operator, SCORE).map(score -> score.of(parsed)).orElse(parsed);
        };
    }

    private static Factory plain(Plain factory) {
        return scored((operator, depth) -> factory.parse(operator));
    }

    /** A row: reads what follows the name of an operator. */
    private interface Factory {
        SearchOperator parse(Options operator, int depth);
    }

    private interface Plain {
        SearchOperator parse(Options operator);
    }
}
