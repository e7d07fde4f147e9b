package io.smilodon.index.text.search;

import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A score as an expression makes it. Immutable and thread-safe. */
interface ScoreFunction {

    /** How deep expressions may stand inside each other. */
    int DEPTH_MAX = 64;

    /** The value for one document, of which the operator has given that score. */
    double of(double relevance, NumericValues.Numbers numbers) throws IOException;

    /** The one expression of an object. */
    static ScoreFunction parse(Options written, int depth) {
        Map<String, Factory> table =
                Map.of(
                        "add",
                                (options, name) ->
                                        numbers(options.objects(name), depth, Double::sum),
                        "constant", ScoreFunction::constant,
                        "gauss", (options, name) -> Gauss.parse(options.object(name)),
                        "log", (options, name) -> log(options, name, 0, depth),
                        "log1p", (options, name) -> log(options, name, 1, depth),
                        "multiply",
                                (options, name) ->
                                        numbers(options.objects(name), depth, (a, b) -> a * b),
                        "path",
                                (options, name) ->
                                        PathValue.parse(options.get(name), options.at(name)),
                        "score", ScoreFunction::relevance);
        List<String> found = new ArrayList<>();
        for (Field field : written.fields()) {
            found.add(field.name());
        }
        boolean isOne = found.size() == 1 && table.containsKey(found.get(0));
        if (!isOne || depth == DEPTH_MAX) {
            throw Options.error(
                    "A function of a score is one expression, not nested too deep",
                    Map.of("expected", table.keySet().stream().sorted().toList(), "actual", found),
                    written.location());
        }
        String name = found.get(0);
        boolean needsTwo = name.equals("add") || name.equals("multiply");
        if (needsTwo && written.objects(name).size() < 2) {
            throw written.error(name, "An expression needs at least two others", Map.of());
        }
        return table.get(name).parse(written, name);
    }

    private static ScoreFunction constant(Options written, String name) {
        double constant = written.number(name);
        return (relevance, numbers) -> constant;
    }

    private static ScoreFunction relevance(Options written, String name) {
        written.word(name, "", java.util.Set.of("relevance"));
        return (relevance, numbers) -> relevance;
    }

    private static ScoreFunction log(Options written, String name, int plus, int depth) {
        ScoreFunction inner = parse(written.object(name), depth + 1);
        return (relevance, numbers) -> Math.log10(inner.of(relevance, numbers) + plus);
    }

    /** The numbers of several expressions as one. */
    private static ScoreFunction numbers(
            List<Options> written, int depth, Combination combination) {
        List<ScoreFunction> parts = new ArrayList<>();
        for (Options part : written) {
            parts.add(parse(part, depth + 1));
        }
        return (relevance, numbers) -> {
            double result = parts.get(0).of(relevance, numbers);
            for (ScoreFunction part : parts.subList(1, parts.size())) {
                result = combination.of(result, part.of(relevance, numbers));
            }
            return result;
        };
    }

    /** Reads an expression. */
    interface Factory {
        ScoreFunction parse(Options written, String name);
    }

    /** Makes one number of two. */
    interface Combination {
        double of(double left, double right);
    }

    /**
     * The number at a path.
     *
     * @param otherwise what counts if there is none
     */
    record PathValue(String path, double otherwise) implements ScoreFunction {

        static PathValue parse(Value written, io.smilodon.engine.error.Location place) {
            if (written instanceof StringValue path) {
                return new PathValue(path.value(), 0);
            }
            Options options = Options.of(written, place).only("value", "undefined");
            return new PathValue(options.text("value"), options.number("undefined", 0));
        }

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) throws IOException {
            double number = numbers.first(FieldNames.numbers(path));
            return Double.isNaN(number) ? otherwise : number;
        }
    }

    /** Falls off with the distance of a number from an origin, like a bell. */
    record Gauss(PathValue path, double origin, double scale, double offset, double decay)
            implements ScoreFunction {

        static Gauss parse(Options written) {
            written.only("path", "origin", "scale", "offset", "decay");
            double scale = written.number("scale");
            double decay = written.number("decay", 0.5);
            if (scale <= 0 || decay <= 0 || decay >= 1) {
                throw Options.error(
                        "The scale is above 0, the decay between 0 and 1",
                        Map.of("scale", scale, "decay", decay),
                        written.location());
            }
            PathValue path = PathValue.parse(written.required("path"), written.at("path"));
            return new Gauss(
                    path, written.number("origin"), scale, written.number("offset", 0), decay);
        }

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) throws IOException {
            double distance = Math.abs(path.of(relevance, numbers) - origin);
            double beyond = Math.max(0, distance - offset) / scale;
            return Math.exp(Math.log(decay) * beyond * beyond);
        }
    }
}
