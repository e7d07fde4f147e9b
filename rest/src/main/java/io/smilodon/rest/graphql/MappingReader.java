package io.smilodon.rest.graphql;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads mappings, and says where they do not fit their schema. One thread. */
final class MappingReader {

    private static final Set<String> NAMES =
            Set.of(
                    "db",
                    "collection",
                    "find",
                    "sort",
                    "skip",
                    "limit",
                    "stages",
                    "count",
                    "dataLoader",
                    "action",
                    "body");

    private static final Set<String> WRITING_STAGES = Set.of("$out", "$merge");

    private final TypeDefinitionRegistry types;
    private final boolean mayWrite;

    MappingReader(TypeDefinitionRegistry types, boolean mayWrite) {
        this.types = types;
        this.mayWrite = mayWrite;
    }

    /**
     * Reads the mappings of all types.
     *
     * @throws SmilodonException with the place of what is wrong
     */
    Mappings read(Document mappings, Location place) {
        Map<String, Map<String, Mapping>> byType = new HashMap<>();
        for (Field type : mappings) {
            Location here = place.child(type.name());
            ObjectTypeDefinition definition =
                    types.getTypeOrNull(type.name(), ObjectTypeDefinition.class);
            if (definition == null) {
                throw wrong("The schema has no such object type", here);
            }
            byType.put(type.name(), fields(definition, document(type.value(), here), here));
        }
        requireQueries(byType.getOrDefault("Query", Map.of()), place);
        return new Mappings(byType);
    }

    private Map<String, Mapping> fields(
            ObjectTypeDefinition type, Document mappings, Location place) {
        Map<String, FieldDefinition> declared =
                type.getFieldDefinitions().stream()
                        .collect(
                                Collectors.toMap(
                                        FieldDefinition::getName,
                                        field -> field,
                                        (one, other) -> one)); // the library refuses two
        Map<String, Mapping> read = new HashMap<>();
        for (Field field : mappings) {
            Location here = place.child(field.name());
            if (!declared.containsKey(field.name())) {
                throw wrong("The type has no such field", here)
                        .withHint("its fields: " + new TreeSet<>(declared.keySet()));
            }
            read.put(field.name(), mapping(declared.get(field.name()), field.value(), here));
        }
        return read;
    }

    /** There is no document around the queries whose fields they could be. */
    private void requireQueries(Map<String, Mapping> queries, Location place) {
        ObjectTypeDefinition query = types.getTypeOrNull("Query", ObjectTypeDefinition.class);
        for (FieldDefinition field : query.getFieldDefinitions()) {
            Mapping mapping = queries.get(field.getName());
            if (mapping == null || mapping instanceof Mapping.Path) {
                throw wrong(
                        "A field of Query needs a collection, and find, stages or count",
                        place.child("Query").child(field.getName()));
            }
            if (!mapping.foreignPaths().isEmpty()) {
                throw wrong(
                        "There is no document around a field of Query that $fk could mean",
                        place.child("Query").child(field.getName()));
            }
        }
    }

    private Mapping mapping(FieldDefinition field, Value value, Location place) {
        if (value instanceof StringValue path) {
            return path.value().equals(Mapping.ROOT)
                    ? new Mapping.Whole()
                    : new Mapping.Path(FieldPath.parse(path.value()));
        }
        Document given = document(value, place);
        for (Field each : given) {
            if (!NAMES.contains(each.name())) {
                throw wrong("A mapping has no such field", place.child(each.name()))
                        .withHint(new TreeSet<>(NAMES).toString());
            }
        }
        Set<String> arguments =
                field.getInputValueDefinitions().stream()
                        .map(InputValueDefinition::getName)
                        .collect(Collectors.toSet());
        checkArguments(given, arguments, place);
        return mapping(target(given, place), given, place);
    }

    private Mapping mapping(Mapping.Target target, Document given, Location place) {
        if (mayWrite && given.get("action") instanceof StringValue action) {
            return new Mapping.Write(target, action.value(), (Document) given.get("body"));
        }
        if (given.get("stages") instanceof ArrayValue stages) {
            checkStages(stages, place.child("stages"));
            return new Mapping.Pipeline(target, stages);
        }
        if (given.has("count")) {
            return new Mapping.Count(target, given.get("count"));
        }
        if (given.has("stages")) {
            throw wrong("Stages are an array", place.child("stages"));
        }
        return new Mapping.Find(target, given, join(given));
    }

    private static Mapping.Target target(Document given, Location place) {
        if (given.get("collection") instanceof StringValue collection) {
            Optional<String> database =
                    given.get("db") instanceof StringValue name
                            ? Optional.of(name.value())
                            : Optional.empty();
            return new Mapping.Target(database, collection.value());
        }
        throw wrong("A mapping names its collection", place.child("collection"));
    }

    /** A find that asks in one place for one value of the parent serves all parents at once. */
    private static Optional<Mapping.Join> join(Document given) {
        if (!(given.get("find") instanceof Document filter) || foreignCount(given) != 1) {
            return Optional.empty();
        }
        for (Field condition : filter) {
            Value asked = condition.value();
            if (asked instanceof Document test && test.size() == 1 && test.has("$in")) {
                asked = test.get("$in");
            }
            if (asked instanceof Document hole
                    && hole.get(Template.FOREIGN) instanceof StringValue path) {
                return Optional.of(new Mapping.Join(condition.name(), path.value()));
            }
        }
        return Optional.empty();
    }

    private static int foreignCount(Value template) {
        return switch (template) {
            case Document document -> {
                int count = document.has(Template.FOREIGN) ? 1 : 0;
                for (Field field : document) {
                    count += foreignCount(field.value());
                }
                yield count;
            }
            case ArrayValue array ->
                    array.elements().stream().mapToInt(MappingReader::foreignCount).sum();
            default -> 0;
        };
    }

    /** Refuses stages that write; what a request fills them with is checked again. */
    static void checkStages(ArrayValue stages, Location place) {
        for (int i = 0; i < stages.size(); i++) {
            Document stage = document(stages.get(i), place.child(i));
            for (Field field : stage) {
                if (WRITING_STAGES.contains(field.name())) {
                    throw wrong("A query does not write", place.child(i).child(field.name()));
                }
            }
        }
    }

    private static void checkArguments(Value template, Set<String> arguments, Location place) {
        switch (template) {
            case Document document -> {
                checkArgument(document, arguments, place);
                for (Field field : document) {
                    checkArguments(field.value(), arguments, place.child(field.name()));
                }
            }
            case ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    checkArguments(array.get(i), arguments, place.child(i));
                }
            }
            default -> {}
        }
    }

    private static void checkArgument(Document hole, Set<String> arguments, Location place) {
        if (!hole.has(Template.ARGUMENT)) {
            return;
        }
        Value name = hole.get(Template.ARGUMENT);
        Value path = name instanceof ArrayValue withDefault ? withDefault.get(0) : name;
        Location here = place.child(Template.ARGUMENT);
        if (!(path instanceof StringValue text)) {
            throw wrong("$arg names an argument", here);
        }
        if (!arguments.contains(FieldPath.parse(text.value()).first())) {
            throw wrong("The field has no such argument", here)
                    .withHint("its arguments: " + List.copyOf(new TreeSet<>(arguments)));
        }
    }

    private static Document document(Value value, Location place) {
        if (value instanceof Document document) {
            return document;
        }
        throw wrong(
                value == Missing.INSTANCE ? "It is missing" : "An object is needed here", place);
    }

    private static SmilodonException wrong(String message, Location place) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message, Map.of()).at(place);
    }
}
