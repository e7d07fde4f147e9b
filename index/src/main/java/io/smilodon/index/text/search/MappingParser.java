package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.index.text.search.Analyzers.NamedAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the mappings of a definition.
 *
 * @param analyzers those of the definition
 * @param analyzer what is used for strings where no other is named
 * @param searchAnalyzer the same for what is searched for
 * @param typeSets what fields that are not named may be indexed as, by the name of the set
 */
record MappingParser(
        Analyzers analyzers,
        NamedAnalyzer analyzer,
        NamedAnalyzer searchAnalyzer,
        Map<String, List<FieldType>> typeSets) {

    private static final String DYNAMIC = "dynamic";
    private static final String TYPE_SET = "typeSet";

    private static final int DEPTH_MAX = 100;

    private static final Set<String> BOTH = Set.of("true", "false");

    /** Of these a field has one at most: Lucene keeps them under one name. */
    private static final List<Class<? extends FieldType>> ONCE =
            List.of(
                    StringType.class,
                    AutocompleteType.class,
                    VectorType.class,
                    GeoType.class,
                    EmbeddedType.class);

    private static final Map<String, Row> TABLE =
            Map.ofEntries(
                    Map.entry("autocomplete", one(AutocompleteType::parse)),
                    Map.entry("boolean", plain(KeyType.BOOLEAN)),
                    Map.entry("date", plain(KeyType.DATE)),
                    Map.entry("dateFacet", plain(KeyType.DATE)),
                    Map.entry("document", (written, parser, depth) -> parser.inner(written, depth)),
                    Map.entry(
                            "embeddedDocuments",
                            (written, parser, depth) -> parser.embedded(written, depth)),
                    Map.entry("geo", (written, parser, depth) -> List.of(GeoType.parse(written))),
                    Map.entry("knnVector", (written, parser, depth) -> knn(written)),
                    Map.entry("number", (written, parser, depth) -> number(written)),
                    Map.entry("numberFacet", (written, parser, depth) -> number(written)),
                    Map.entry("objectId", plain(KeyType.OBJECT_ID)),
                    Map.entry("string", one(StringType::parse)),
                    Map.entry("stringFacet", plain(KeyType.TOKEN)),
                    Map.entry("token", (written, parser, depth) -> token(written)),
                    Map.entry("uuid", plain(KeyType.UUID)),
                    Map.entry(
                            "vector",
                            (written, parser, depth) -> List.of(VectorType.parse(written))));

    NamedAnalyzer standard() {
        return analyzers.named(Analyzers.STANDARD, Location.ROOT);
    }

    /** The analyzer that an option names. */
    NamedAnalyzer analyzer(Options written, String option, NamedAnalyzer otherwise) {
        return written.has(option)
                ? analyzers.named(written.text(option), written.at(option))
                : otherwise;
    }

    /** The same with these sets of types. */
    MappingParser with(List<Options> written) {
        Map<String, List<FieldType>> sets = new LinkedHashMap<>();
        for (Options set : written) {
            set.only("name", "types");
            List<FieldType> types = types(set.required("types"), set.at("types"), DEPTH_MAX);
            types.add(new DocumentType.Dynamic());
            if (sets.put(set.text("name"), types) != null) {
                throw set.error(
                        "name",
                        "The name of a set of types is taken",
                        Map.of("name", set.text("name")));
            }
        }
        return new MappingParser(analyzers, analyzer, searchAnalyzer, sets);
    }

    Mapping parse(Options written) {
        written.only(DYNAMIC, "fields");
        return mapping(written, 0);
    }

    private List<FieldType> inner(Options written, int depth) {
        written.only("type", DYNAMIC, "fields");
        requireShallow(written, depth);
        return List.of(new DocumentType.Own(mapping(written, depth + 1)));
    }

    private List<FieldType> embedded(Options written, int depth) {
        written.only("type", DYNAMIC, "fields", "storedSource");
        if (written.flag("storedSource", false)) {
            throw written.error(
                    "storedSource", "Stored sources are not supported by this release", Map.of());
        }
        requireShallow(written, depth);
        return List.of(new EmbeddedType(mapping(written, depth + 1)));
    }

    private static void requireShallow(Options written, int depth) {
        if (depth == DEPTH_MAX) {
            throw Options.error(
                    "The mappings are nested too deep",
                    Map.of("max", DEPTH_MAX),
                    written.location());
        }
    }

    private Mapping mapping(Options written, int depth) {
        Map<String, List<FieldType>> fields = new LinkedHashMap<>();
        if (written.has("fields")) {
            Options named = written.object("fields");
            for (Field field : named.fields()) {
                fields.put(field.name(), types(field.value(), named.at(field.name()), depth));
            }
        }
        return new Mapping(dynamic(written), fields);
    }

    private List<FieldType> dynamic(Options written) {
        if (!(written.get(DYNAMIC) instanceof Document)) {
            return written.flag(DYNAMIC, false) ? dynamicTypes() : List.of();
        }
        Options dynamic = written.object(DYNAMIC).only(TYPE_SET);
        List<FieldType> types = typeSets.get(dynamic.text(TYPE_SET));
        if (types == null) {
            throw dynamic.error(
                    TYPE_SET,
                    "There is no set of types of this name",
                    Map.of("name", dynamic.text(TYPE_SET)));
        }
        return types;
    }

    /** What is indexed of fields that nobody has named. */
    private List<FieldType> dynamicTypes() {
        return List.of(
                StringType.plain(analyzer, searchAnalyzer),
                KeyType.BOOLEAN,
                KeyType.DATE,
                KeyType.NULL,
                KeyType.NUMBER,
                KeyType.OBJECT_ID,
                KeyType.UUID,
                new DocumentType.Dynamic());
    }

    private List<FieldType> types(Value written, Location place, int depth) {
        List<FieldType> types = new ArrayList<>();
        types.add(KeyType.NULL);
        if (written instanceof ArrayValue several) {
            int index = 0;
            for (Value one : several) {
                types.addAll(type(Options.of(one, place.child(index++)), depth));
            }
        } else if (written instanceof Document) {
            types.addAll(type(Options.of(written, place), depth));
        } else {
            throw Options.wrongType(written, "object or array of objects", place);
        }
        for (Class<? extends FieldType> kind : ONCE) {
            if (types.stream().filter(kind::isInstance).count() > 1) {
                throw Options.error(
                        "A field is indexed as one type twice",
                        Map.of("type", kind.getSimpleName()),
                        place);
            }
        }
        return types;
    }

    private List<FieldType> type(Options written, int depth) {
        String name = written.text("type");
        Row row = TABLE.get(name);
        if (row == null) {
            throw written.error(
                    "type",
                    "Fields cannot be indexed as this type in this release",
                    Map.of("type", name, "expected", TABLE.keySet().stream().sorted().toList()));
        }
        return row.parse(written, this, depth);
    }

    private static Row plain(FieldType type) {
        return (written, parser, depth) -> {
            written.only("type");
            return List.of(type);
        };
    }

    private static Row one(Factory factory) {
        return (written, parser, depth) -> List.of(factory.parse(written, parser));
    }

    private static List<FieldType> token(Options written) {
        written.only("type", "normalizer");
        String normalizer = written.word("normalizer", "none", Set.of("none", "lowercase"));
        return List.of(normalizer.equals("none") ? KeyType.TOKEN : KeyType.LOWERCASE_TOKEN);
    }

    private static List<FieldType> number(Options written) {
        written.only("type", "representation", "indexIntegers", "indexDoubles");
        written.word("representation", "double", Set.of("double", "int64"));
        boolean integers = written.flag("indexIntegers", true);
        boolean fractions = written.flag("indexDoubles", true);
        if (integers && fractions) {
            return List.of(KeyType.NUMBER);
        }
        if (!integers && !fractions) {
            throw Options.error(
                    "A number is indexed as nothing", Map.of("expected", BOTH), written.location());
        }
        return List.of(integers ? KeyType.INTEGER : KeyType.FRACTION);
    }

    /** The older name, with the older name of its option. */
    private static List<FieldType> knn(Options written) {
        written.only("type", "dimensions", "similarity");
        Document renamed =
                Document.builder()
                        .put("type", "vector")
                        .put("numDimensions", written.required("dimensions"))
                        .put("similarity", written.required("similarity"))
                        .build();
        return List.of(VectorType.parse(new Options(renamed, written.location())));
    }

    private interface Row {
        List<FieldType> parse(Options written, MappingParser parser, int depth);
    }

    private interface Factory {
        FieldType parse(Options written, MappingParser parser);
    }
}
