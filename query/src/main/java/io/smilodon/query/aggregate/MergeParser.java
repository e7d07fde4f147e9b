package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.expression.VariableReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code $merge}. */
final class MergeParser {

    private static final String INTO = "into";
    private static final String ON = "on";
    private static final String LET = "let";
    private static final String WHEN_MATCHED = "whenMatched";
    private static final String WHEN_NOT_MATCHED = "whenNotMatched";
    private static final Set<String> OPTIONS =
            Set.of(INTO, ON, LET, WHEN_MATCHED, WHEN_NOT_MATCHED);

    /** The variable that holds the document of the result. */
    private static final String NEW = "new";

    private static final StringValue ROOT = new StringValue("$$ROOT");

    private final StageOperand operand;
    private final Document options;

    private MergeParser(StageOperand operand, Document options) {
        this.operand = operand;
        this.options = options;
    }

    static Stage parse(StageOperand operand) {
        return switch (operand.value()) {
            case StringValue name -> new MergeParser(operand, Document.of(INTO, name)).parse();
            case Document options -> new MergeParser(operand, options).parse();
            default ->
                    throw operand.error(
                            ErrorCode.TYPE_MISMATCH, "$merge requires a string or object argument");
        };
    }

    private Stage parse() {
        for (Field option : options) {
            if (!OPTIONS.contains(option.name())) {
                throw new SmilodonException(
                                ErrorCode.location(40415),
                                "BSON field '$merge' has an unknown field",
                                Map.of("field", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        Merge.WhenMatched whenMatched = whenMatched();
        Merge.WhenNotMatched whenNotMatched = whenNotMatched();
        requireSupported(whenMatched, whenNotMatched);
        return new Merge(target(), on(), whenMatched, whenNotMatched);
    }

    private OutputTarget target() {
        StageOperand into = operand.child(INTO, options.get(INTO));
        return switch (into.value()) {
            case StringValue name -> {
                if (name.value().isEmpty()) {
                    throw into.error(5786800, "$merge 'into' field cannot be an empty string");
                }
                yield OutputTarget.named(name.value());
            }
            case Document written -> OutputTarget.parse(written, into);
            case Missing absent ->
                    throw operand.error(
                            40414, "BSON field '$merge.into' is missing but a required field");
            default ->
                    throw into.error(
                            51178, "$merge 'into' field must be either a string or an object");
        };
    }

    private List<FieldPath> on() {
        StageOperand on = operand.child(ON, options.get(ON));
        List<FieldPath> fields = new ArrayList<>();
        switch (on.value()) {
            case Missing absent -> fields.add(FieldPath.parse("_id"));
            case StringValue name -> fields.add(FieldNames.path(name.value(), on.location()));
            case ArrayValue names -> names.forEach(name -> fields.add(element(name, on)));
            default ->
                    throw on.error(
                            51186,
                            "$merge 'on' field must be either a string or an array of strings");
        }
        if (fields.isEmpty()) {
            throw on.error(
                    51187, "If explicitly specifying $merge 'on', must include at least one field");
        }
        if (new HashSet<>(fields).size() < fields.size()) {
            throw on.error(31465, "Found a duplicate field");
        }
        return fields;
    }

    private static FieldPath element(Value name, StageOperand on) {
        if (name instanceof StringValue text) {
            return FieldNames.path(text.value(), on.location());
        }
        throw on.error(51134, "$merge 'on' array elements must be strings");
    }

    private Merge.WhenMatched whenMatched() {
        StageOperand mode = operand.child(WHEN_MATCHED, options.get(WHEN_MATCHED));
        if (mode.value() instanceof ArrayValue stages) {
            return changed(stages, mode);
        }
        if (options.has(LET)) {
            throw operand.child(LET, options.get(LET))
                    .error(51199, "Cannot use 'let' variables without a 'whenMatched' pipeline");
        }
        return switch (mode.value()) {
            case Missing absent -> Merge.Matched.MERGE;
            case StringValue name -> {
                for (Merge.Matched one : Merge.Matched.values()) {
                    if (one.text().equals(name.value())) {
                        yield one;
                    }
                }
                throw notAValue(name, mode);
            }
            default ->
                    throw mode.error(
                            51191,
                            "$merge 'whenMatched' field must be either a string or an array");
        };
    }

    private Merge.WhenNotMatched whenNotMatched() {
        StageOperand mode = operand.child(WHEN_NOT_MATCHED, options.get(WHEN_NOT_MATCHED));
        return switch (mode.value()) {
            case Missing absent -> Merge.WhenNotMatched.INSERT;
            case StringValue name -> {
                for (Merge.WhenNotMatched one : Merge.WhenNotMatched.values()) {
                    if (one.text().equals(name.value())) {
                        yield one;
                    }
                }
                throw notAValue(name, mode);
            }
            default ->
                    throw mode.error(
                            ErrorCode.TYPE_MISMATCH,
                            "$merge 'whenNotMatched' field must be a string");
        };
    }

    private static SmilodonException notAValue(StringValue name, StageOperand mode) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "Enumeration value for field is not a valid value.",
                        Map.of("actual", name.value()))
                .at(mode.location());
    }

    private void requireSupported(Merge.WhenMatched matched, Merge.WhenNotMatched notMatched) {
        boolean onlyInserts =
                matched == Merge.Matched.KEEP_EXISTING || matched == Merge.Matched.FAIL;
        if (onlyInserts && notMatched != Merge.WhenNotMatched.INSERT) {
            throw new SmilodonException(
                            ErrorCode.location(51181),
                            "Combination of $merge modes 'whenMatched' and 'whenNotMatched' is not"
                                    + " supported",
                            Map.of(
                                    WHEN_MATCHED, ((Merge.Matched) matched).text(),
                                    WHEN_NOT_MATCHED, notMatched.text()))
                    .at(operand.location());
        }
    }

    private Merge.Changed changed(ArrayValue stages, StageOperand mode) {
        Map<String, Expression> let = let();
        Pipeline pipeline =
                PipelineParser.parse(
                        stages,
                        mode.pipelineScope(PipelinePlace.UPDATE).withChanging(let.keySet()));
        return new Merge.Changed(let, pipeline);
    }

    private Map<String, Expression> let() {
        Map<String, Expression> variables = new LinkedHashMap<>();
        variables.put(NEW, ExpressionParser.parse(ROOT, operand.location()));
        if (!options.has(LET)) {
            return variables;
        }
        StageOperand let = operand.child(LET, options.get(LET));
        if (!(let.value() instanceof Document written)) {
            throw let.error(ErrorCode.TYPE_MISMATCH, "$merge 'let' must be an object");
        }
        for (Field variable : written) {
            StageOperand place = let.child(variable.name(), variable.value());
            if (variable.name().equals(NEW) && !variable.value().equals(ROOT)) {
                throw place.error(
                        51273,
                        "'let' may not define a value for the reserved 'new' variable other than"
                                + " '$$ROOT'");
            }
            VariableReference.requireUserName(
                    variable.name(), ExpressionScope.at(place.location(), operand.variables()));
            variables.put(variable.name(), place.expression());
        }
        return variables;
    }
}
