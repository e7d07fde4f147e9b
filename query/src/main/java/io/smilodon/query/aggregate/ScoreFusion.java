package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.VariableReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * <code>{$scoreFusion: {input: {pipelines, normalization}, combination?, scoreDetails?}}</code>:
 * the results of several pipelines by their scores in them, which are made comparable first.
 *
 * @param expression makes one score of them; empty for their average
 * @param written the expression, for the details
 */
record ScoreFusion(
        List<FusionInput> inputs,
        ScoreNormalization normalization,
        Optional<Expression> expression,
        StageOperand written,
        boolean wantsDetails)
        implements Fusion {

    static final String NAME = "$scoreFusion";

    private static final String EXPRESSION = "expression";
    private static final String METHOD = "method";
    private static final String NORMALIZATION = "normalization";

    ScoreFusion {
        inputs = List.copyOf(inputs);
    }

    static Stage parse(StageOperand operand) {
        FusionParser parser = FusionParser.of(operand, FusionRules.SCORED);
        StageOperand input =
                parser.object(
                        operand, FusionParser.INPUT, Set.of("pipelines"), Set.of(NORMALIZATION));
        StageOperand combination =
                parser.object(
                        operand,
                        FusionParser.COMBINATION,
                        Set.of(),
                        Set.of(FusionParser.WEIGHTS, METHOD, EXPRESSION));
        List<FusionInput> inputs = parser.inputs(input, combination);
        StageOperand written = field(combination, EXPRESSION);
        return new ScoreFusion(
                inputs,
                ScoreNormalization.parse(field(input, NORMALIZATION)),
                expression(combination, inputs),
                written,
                parser.wantsDetails());
    }

    private static StageOperand field(StageOperand object, String name) {
        return object.child(name, ((Document) object.value()).get(name));
    }

    private static Optional<Expression> expression(
            StageOperand combination, List<FusionInput> inputs) {
        StageOperand written = field(combination, EXPRESSION);
        boolean isGiven = written.value() != Missing.INSTANCE;
        if (isExpression(field(combination, METHOD)) != isGiven) {
            throw combination.error(
                    10017300,
                    "combination.expression should only be specified when combination.method has"
                            + " the value \"expression\"");
        }
        if (!isGiven) {
            return Optional.empty();
        }
        if (((Document) combination.value()).has(FusionParser.WEIGHTS)) {
            throw combination.error(
                    10017301,
                    "both combination.expression and combination.weights cannot be specified");
        }
        Set<String> variables = new HashSet<>(written.variables());
        ExpressionScope place = ExpressionScope.at(written.location(), variables);
        for (FusionInput input : inputs) {
            VariableReference.requireUserName(input.name(), place);
            variables.add(input.name());
        }
        return Optional.of(ExpressionParser.parse(written.value(), written.location(), variables));
    }

    private static boolean isExpression(StageOperand method) {
        if (method.value() == Missing.INSTANCE) {
            return false;
        }
        if (!(method.value() instanceof StringValue name)) {
            throw method.error(ErrorCode.TYPE_MISMATCH, "'method' must be a string");
        }
        return switch (name.value()) {
            case "avg" -> false;
            case EXPRESSION -> true;
            default -> throw method.error(ErrorCode.BAD_VALUE, "'method' is avg or expression");
        };
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Scorer scorer(Collection<Row> rows, StageContext context) {
        return new FusedScores(this, rows, context.evaluation());
    }
}
