package io.smilodon.rest.graphql;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stored values as fields of a type have them. */
final class Outputs {

    private static final double EXACT_MAX = 1L << 53;

    private Outputs() {}

    /**
     * The value for the library.
     *
     * @throws SmilodonException {@code TypeMismatch} if the type has no such values
     */
    static Object of(Value value, GraphQLType declared) {
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(declared);
        if (value.isNullish()) {
            return null;
        }
        if (GraphQLTypeUtil.isList(type)) {
            return list(value, GraphQLTypeUtil.unwrapOne(type));
        }
        return switch (type) {
            case GraphQLObjectType object -> object(value, object);
            case GraphQLEnumType names -> text(value, names);
            case GraphQLNamedType scalar -> scalar(value, scalar);
            default -> throw mismatch(value, type.toString());
        };
    }

    /** One value where the type is a list is a list of one. */
    private static List<Object> list(Value value, GraphQLType elements) {
        List<Object> list = new ArrayList<>();
        if (value instanceof ArrayValue array) {
            array.forEach(element -> list.add(of(element, elements)));
        } else {
            list.add(of(value, elements));
        }
        return list;
    }

    private static Object object(Value value, GraphQLObjectType type) {
        if (value instanceof Document) {
            return value;
        }
        throw mismatch(value, type.getName());
    }

    private static Object scalar(Value value, GraphQLNamedType type) {
        return switch (type.getName()) {
            case "String", "ID" -> text(value, type);
            case "Int" -> whole(value, type);
            case "Float" -> number(value, type).toDouble();
            case "Boolean" -> flag(value, type);
            default -> value; // the types of our own know all of them
        };
    }

    private static Object text(Value value, GraphQLNamedType type) {
        return switch (value) {
            case StringValue text -> text.value();
            case ObjectId id -> id.toHex();
            case DateValue date -> Instant.ofEpochMilli(date.epochMillis()).toString();
            case NumberValue number -> number.toString();
            case BooleanValue flag -> flag.toString();
            default -> throw mismatch(value, type.getName());
        };
    }

    /** The library refuses what has a fraction or more than 32 bits. */
    private static Object whole(Value value, GraphQLNamedType type) {
        NumberValue number = number(value, type);
        boolean isExact = number.isIntegral() && Math.abs(number.toDouble()) < EXACT_MAX;
        return isExact ? (Object) number.toLong() : (Object) number.toDouble();
    }

    private static NumberValue number(Value value, GraphQLNamedType type) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw mismatch(value, type.getName());
    }

    private static Object flag(Value value, GraphQLNamedType type) {
        if (value instanceof BooleanValue) {
            return value.equals(BooleanValue.TRUE);
        }
        throw mismatch(value, type.getName());
    }

    private static SmilodonException mismatch(Value value, String type) {
        return new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "The stored value is not of the type that the schema has for the field",
                Map.of("stored", value.type().alias(), "schema", type));
    }
}
