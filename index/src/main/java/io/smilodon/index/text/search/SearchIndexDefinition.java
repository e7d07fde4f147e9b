package io.smilodon.index.text.search;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.text.search.Analyzers.NamedAnalyzer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a search index keeps of the documents of its collection. Immutable and thread-safe. */
public final class SearchIndexDefinition {

    /** The name of an index that is given none. */
    public static final String DEFAULT_NAME = "default";

    /** The type of an index that names none. */
    public static final String SEARCH = "search";

    /** The type of an index of vectors. */
    public static final String VECTOR_SEARCH = "vectorSearch";

    private static final Set<String> TYPES = Set.of(SEARCH, VECTOR_SEARCH);

    private final String type;
    private final Document written;
    private final Mapping mapping;

    private SearchIndexDefinition(String type, Document written, Mapping mapping) {
        this.type = type;
        this.written = written;
        this.mapping = mapping;
    }

    /**
     * Reads a definition as users write it.
     *
     * @param type {@link #SEARCH} or {@link #VECTOR_SEARCH}
     * @throws SmilodonException 8 for what cannot be indexed so, 2 for another type
     */
    public static SearchIndexDefinition parse(String type, Document written, Location location) {
        if (!TYPES.contains(type)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "There is no such type of a search index",
                            Map.of("expected", TYPES.stream().sorted().toList(), "actual", type))
                    .at(location);
        }
        Options options = new Options(written, location);
        Mapping mapping = type.equals(SEARCH) ? search(options) : vectors(options);
        return new SearchIndexDefinition(type, written, mapping);
    }

    private static Mapping search(Options options) {
        options.only(
                "analyzer",
                "searchAnalyzer",
                "analyzers",
                "mappings",
                "numPartitions",
                "storedSource",
                "synonyms",
                "typeSets");
        options.count("numPartitions", 1, 1, 4);
        requireNone(options);
        Analyzers analyzers = Analyzers.parse(options.objects("analyzers"));
        NamedAnalyzer analyzer = named(analyzers, options, "analyzer", Analyzers.STANDARD);
        NamedAnalyzer searching = named(analyzers, options, "searchAnalyzer", analyzer.name());
        MappingParser parser = new MappingParser(analyzers, analyzer, searching, Map.of());
        return parser.with(options.objects("typeSets")).parse(options.object("mappings"));
    }

    /** What is not supported may be said to be absent. */
    private static void requireNone(Options options) {
        if (options.flag("storedSource", false) || !options.objects("synonyms").isEmpty()) {
            throw Options.error(
                    "Stored sources and synonyms are not supported by this release",
                    Map.of(),
                    options.location());
        }
    }

    private static NamedAnalyzer named(
            Analyzers analyzers, Options options, String option, String otherwise) {
        return analyzers.named(options.text(option, otherwise), options.at(option));
    }

    private static Mapping vectors(Options options) {
        options.only("fields", "numPartitions");
        options.required("fields");
        Mapping mapping = new Mapping(List.of(), Map.of());
        for (Options field : options.objects("fields")) {
            String path = field.text("path");
            String kind = field.word("type", "", Set.of("vector", "filter"));
            if (kind.equals("vector")) {
                mapping = mapping.with(path, VectorType.parse(field));
            } else {
                field.only("type", "path");
                mapping = withFilter(mapping, path);
            }
        }
        return mapping;
    }

    private static Mapping withFilter(Mapping mapping, String path) {
        Mapping more = mapping;
        for (KeyType type :
                List.of(
                        KeyType.BOOLEAN,
                        KeyType.DATE,
                        KeyType.NULL,
                        KeyType.NUMBER,
                        KeyType.OBJECT_ID,
                        KeyType.TOKEN,
                        KeyType.UUID)) {
            more = more.with(path, type);
        }
        return more;
    }

    public String type() {
        return type;
    }

    /** As it was written. */
    public Document toDocument() {
        return written;
    }

    Mapping mapping() {
        return mapping;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchIndexDefinition same
                && same.type.equals(type)
                && same.written.equals(written);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, written);
    }
}
