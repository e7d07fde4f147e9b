package io.smilodon.index.text;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads and completes the options of a text index. Not thread-safe. */
final class TextOptions {

    static final String WEIGHTS = "weights";
    static final String LANGUAGE = "default_language";
    static final String OVERRIDE = "language_override";
    private static final String VERSION = "textIndexVersion";

    static final Set<String> NAMES = Set.of(WEIGHTS, LANGUAGE, OVERRIDE, VERSION);

    /** The first weight that is too much, as in MongoDB. */
    private static final int WEIGHT_END = 100_000;

    private final Document specification;
    private final Location location;

    TextOptions(Document specification, Location location) {
        this.specification = specification;
        this.location = location;
    }

    Document completed(KeyPattern pattern) {
        checkAdjacent(pattern);
        checkVersion();
        return Document.builder()
                .put(WEIGHTS, weights(pattern))
                .put(LANGUAGE, language())
                .put(OVERRIDE, override())
                .put(VERSION, TextIndex.VERSION)
                .build();
    }

    /** Fields, then texts, then fields. */
    private void checkAdjacent(KeyPattern pattern) {
        boolean isBehind = false;
        boolean isText = false;
        for (KeyPart part : pattern.parts()) {
            boolean isPartText = part.kind() == PartKind.TEXT;
            if (isPartText && isBehind) {
                throw refused("'text' fields in index must all be adjacent", Map.of(), "key");
            }
            isBehind |= isText && !isPartText;
            isText |= isPartText;
        }
    }

    private Document weights(KeyPattern pattern) {
        Map<String, Integer> weights = new TreeMap<>();
        for (KeyPart part : pattern.parts()) {
            if (part.kind() == PartKind.TEXT && !part.path().dotted().equals(TextIndex.WORD)) {
                checkWeighed(part.path().dotted());
                weights.put(part.path().dotted(), 1);
            }
        }
        switch (specification.get(WEIGHTS)) {
            case Missing absent -> {}
            case Document written -> written.forEach(field -> weights.put(field.name(), of(field)));
            case StringValue all -> {
                if (!all.value().equals(TextIndex.ALL)) {
                    throw noDocument();
                }
                weights.put(TextIndex.ALL, 1);
            }
            case Value other -> throw noDocument();
        }
        if (weights.isEmpty()) {
            throw refused(
                    "text index option 'weights' must specify fields or the wildcard",
                    Map.of(),
                    WEIGHTS);
        }
        DocumentBuilder sorted = Document.builder();
        weights.forEach(sorted::put);
        return sorted.build();
    }

    private SmilodonException noDocument() {
        return refused("text index option 'weights' must be an object", Map.of(), WEIGHTS);
    }

    private int of(Field field) {
        checkWeighed(field.name());
        if (!(field.value() instanceof NumberValue number)) {
            throw refused(
                    "weight for text index needs numeric type",
                    Map.of("field", field.name(), "type", field.value().type().alias()),
                    WEIGHTS);
        }
        double weight = number.toDouble();
        if (!(weight >= 1 && weight < WEIGHT_END)) {
            throw refused(
                    "text index weight must be in the exclusive interval (0,100000)",
                    Map.of("field", field.name(), "found", weight),
                    WEIGHTS);
        }
        return (int) weight;
    }

    private void checkWeighed(String path) {
        if (path.equals(TextIndex.ALL)) {
            return;
        }
        if (path.isEmpty()) {
            throw refused("weight cannot be on an empty field", Map.of(), WEIGHTS);
        }
        for (String step : FieldPath.parse(path).steps()) {
            if (step.isEmpty()) {
                throw refused(
                        "weight cannot have empty path component", Map.of("field", path), WEIGHTS);
            }
            if (step.startsWith("$")) {
                throw refused(
                        "weight cannot have path component with $ prefix",
                        Map.of("field", path),
                        WEIGHTS);
            }
        }
    }

    private String language() {
        return switch (specification.get(LANGUAGE)) {
            case Missing absent -> TextLanguage.ENGLISH.written();
            case StringValue name -> {
                if (TextLanguage.named(name.value()).isEmpty()) {
                    throw refused(
                                    "default_language is not valid",
                                    Map.of("language", name.value()),
                                    LANGUAGE)
                            .withHint("the languages are " + TextLanguage.names());
                }
                yield name.value();
            }
            case Value other -> throw wrongType("default_language needs a string type", LANGUAGE);
        };
    }

    private String override() {
        return switch (specification.get(OVERRIDE)) {
            case Missing absent -> "language";
            case StringValue name -> {
                String field = name.value();
                if (field.isEmpty() || field.startsWith("$") || field.contains(".")) {
                    throw refused(
                            "language_override is not valid", Map.of("found", field), OVERRIDE);
                }
                yield field;
            }
            case Value other -> throw wrongType("language_override is not a string", OVERRIDE);
        };
    }

    private void checkVersion() {
        switch (specification.get(VERSION)) {
            case Missing absent -> {}
            case NumberValue number -> {
                if (number.toDouble() != TextIndex.VERSION) {
                    throw refused(
                                    "bad textIndexVersion",
                                    Map.of("found", number.toDouble()),
                                    VERSION)
                            .withHint("only version 3 is there");
                }
            }
            case Value other ->
                    throw wrongType(
                            "text index option 'textIndexVersion' must be a number", VERSION);
        }
    }

    private SmilodonException wrongType(String template, String option) {
        Map<String, String> details = Map.of("type", specification.get(option).type().alias());
        return refused(template, details, option);
    }

    private SmilodonException refused(String template, Map<String, ?> details, String option) {
        return new SmilodonException(ErrorCode.CANNOT_CREATE_INDEX, template, details)
                .at(location.child(option));
    }
}
