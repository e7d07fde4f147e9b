package io.smilodon.rest.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How values of a scalar type go in and out. Immutable. */
final class ScalarCoercing implements Coercing<Object, Object> {

    private final Function<Value, Optional<Value>> output;
    private final Function<Value, Optional<Value>> input;

    /**
     * Of two directions.
     *
     * @param output a stored value as it is answered; empty if it is of another type
     * @param input what a request holds as it is used; empty if it is of another type
     */
    ScalarCoercing(
            Function<Value, Optional<Value>> output, Function<Value, Optional<Value>> input) {
        this.output = output;
        this.input = input;
    }

    @Override
    public Object serialize(Object stored, GraphQLContext context, Locale locale) {
        Value value = JavaValues.toValue(stored);
        return output.apply(value)
                .orElseThrow(
                        () ->
                                new CoercingSerializeException(
                                        "the stored value is of type " + value.type().alias()));
    }

    @Override
    public Object parseValue(Object sent, GraphQLContext context, Locale locale) {
        return input.apply(JavaValues.toValue(sent))
                .orElseThrow(() -> new CoercingParseValueException("not a value of this type"));
    }

    @Override
    public Object parseLiteral(
            graphql.language.Value<?> literal,
            CoercedVariables variables,
            GraphQLContext context,
            Locale locale) {
        return input.apply(JavaValues.toValue(object(literal, variables.toMap())))
                .orElseThrow(() -> new CoercingParseLiteralException("not a value of this type"));
    }

    /** It is the same for the library whether a default value was a literal. */
    @Override
    public graphql.language.Value<?> valueToLiteral(
            Object value, GraphQLContext context, Locale locale) {
        return StringValue.of(JavaValues.toValue(value).toString());
    }

    private static Object object(graphql.language.Value<?> literal, Map<String, Object> variables) {
        return switch (literal) {
            case StringValue text -> text.getValue();
            case IntValue number -> number.getValue();
            case FloatValue number -> number.getValue();
            case BooleanValue flag -> flag.isValue();
            case EnumValue name -> name.getName();
            case VariableReference variable -> variables.get(variable.getName());
            case ArrayValue array ->
                    array.getValues().stream().map(element -> object(element, variables)).toList();
            case ObjectValue object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (ObjectField field : object.getObjectFields()) {
                    map.put(field.getName(), object(field.getValue(), variables));
                }
                yield map;
            }
            default -> null; // null itself
        };
    }
}
