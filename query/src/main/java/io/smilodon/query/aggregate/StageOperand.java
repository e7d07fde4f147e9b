package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.PathCollector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What follows a stage's name, or a part of it.
 *
 * @param value as written
 * @param location where it stands in the request
 * @param bound the variables that its expressions may use, with the values of those that the
 *     operation has as a whole, and its instant
 * @param depth how many pipelines are around that of the stage
 */
record StageOperand(Value value, Location location, BoundVariables bound, int depth) {

    /** An option inside this operand. */
    StageOperand child(String name, Value child) {
        return new StageOperand(child, location.child(name), bound, depth);
    }

    /** The names of the variables. */
    Set<String> variables() {
        return bound.names();
    }

    /** The scope of a pipeline that is this operand. */
    PipelineScope pipelineScope(PipelinePlace place) {
        return PipelineScope.inside(location, bound, place, depth + 1);
    }

    /** The same where the variables have these values. */
    StageOperand seeing(EvaluationContext values) {
        return new StageOperand(value, location, new BoundVariables(bound.names(), values), depth);
    }

    /** Another value at this place. */
    StageOperand with(Value other) {
        return new StageOperand(other, location, bound, depth);
    }

    /** The value as an expression. */
    Expression expression() {
        return ExpressionParser.parse(value, location, bound.names());
    }

    /**
     * What it is as an expression that is the same for every document; {@code Missing} if it is
     * not, or has no value.
     */
    Value constant() {
        Expression expression = expression();
        boolean isConstant =
                PathCollector.pathsOf(List.of(expression)).map(Set::isEmpty).orElse(false);
        return isConstant ? expression.evaluate(bound.context()) : Missing.INSTANCE;
    }

    /** An error about the value; its type goes into the details. */
    SmilodonException error(int code, String template) {
        return error(ErrorCode.location(code), template);
    }

    SmilodonException error(ErrorCode code, String template) {
        return new SmilodonException(code, template, Map.of("actual", value.type().alias()))
                .at(location);
    }
}
