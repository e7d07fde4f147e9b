package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.SphereRelation;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code {$geoRelate: [<place>, <place>]}}: how the first lies to the second, as the nine
 * characters of a DE-9IM; {@code [<place>, <place>, <pattern>]}: whether it is so. With null or
 * missing it is null.
 */
record Relate(List<Expression> operands) implements VariadicExpression {

    static final String NAME = "$geoRelate";

    private static final Pattern PATTERN = Pattern.compile("[TF*012]{9}");

    Relate {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        SphereRelation relation =
                SphereRelation.of(
                        Places.require(values.get(0)), Places.require(values.get(1)), Steps::take);
        return values.size() == 2
                ? Value.of(relation.matrix())
                : Value.of(relation.matches(pattern(values.get(2))));
    }

    private static String pattern(Value value) {
        if (value instanceof StringValue text && PATTERN.matcher(text.value()).matches()) {
            return text.value();
        }
        throw Places.error("The relation must be nine of T, F, *, 0, 1 and 2", NAME, value)
                .withHint(
                        "FF*FF**** is disjoint, T*F**F*** within, T*****FF* contains, T*F**FFF*"
                                + " equal");
    }
}
