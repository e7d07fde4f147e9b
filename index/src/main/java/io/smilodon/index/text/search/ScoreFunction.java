package io.smilodon.index.text.search;

import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.search.Explanation;

/** A score as an expression makes it. Shown as it is written. Immutable and thread-safe. */
interface ScoreFunction {

    /** How deep expressions may stand inside each other. */
    int DEPTH_MAX = 64;

    /** The value for one document, of which the operator has given that score. */
    double of(double relevance, NumericValues.Numbers numbers) throws IOException;

    /** The expressions that it is made of. */
    default List<ScoreFunction> parts() {
        return List.of();
    }

    /**
     * How its value came about.
     *
     * @param relevance the same of the operator's score
     */
    default Explanation explain(Explanation relevance, NumericValues.Numbers numbers)
            throws IOException {
        List<Explanation> details = new ArrayList<>();
        for (ScoreFunction part : parts()) {
            details.add(part.explain(relevance, numbers));
        }
        double value = of(relevance.getValue().doubleValue(), numbers);
        return Explanation.match(value, toString(), details);
    }

    /** The one expression of an object. */
    static ScoreFunction parse(Options written, int depth) {
        Map<String, Factory> table =
                Map.of(
                        "add", (options, name) -> new Sum(parts(options.objects(name), depth)),
                        "constant", (options, name) -> new Constant(options.number(name)),
                        "gauss", (options, name) -> Gauss.parse(options.object(name)),
                        "log",
                                (options, name) ->
                                        new Log(0, parse(options.object(name), depth + 1)),
                        "log1p",
                                (options, name) ->
                                        new Log(1, parse(options.object(name), depth + 1)),
                        "multiply",
                                (options, name) -> new Product(parts(options.objects(name), depth)),
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

    private static ScoreFunction relevance(Options written, String name) {
        written.word(name, "", Set.of("relevance"));
        return new Relevance();
    }

    private static List<ScoreFunction> parts(List<Options> written, int depth) {
        List<ScoreFunction> parts = new ArrayList<>();
        for (Options part : written) {
            parts.add(parse(part, depth + 1));
        }
        return parts;
    }

    /** Reads an expression. */
    interface Factory {
        ScoreFunction parse(Options written, String name);
    }

    /** Always the same. */
    record Constant(double value) implements ScoreFunction {

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) {
            return value;
        }

        @Override
        public String toString() {
            return "constant(" + value + ")";
        }
    }

    /** The score of the operator itself. */
    record Relevance() implements ScoreFunction {

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) {
            return relevance;
        }

        @Override
        public Explanation explain(Explanation relevance, NumericValues.Numbers numbers) {
            return relevance;
        }

        @Override
        public String toString() {
            return "score(relevance)";
        }
    }

    /** All together. */
    record Sum(List<ScoreFunction> parts) implements ScoreFunction {

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) throws IOException {
            double sum = 0;
            for (ScoreFunction part : parts) {
                sum += part.of(relevance, numbers);
            }
            return sum;
        }

        @Override
        public String toString() {
            return shown("add", parts);
        }
    }

    /** One times the other. */
    record Product(List<ScoreFunction> parts) implements ScoreFunction {

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) throws IOException {
            double product = 1;
            for (ScoreFunction part : parts) {
                product *= part.of(relevance, numbers);
            }
            return product;
        }

        @Override
        public String toString() {
            return shown("multiply", parts);
        }
    }

    private static String shown(String name, List<ScoreFunction> parts) {
        return parts.stream()
                .map(ScoreFunction::toString)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** The logarithm to the base of 10, of a number or of one more. */
    record Log(int plus, ScoreFunction inner) implements ScoreFunction {

        @Override
        public double of(double relevance, NumericValues.Numbers numbers) throws IOException {
            return Math.log10(inner.of(relevance, numbers) + plus);
        }

        @Override
        public List<ScoreFunction> parts() {
            return List.of(inner);
        }

        @Override
        public String toString() {
            return shown(plus == 0 ? "log" : "log1p", parts());
        }
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

        @Override
        public String toString() {
            return "path(" + path + ")";
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

        @Override
        public List<ScoreFunction> parts() {
            return List.of(path);
        }

        @Override
        public String toString() {
            return shown("gauss", parts());
        }
    }
}
