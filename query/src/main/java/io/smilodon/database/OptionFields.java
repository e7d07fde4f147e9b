package io.smilodon.database;

import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.Validation;
import io.smilodon.database.catalog.ValidationAction;
import io.smilodon.database.catalog.ValidationLevel;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.predicate.PredicateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a collection as a request has them: {@code create} and {@code collMod} share most.
 *
 * @param namespace the collection
 * @param written the options
 * @param location where they stand in the request
 */
record OptionFields(Namespace namespace, Document written, Location location) {

    static final String VALIDATOR = "validator";
    static final String VALIDATION_LEVEL = "validationLevel";
    static final String VALIDATION_ACTION = "validationAction";
    static final String VIEW_ON = "viewOn";
    static final String PIPELINE = "pipeline";

    static final String COLLATION = "collation";
    static final String ID_INDEX = "idIndex";

    /** Of dumps of old servers; whoever asks for it gets what is there anyway. */
    static final String AUTO_ID = "autoIndexId";

    /** How an old server laid documents out; means nothing any more. */
    static final String FLAGS = "flags";

    static final String IMAGES = "changeStreamPreAndPostImages";

    /** Those that views do not have. */
    static final List<String> OF_COLLECTIONS =
            List.of(VALIDATOR, VALIDATION_LEVEL, VALIDATION_ACTION, IMAGES);

    private static final Set<String> SERVERS_OWN = Set.of("admin", "config", "local");

    /** The options of a collection with what is written about them. */
    CollectionOptions ofCollection(CollectionOptions before) {
        CollectionOptions after = before.withValidation(validation(before.validation()));
        return written.has(IMAGES) ? after.withImages(images()) : after;
    }

    private boolean images() {
        if (!(written.get(IMAGES) instanceof Document images)) {
            throw wrongType(IMAGES, "object");
        }
        if (images.size() == 1 && images.get("enabled") instanceof BooleanValue enabled) {
            return enabled.value();
        }
        throw error(IMAGES, "The option is an object with one field, enabled, a boolean");
    }

    private Validation validation(Validation before) {
        Validation after = before;
        if (written.has(VALIDATOR)) {
            after = after.withRule(rule());
        }
        if (written.has(VALIDATION_LEVEL)) {
            Optional<ValidationLevel> level = ValidationLevel.ofValue(text(VALIDATION_LEVEL));
            after = after.withLevel(level.orElseThrow(() -> notInSet(VALIDATION_LEVEL)));
        }
        if (written.has(VALIDATION_ACTION)) {
            Optional<ValidationAction> action = ValidationAction.ofValue(text(VALIDATION_ACTION));
            after = after.withAction(action.orElseThrow(() -> notInSet(VALIDATION_ACTION)));
        }
        return after;
    }

    private Document rule() {
        if (!(written.get(VALIDATOR) instanceof Document rule)) {
            throw wrongType(VALIDATOR, "object");
        }
        if (namespace.isSystem() || SERVERS_OWN.contains(namespace.database())) {
            throw error(VALIDATOR, "Document validators are not allowed on this collection");
        }
        ValidatorRules.check(rule, location.child(VALIDATOR));
        PredicateParser.parse(rule, location.child(VALIDATOR));
        return rule;
    }

    /** What a view looks at. */
    String viewOn() {
        String source = text(VIEW_ON).value();
        new Namespace(namespace.database(), source);
        return source;
    }

    /** The pipeline of a view; empty if there is none. */
    List<Document> pipeline() {
        if (!written.has(PIPELINE)) {
            return List.of();
        }
        if (!(written.get(PIPELINE) instanceof ArrayValue stages)) {
            throw wrongType(PIPELINE, "array");
        }
        Pipeline.parse(stages, PipelineScope.at(location.child(PIPELINE), PipelinePlace.VIEW));
        List<Document> documents = new ArrayList<>();
        stages.forEach(stage -> documents.add((Document) stage));
        return documents;
    }

    /** How strings compare. */
    Collation collation() {
        if (!written.has(COLLATION)) {
            return Collation.SIMPLE;
        }
        if (!(written.get(COLLATION) instanceof Document collation)) {
            throw wrongType(COLLATION, "object");
        }
        return Collation.parse(collation, location.child(COLLATION)).orElse(Collation.SIMPLE);
    }

    /**
     * Every collection has its index on {@code _id}: that one may be asked for, no other.
     *
     * @param inherited the collation of the collection
     */
    void checkIdIndex(Collation inherited) {
        if (!written.has(ID_INDEX)) {
            return;
        }
        if (!(written.get(ID_INDEX) instanceof Document specification)) {
            throw wrongType(ID_INDEX, "object");
        }
        Location place = location.child(ID_INDEX);
        IndexDefinition index = IndexDefinition.parse(specification, place, inherited);
        if (!index.isOnId()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The field 'key' for an _id index must be {_id: 1}",
                            Map.of("actual", specification.get("key")))
                    .at(place.child("key"));
        }
        inherited.requireForId(index.options().collation(), place.child(COLLATION));
    }

    /** There is always an index on the id. */
    void checkAutoId() {
        if (!written.has(AUTO_ID)) {
            return;
        }
        boolean isOff =
                switch (written.get(AUTO_ID)) {
                    case BooleanValue flag -> !flag.value();
                    case NumberValue number -> number.toDouble() == 0;
                    default -> throw wrongType(AUTO_ID, "bool");
                };
        if (isOff) {
            throw new SmilodonException(
                            ErrorCode.location(50001),
                            "autoIndexId:false is not allowed because the collection can be"
                                    + " replicated")
                    .at(location.child(AUTO_ID));
        }
    }

    private StringValue text(String option) {
        if (written.get(option) instanceof StringValue text) {
            return text;
        }
        throw wrongType(option, "string");
    }

    private SmilodonException wrongType(String option, String expected) {
        return wrongType(written.get(option), expected, option, location.child(option));
    }

    /** An option whose value is of a type that it cannot have. */
    static SmilodonException wrongType(
            Value found, String expected, String option, Location location) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Option of a collection has the wrong type",
                        Map.of(
                                "option",
                                option,
                                "actual",
                                found.type().alias(),
                                "expected",
                                expected))
                .at(location);
    }

    private SmilodonException notInSet(String option) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "Enumeration value for the field is not a valid value.",
                        Map.of("option", option, "actual", written.get(option)))
                .at(location.child(option))
                .withHint(
                        option.equals(VALIDATION_LEVEL)
                                ? "off, moderate or strict"
                                : "error, warn or errorAndLog");
    }

    /** The option does not go with the collection or with the others. */
    SmilodonException error(String option, String template) {
        return new SmilodonException(
                        ErrorCode.INVALID_OPTIONS,
                        template,
                        Map.of("option", option, "namespace", namespace))
                .at(location.child(option));
    }
}
