package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Dialect;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.expression.Randomness;
import io.smilodon.query.expression.VariableReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code $lookup}. */
final class LookupParser {

    private static final String FROM = "from";
    private static final String AS = "as";
    private static final String LOCAL_FIELD = "localField";
    private static final String FOREIGN_FIELD = "foreignField";
    private static final String LET = "let";
    private static final String PIPELINE = "pipeline";
    private static final Set<String> OPTIONS =
            Set.of(FROM, AS, LOCAL_FIELD, FOREIGN_FIELD, LET, PIPELINE);

    private final StageOperand operand;
    private final Document options;

    private LookupParser(StageOperand operand, Document options) {
        this.operand = operand;
        this.options = options;
    }

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE, "the $lookup stage specification must be an object");
        }
        return new LookupParser(operand, options).parse();
    }

    private Stage parse() {
        for (Field option : options) {
            if (!OPTIONS.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE,
                                "unknown argument to $lookup",
                                Map.of("argument", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        FieldPath as = path(AS).orElseThrow(() -> missing(AS));
        Optional<Lookup.Join> join = join();
        if (join.isEmpty() && !options.has(PIPELINE)) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "$lookup requires either 'pipeline' or both 'localField' and"
                                    + " 'foreignField' to be specified")
                    .at(operand.location());
        }
        Map<String, Expression> let = let();
        Pipeline pipeline = pipeline(let.keySet());
        Foreign foreign = new Foreign(from(pipeline), pipeline);
        boolean isConstant =
                join.isEmpty() && let.isEmpty() && !Randomness.isIn(options.get(PIPELINE));
        Lookup.Search search = new Lookup.Search(foreign, join, let, isConstant);
        return new Lookup(search, as, Optional.empty(), options);
    }

    /** The collection; there need not be one where the pipeline brings its documents. */
    private Optional<String> from(Pipeline pipeline) {
        Optional<String> from = string(FROM);
        if (from.isPresent() == pipeline.bringsDocuments()) {
            throw from.isEmpty()
                    ? missing(FROM)
                    : new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "$documents in the pipeline of $lookup takes the place of"
                                            + " 'from'")
                            .at(operand.location().child(FROM));
        }
        return from;
    }

    private Optional<Lookup.Join> join() {
        Optional<FieldPath> local = path(LOCAL_FIELD);
        Optional<FieldPath> foreign = path(FOREIGN_FIELD);
        if (local.isPresent() != foreign.isPresent()) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "$lookup requires both or neither of 'localField' and 'foreignField'"
                                    + " to be specified")
                    .at(operand.location());
        }
        boolean elementsLackFields = Dialect.current().elementsLackFields();
        return local.map(path -> new Lookup.Join(path, foreign.get(), elementsLackFields));
    }

    private Pipeline pipeline(Set<String> let) {
        if (!options.has(PIPELINE)) {
            if (options.has(LET)) {
                throw new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE,
                                "$lookup with a 'let' argument must also specify 'pipeline'")
                        .at(operand.location());
            }
            return new Pipeline(List.of());
        }
        StageOperand place = operand.child(PIPELINE, options.get(PIPELINE));
        return ForeignSource.pipeline(
                place, place.pipelineScope(PipelinePlace.LOOKUP).withChanging(let));
    }

    private Map<String, Expression> let() {
        Map<String, Expression> variables = new LinkedHashMap<>();
        if (!options.has(LET)) {
            return variables;
        }
        StageOperand place = operand.child(LET, options.get(LET));
        if (!(place.value() instanceof Document written)) {
            throw place.error(
                    ErrorCode.FAILED_TO_PARSE, "$lookup argument 'let' must be an object");
        }
        for (Field variable : written) {
            StageOperand expression = place.child(variable.name(), variable.value());
            VariableReference.requireUserName(
                    variable.name(),
                    ExpressionScope.at(expression.location(), operand.variables()));
            variables.put(variable.name(), expression.expression());
        }
        return variables;
    }

    private Optional<FieldPath> path(String option) {
        return string(option).map(path -> FieldNames.path(path, operand.location().child(option)));
    }

    private Optional<String> string(String option) {
        if (!options.has(option)) {
            return Optional.empty();
        }
        Value value = options.get(option);
        if (value instanceof StringValue string) {
            return Optional.of(string.value());
        }
        throw operand.child(option, value)
                .error(
                        ErrorCode.FAILED_TO_PARSE,
                        "$lookup argument '" + option + "' must be a string");
    }

    private SmilodonException missing(String option) {
        return new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "missing '" + option + "' option to $lookup stage specification")
                .at(operand.location());
    }
}
