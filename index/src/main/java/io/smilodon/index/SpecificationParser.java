package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.KeyPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads and checks the specification of an index as a user wrote it. Not thread-safe. */
final class SpecificationParser {

    private static final String KEY = "key";
    private static final String NAME = "name";
    private static final String UNIQUE = "unique";
    private static final String SPARSE = "sparse";
    private static final String HIDDEN = "hidden";
    private static final String VERSION = "v";

    /** Sent by older clients; they change nothing. */
    private static final Set<String> IGNORED = Set.of("ns", "background", "dropDups");

    private static final Set<String> SUPPORTED =
            Set.of(
                    KEY,
                    NAME,
                    UNIQUE,
                    SPARSE,
                    HIDDEN,
                    VERSION,
                    IndexOptions.PREPARE_UNIQUE,
                    IndexOptions.COLLATION,
                    IndexOptions.PARTIAL_FILTER,
                    IndexOptions.EXPIRE_AFTER_SECONDS,
                    StorageEngineOptions.NAME);

    /** What MongoDB knows; an option that a type of index has is none of these any more. */
    private static final Set<String> NOT_SUPPORTED = Set.of("clustered");

    private static final Set<String> ALLOWED_ON_ID =
            Set.of(KEY, NAME, VERSION, IndexOptions.COLLATION);

    private final Location location;
    private final Collation inherited;

    /**
     * @param inherited the collation of an index that names none
     */
    SpecificationParser(Location location, Collation inherited) {
        this.location = location;
        this.inherited = inherited;
    }

    IndexDefinition parse(Document specification) {
        KeyPattern pattern = pattern(specification.get(KEY));
        IndexType type = IndexTypes.of(pattern.kind());
        for (Field field : specification) {
            checkKnown(field.name(), type);
        }
        boolean isOnId = IndexDefinition.isOnId(pattern);
        if (isOnId) {
            checkOptionsOnId(specification);
        }
        checkVersion(specification.get(VERSION));
        String name = name(specification.get(NAME), pattern);
        IndexOptions options =
                new IndexOptions(
                        flag(specification, UNIQUE),
                        !flag(specification, UNIQUE)
                                && flag(specification, IndexOptions.PREPARE_UNIQUE),
                        flag(specification, SPARSE),
                        flag(specification, HIDDEN),
                        collation(specification.get(IndexOptions.COLLATION)),
                        partialFilter(specification.get(IndexOptions.PARTIAL_FILTER)),
                        TtlOption.parse(specification, pattern, location),
                        storageEngine(specification.get(StorageEngineOptions.NAME)),
                        type.parseOptions(pattern, specification, location));
        IndexDefinition definition =
                new IndexDefinition(IndexDefinition.UNASSIGNED, name, pattern, options);
        checkTogether(options);
        type.check(definition, location);
        return definition;
    }

    private void checkTogether(IndexOptions options) {
        if (options.sparse() && options.partialFilter().isPresent()) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "cannot mix 'partialFilterExpression' and 'sparse' options")
                    .at(location.child(IndexOptions.PARTIAL_FILTER))
                    .withHint("a partialFilterExpression with $exists: true does what sparse does");
        }
    }

    private Optional<Document> storageEngine(Value written) {
        Location place = location.child(StorageEngineOptions.NAME);
        return switch (written) {
            case Missing absent -> Optional.empty();
            case Document told -> {
                if (told.isEmpty()) {
                    throw new SmilodonException(
                                    ErrorCode.CANNOT_CREATE_INDEX,
                                    "Empty \"storageEngine\" options are invalid. Please remove the"
                                            + " field or include valid options.")
                            .at(place);
                }
                yield Optional.of(StorageEngineOptions.check(told, place));
            }
            case Value other ->
                    throw new SmilodonException(
                                    ErrorCode.CANNOT_CREATE_INDEX,
                                    "\"storageEngine\" options must be a document if present",
                                    Map.of("actual", other.type().alias()))
                            .at(place);
        };
    }

    private Optional<Document> partialFilter(Value written) {
        return switch (written) {
            case Missing absent -> Optional.empty();
            case Document filter -> Optional.of(filter);
            case Value other -> throw wrongType(IndexOptions.PARTIAL_FILTER, other, "object");
        };
    }

    /** The specification without those options that no index of any server has. */
    static Document known(Document specification) {
        DocumentBuilder known = Document.builder();
        for (Field field : specification) {
            if (isKnown(field.name())) {
                known.put(field.name(), field.value());
            }
        }
        return known.build();
    }

    private static boolean isKnown(String option) {
        return SUPPORTED.contains(option)
                || IGNORED.contains(option)
                || NOT_SUPPORTED.contains(option)
                || IndexTypes.ofOption(option).isPresent();
    }

    private void checkKnown(String option, IndexType type) {
        if (SUPPORTED.contains(option)
                || IGNORED.contains(option)
                || type.optionNames().contains(option)) {
            return;
        }
        Optional<IndexType> owner = IndexTypes.ofOption(option);
        if (owner.isPresent()) {
            throw new SmilodonException(
                            owner.get().misplacedOption(),
                            "The field is only allowed in indexes of another type",
                            Map.of("field", option))
                    .at(location.child(option));
        }
        String template =
                NOT_SUPPORTED.contains(option)
                        ? "The field is not supported for an index specification by this release"
                        : "The field is not valid for an index specification";
        throw new SmilodonException(
                        ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION,
                        template,
                        Map.of("field", option, "expected", optionsOf(type)))
                .at(location.child(option));
    }

    /** Without those that drivers of old send and that change nothing. */
    private static List<String> optionsOf(IndexType type) {
        return Stream.concat(SUPPORTED.stream(), type.optionNames().stream()).sorted().toList();
    }

    private void checkOptionsOnId(Document specification) {
        for (Field field : specification) {
            if (!ALLOWED_ON_ID.contains(field.name()) && !IGNORED.contains(field.name())) {
                throw new SmilodonException(
                                ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION,
                                "The field is not valid for an _id index specification",
                                Map.of("field", field.name()))
                        .at(location.child(field.name()))
                        .withHint("the index on _id always exists and is always unique");
            }
        }
    }

    private KeyPattern pattern(Value key) {
        return switch (key) {
            case Document document -> KeyPattern.parse(document, location.child(KEY));
            case Missing absent ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "The 'key' field is a required property of an index"
                                            + " specification")
                            .at(location);
            case Value other -> throw wrongType(KEY, other, "object");
        };
    }

    private String name(Value given, KeyPattern pattern) {
        String name =
                switch (given) {
                    case StringValue string -> string.value();
                    case Missing absent -> pattern.defaultName();
                    case Value other -> throw wrongType(NAME, other, "string");
                };
        checkName(name);
        if (IndexDefinition.isOnId(pattern)) {
            return IndexDefinition.ID_INDEX_NAME;
        }
        if (name.equals(IndexDefinition.ID_INDEX_NAME)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The index name '_id_' is reserved for the _id index, which must have"
                                    + " key pattern {_id: 1}",
                            Map.of("key", pattern))
                    .at(location.child(NAME));
        }
        return name;
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            throw cannotCreate("The index name cannot be empty", Map.of());
        }
        if (name.indexOf('\0') >= 0) {
            throw cannotCreate("Index names cannot contain embedded null characters", Map.of());
        }
        if (name.equals("*")) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The index name '*' is not valid.",
                            Map.of("name", name))
                    .at(location.child(NAME));
        }
    }

    private void checkVersion(Value version) {
        switch (version) {
            case Missing absent -> {}
            case NumberValue number -> {
                if (!number.isIntegral() || number.toLong() < 1 || number.toLong() > 2) {
                    throw new SmilodonException(
                                    ErrorCode.CANNOT_CREATE_INDEX,
                                    "Invalid index specification; cannot create an index of this"
                                            + " version",
                                    Map.of(VERSION, number.toDouble()))
                            .at(location.child(VERSION));
                }
            }
            case Value other -> throw wrongType(VERSION, other, "number");
        }
    }

    /** A boolean, or as in MongoDB a number that is not zero. */
    private boolean flag(Document specification, String option) {
        return switch (specification.get(option)) {
            case Missing absent -> false;
            case BooleanValue flag -> flag.value();
            case NumberValue number -> number.toDouble() != 0;
            case Value other -> throw wrongType(option, other, "bool");
        };
    }

    private Collation collation(Value written) {
        return switch (written) {
            case Missing absent -> inherited;
            case Document document ->
                    Collation.parse(document, location.child(IndexOptions.COLLATION))
                            .orElse(inherited);
            case Value other -> throw wrongType(IndexOptions.COLLATION, other, "object");
        };
    }

    private SmilodonException cannotCreate(String template, Map<String, ?> details) {
        return new SmilodonException(ErrorCode.CANNOT_CREATE_INDEX, template, details)
                .at(location.child(NAME));
    }

    private SmilodonException wrongType(String field, Value found, String expected) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "The field of an index specification has the wrong type",
                        Map.of(
                                "field",
                                field,
                                "expected",
                                expected,
                                "actual",
                                found.type().alias()))
                .at(location.child(field));
    }
}
