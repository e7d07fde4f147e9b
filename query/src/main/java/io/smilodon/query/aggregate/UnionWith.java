package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$unionWith: "coll"}}, {@code {$unionWith: {coll, pipeline}}}: its input, then what a
 * pipeline makes of another collection, or of its own {@code $documents}.
 *
 * @param other the documents that follow
 * @param written the options, for explain
 */
record UnionWith(Foreign other, Document written) implements Stage {

    private static final String COLL = "coll";
    private static final String PIPELINE = "pipeline";

    static Stage parse(StageOperand operand) {
        return switch (operand.value()) {
            case StringValue name -> parse(Document.of(COLL, name), operand);
            case Document options -> parse(options, operand);
            default ->
                    throw operand.error(
                            ErrorCode.FAILED_TO_PARSE,
                            "the $unionWith stage specification must be an object or string");
        };
    }

    private static Stage parse(Document options, StageOperand operand) {
        Optional<String> collection = Optional.empty();
        Pipeline pipeline = new Pipeline(List.of());
        for (Field option : options) {
            StageOperand place = operand.child(option.name(), option.value());
            switch (option.name()) {
                case COLL -> collection = Optional.of(collection(place));
                case PIPELINE ->
                        pipeline =
                                ForeignSource.pipeline(
                                        place, place.pipelineScope(PipelinePlace.UNION));
                default ->
                        throw new SmilodonException(
                                        ErrorCode.location(40415),
                                        "BSON field '$unionWith' has an unknown field",
                                        Map.of("field", option.name()))
                                .at(place.location());
            }
        }
        if (collection.isPresent() == pipeline.bringsDocuments()) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "$unionWith stage without explicit collection must have a pipeline"
                                    + " with $documents as first stage")
                    .at(operand.location());
        }
        return new UnionWith(new Foreign(collection, pipeline), options);
    }

    private static String collection(StageOperand place) {
        if (place.value() instanceof StringValue name) {
            return name.value();
        }
        throw place.error(ErrorCode.TYPE_MISMATCH, "'coll' option must be a string");
    }

    @Override
    public String name() {
        return "$unionWith";
    }

    @Override
    public Optional<String> refusedInTransactions() {
        return Optional.of(name());
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new UnionCursor(
                input, () -> other.open(Predicate.everything(), context.evaluation(), context));
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output;
    }

    /** The same, the filter applied to what follows; the input is somebody else's business. */
    UnionWith filtered(Predicate filter) {
        List<Value> stages = new ArrayList<>();
        Value before = written.get(PIPELINE);
        if (before != Missing.INSTANCE) {
            ((ArrayValue) before).forEach(stages::add);
        }
        stages.add(Document.of("$match", filter.toDocument()));
        return new UnionWith(other.with(filter), written.with(PIPELINE, ArrayValue.of(stages)));
    }

    @Override
    public Document rendered() {
        return Document.of(name(), written);
    }
}
