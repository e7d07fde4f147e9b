package io.smilodon.index.text.search;

import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.search.Analyzers.NamedAnalyzer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;

/**
 * Words of strings.
 *
 * @param analyzer of what is indexed
 * @param searchAnalyzer of what is searched for
 * @param options what is kept of each term
 * @param hasNorms whether the length of a text counts in its score
 * @param ignoreAbove strings with more characters are left out
 * @param multi the same by other analyzers
 */
record StringType(
        NamedAnalyzer analyzer,
        NamedAnalyzer searchAnalyzer,
        IndexOptions options,
        boolean hasNorms,
        int ignoreAbove,
        Map<String, StringType> multi)
        implements FieldType {

    private static final Map<String, IndexOptions> OPTIONS =
            Map.of(
                    "docs", IndexOptions.DOCS,
                    "freqs", IndexOptions.DOCS_AND_FREQS,
                    "positions", IndexOptions.DOCS_AND_FREQS_AND_POSITIONS,
                    "offsets", IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);

    StringType {
        multi = Map.copyOf(multi);
    }

    /** What a string is indexed as that the definition does not name. */
    static StringType plain(NamedAnalyzer analyzer, NamedAnalyzer searchAnalyzer) {
        return new StringType(
                analyzer,
                searchAnalyzer,
                IndexOptions.DOCS_AND_FREQS_AND_POSITIONS,
                true,
                Integer.MAX_VALUE,
                Map.of());
    }

    static StringType parse(Options written, MappingParser definition) {
        written.only(
                "type",
                "analyzer",
                "searchAnalyzer",
                "indexOptions",
                "store",
                "ignoreAbove",
                "multi",
                "norms",
                "similarity");
        written.flag("store", true);
        written.optionalObject("similarity")
                .ifPresent(one -> one.only("type").word("type", "bm25", Set.of("bm25")));
        NamedAnalyzer analyzer = definition.analyzer(written, "analyzer", definition.analyzer());
        NamedAnalyzer otherwise = written.has("analyzer") ? analyzer : definition.searchAnalyzer();
        Map<String, StringType> multi = new LinkedHashMap<>();
        if (written.has("multi")) {
            Options others = written.object("multi");
            for (Field other : others.fields()) {
                multi.put(other.name(), parse(others.object(other.name()), definition));
            }
        }
        String options = written.word("indexOptions", "offsets", OPTIONS.keySet());
        return new StringType(
                analyzer,
                definition.analyzer(written, "searchAnalyzer", otherwise),
                OPTIONS.get(options),
                written.word("norms", "include", Set.of("include", "omit")).equals("include"),
                written.count("ignoreAbove", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
                multi);
    }

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        if (value instanceof StringValue text) {
            add(FieldNames.words(path), text.value(), fields);
            multi.forEach(
                    (name, type) -> type.add(FieldNames.words(path, name), text.value(), fields));
        }
    }

    boolean hasPositions() {
        return options.compareTo(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS) >= 0;
    }

    private void add(String field, String text, Consumer<IndexableField> fields) {
        if (text.length() > ignoreAbove) {
            return;
        }
        org.apache.lucene.document.FieldType type = new org.apache.lucene.document.FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(!hasNorms);
        type.freeze();
        fields.accept(new org.apache.lucene.document.Field(field, text, type));
    }
}
