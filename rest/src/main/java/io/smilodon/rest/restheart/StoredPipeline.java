package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline that the properties of a collection define for an address, with variables in it; the
 * stage {@code {"$ifvar": ["name", stage, otherwise]}} is there or not as the variable is.
 *
 * @param uri the address below {@code _aggrs} or {@code _streams}
 * @param stages as they are stored
 * @param place where they stand, for errors
 */
public record StoredPipeline(String uri, List<Document> stages, Location place) {

    /** The property that defines aggregations. */
    public static final String AGGREGATIONS = "aggrs";

    /** The property that defines change streams. */
    public static final String STREAMS = "streams";

    private static final String IF_VARIABLE = "$ifvar";

    public StoredPipeline {
        stages = List.copyOf(stages);
    }

    /**
     * The pipeline of an address.
     *
     * @param properties of the collection
     * @param kind which property defines it
     * @return empty if there is none
     * @throws SmilodonException {@code BadValue} if it is defined wrongly
     */
    public static Optional<StoredPipeline> find(Document properties, String kind, String uri) {
        return all(properties, kind).stream()
                .filter(pipeline -> pipeline.uri.equals(uri))
                .findFirst();
    }

    /**
     * Refuses properties that define a pipeline wrongly.
     *
     * @throws SmilodonException {@code BadValue}, or {@code CommandNotSupported} for map-reduce
     */
    public static void check(Document properties) {
        for (String kind : List.of(AGGREGATIONS, STREAMS)) {
            for (StoredPipeline pipeline : all(properties, kind)) {
                pipeline.stages.forEach(stage -> pipeline.condition(stage));
            }
        }
    }

    private static List<StoredPipeline> all(Document properties, String kind) {
        Location place = Location.ROOT.child(kind);
        List<StoredPipeline> all = new ArrayList<>();
        switch (properties.get(kind)) {
            case Missing none -> {}
            case ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    all.add(read(array.get(i), place.child(i)));
                }
            }
            default -> throw wrong("It is an array of definitions", place);
        }
        return all;
    }

    private static StoredPipeline read(Value value, Location place) {
        if (!(value instanceof Document definition)) {
            throw wrong("A definition is a document", place);
        }
        checkKind(definition.get("type"), place);
        if (!(definition.get("uri") instanceof StringValue uri) || uri.value().isEmpty()) {
            throw wrong("A definition has a uri, which is a string", place);
        }
        Location stagesPlace = place.child("stages");
        if (!(definition.get("stages") instanceof ArrayValue array)) {
            throw wrong("A definition has stages, which are an array", place);
        }
        List<Document> stages = new ArrayList<>();
        for (Value stage : array) {
            if (!(stage instanceof Document document)) {
                throw wrong("A stage is a document", stagesPlace.child(stages.size()));
            }
            stages.add(document);
        }
        return new StoredPipeline(uri.value(), stages, stagesPlace);
    }

    private static void checkKind(Value type, Location place) {
        if (type.equals(Value.of("mapReduce"))) {
            throw new SmilodonException(
                            ErrorCode.COMMAND_NOT_SUPPORTED,
                            "There is no map-reduce, as there is no JavaScript")
                    .at(place.child("type"))
                    .withHint("stages do the same");
        }
        if (type != Missing.INSTANCE && !type.equals(Value.of("pipeline"))) {
            throw wrong("The type of a definition is pipeline", place.child("type"));
        }
    }

    /**
     * The stages with the values of variables in them.
     *
     * @throws SmilodonException {@code BadValue} (2) that names a variable that has no value;
     *     {@code BSONObjectTooLarge} (10334) if these are too large together
     */
    public List<Document> bind(Variables variables) {
        Substitution substitution = new Substitution(variables, place);
        List<Document> bound = new ArrayList<>();
        for (Document stage : stages) {
            chosen(stage, variables).map(substitution::of).ifPresent(bound::add);
        }
        return bound;
    }

    private Optional<Document> chosen(Document stage, Variables variables) {
        Optional<ArrayValue> condition = condition(stage);
        if (condition.isEmpty()) {
            return Optional.of(stage);
        }
        int choice = isGiven(condition.get().get(0), variables) ? 1 : 2;
        return condition.get().get(choice) instanceof Document chosen
                ? Optional.of(chosen)
                : Optional.empty();
    }

    /** What a conditional stage says; empty for other stages. */
    private Optional<ArrayValue> condition(Document stage) {
        if (!stage.has(IF_VARIABLE)) {
            return Optional.empty();
        }
        if (stage.size() == 1
                && stage.get(IF_VARIABLE) instanceof ArrayValue condition
                && (condition.size() == 2 || condition.size() == 3)
                && isNames(condition.get(0))
                && condition.elements().stream().skip(1).allMatch(Document.class::isInstance)) {
            return Optional.of(condition);
        }
        throw wrong("$ifvar is an array of a name or names, a stage and perhaps another", place);
    }

    private static boolean isNames(Value names) {
        return switch (names) {
            case StringValue name -> true;
            case ArrayValue all -> all.elements().stream().allMatch(StringValue.class::isInstance);
            default -> false;
        };
    }

    private static boolean isGiven(Value names, Variables variables) {
        return switch (names) {
            case StringValue name -> variables.find(name.value()) != Missing.INSTANCE;
            case ArrayValue all ->
                    all.elements().stream().allMatch(name -> isGiven(name, variables));
            default -> false;
        };
    }

    private static SmilodonException wrong(String message, Location place) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message).at(place);
    }
}
