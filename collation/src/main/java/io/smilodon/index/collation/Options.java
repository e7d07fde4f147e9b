package io.smilodon.index.collation;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a collation that is not empty, option by option. Not thread-safe. */
final class Options {

    static final String LOCALE = "locale";
    static final String SIMPLE = "simple";
    static final String CASE_LEVEL = "caseLevel";
    static final String CASE_FIRST = "caseFirst";
    static final String STRENGTH = "strength";
    static final String NUMERIC_ORDERING = "numericOrdering";
    static final String ALTERNATE = "alternate";
    static final String MAX_VARIABLE = "maxVariable";
    static final String NORMALIZATION = "normalization";
    static final String BACKWARDS = "backwards";
    static final String VERSION = "version";

    private static final Set<String> NAMES =
            Set.of(
                    LOCALE,
                    CASE_LEVEL,
                    CASE_FIRST,
                    STRENGTH,
                    NUMERIC_ORDERING,
                    ALTERNATE,
                    MAX_VARIABLE,
                    NORMALIZATION,
                    BACKWARDS,
                    VERSION);

    private static final int IDENTICAL = 5;

    private final Document written;
    private final Location location;

    Options(Document written, Location location) {
        this.written = written;
        this.location = location;
    }

    /** Whether it is the simple collation, which has no options. */
    boolean isSimple() {
        checkNames();
        if (!locale().equals(SIMPLE)) {
            return false;
        }
        if (written.size() > 1) {
            throw error(
                    ErrorCode.FAILED_TO_PARSE,
                    "If locale=simple, no other fields should be present in the collation",
                    LOCALE,
                    Map.of());
        }
        return true;
    }

    /** Any other collation: what is not written is as the locale has it. */
    IcuOrder parse() {
        checkVersion();
        RuleBasedCollator collator = collatorOf(locale());
        setCase(collator);
        setStrength(collator);
        flag(NUMERIC_ORDERING).ifPresent(collator::setNumericCollation);
        choice(ALTERNATE, List.of(IcuOrder.NON_IGNORABLE, IcuOrder.SHIFTED))
                .map(IcuOrder.SHIFTED::equals)
                .ifPresent(collator::setAlternateHandlingShifted);
        choice(MAX_VARIABLE, List.of(IcuOrder.PUNCT, IcuOrder.SPACE))
                .map(IcuOrder::groupOf)
                .ifPresent(collator::setMaxVariable);
        flag(NORMALIZATION)
                .map(isOn -> isOn ? Collator.CANONICAL_DECOMPOSITION : Collator.NO_DECOMPOSITION)
                .ifPresent(collator::setDecomposition);
        flag(BACKWARDS).ifPresent(collator::setFrenchCollation);
        checkLevels(collator);
        return new IcuOrder(locale(), collator);
    }

    /** Refuses what the strength leaves nothing to do, be it the locale's own. */
    private void checkLevels(RuleBasedCollator collator) {
        boolean isLow = collator.getStrength() <= Collator.SECONDARY;
        boolean hasFirst = collator.isUpperCaseFirst() || collator.isLowerCaseFirst();
        if (hasFirst && isLow && !collator.isCaseLevel()) {
            throw error(
                    ErrorCode.BAD_VALUE,
                    "'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater"
                            + " than 2",
                    CASE_FIRST,
                    Map.of());
        }
        if (collator.isFrenchCollation() && collator.getStrength() == Collator.PRIMARY) {
            throw error(
                    ErrorCode.BAD_VALUE,
                    "'backwards' is invalid with 'strength' of 1",
                    BACKWARDS,
                    Map.of());
        }
    }

    private void checkNames() {
        for (Field field : written) {
            if (!NAMES.contains(field.name())) {
                throw error(
                        ErrorCode.location(40415),
                        "A field of the collation is unknown",
                        field.name(),
                        Map.of("field", field.name()));
            }
        }
    }

    private String locale() {
        return switch (written.get(LOCALE)) {
            case StringValue name -> name.value();
            case Missing absent ->
                    throw new SmilodonException(
                                    ErrorCode.location(40414),
                                    "A field of the request is missing but a required field",
                                    Map.of("field", LOCALE))
                            .at(location);
            case Value other -> throw wrongType(LOCALE, "string");
        };
    }

    /** ICU falls back on another locale silently; a name that it does not know is a mistake. */
    private RuleBasedCollator collatorOf(String name) {
        Collator found = nearest(name);
        String known = found.getLocale(ULocale.VALID_LOCALE).getName();
        if (!name.isEmpty() && known.equals(name) && found instanceof RuleBasedCollator collator) {
            return collator.cloneAsThawed();
        }
        SmilodonException invalid =
                error(
                        ErrorCode.BAD_VALUE,
                        "Field 'locale' of the collation is invalid",
                        LOCALE,
                        Map.of(LOCALE, name));
        throw known.isEmpty() || known.equals("root")
                ? invalid
                : invalid.withHint("Did you mean '" + known + "'?");
    }

    /** What ICU has for the name, the root's order if that is all. */
    private static Collator nearest(String name) {
        try {
            return Collator.getInstance(ULocale.createCanonical(name));
        } catch (IllegalArgumentException | UnsupportedOperationException unknownKeyword) {
            return Collator.getInstance(ULocale.ROOT);
        }
    }

    private void setCase(RuleBasedCollator collator) {
        flag(CASE_LEVEL).ifPresent(collator::setCaseLevel);
        choice(CASE_FIRST, List.of(IcuOrder.UPPER, IcuOrder.LOWER, IcuOrder.OFF))
                .ifPresent(
                        first -> {
                            collator.setUpperCaseFirst(first.equals(IcuOrder.UPPER));
                            if (!first.equals(IcuOrder.UPPER)) {
                                collator.setLowerCaseFirst(first.equals(IcuOrder.LOWER));
                            }
                        });
    }

    private void setStrength(RuleBasedCollator collator) {
        switch (written.get(STRENGTH)) {
            case Missing absent -> {}
            case NumberValue number -> {
                if (!number.isIntegral() || number.toLong() < 1 || number.toLong() > IDENTICAL) {
                    throw badValue(STRENGTH, number.toDouble(), "an integer from 1 to 5");
                }
                int level = (int) number.toLong();
                collator.setStrength(level == IDENTICAL ? Collator.IDENTICAL : level - 1);
            }
            case Value other -> throw wrongType(STRENGTH, "number");
        }
    }

    private Optional<Boolean> flag(String name) {
        return switch (written.get(name)) {
            case Missing absent -> Optional.empty();
            case BooleanValue flag -> Optional.of(flag.value());
            case NumberValue number -> Optional.of(number.toDouble() != 0);
            case Value other -> throw wrongType(name, "bool");
        };
    }

    private Optional<String> choice(String name, List<String> choices) {
        return switch (written.get(name)) {
            case Missing absent -> Optional.empty();
            case StringValue text -> {
                if (!choices.contains(text.value())) {
                    throw badValue(name, text.value(), String.join(", ", choices));
                }
                yield Optional.of(text.value());
            }
            case Value other -> throw wrongType(name, "string");
        };
    }

    private void checkVersion() {
        switch (written.get(VERSION)) {
            case Missing absent -> {}
            case StringValue version -> {
                if (!version.value().equals(IcuOrder.VERSION)) {
                    throw error(
                                    ErrorCode.INCOMPATIBLE_COLLATION_VERSION,
                                    "Requested collation version is not the only available one",
                                    VERSION,
                                    Map.of(
                                            "requested",
                                            version.value(),
                                            "available",
                                            IcuOrder.VERSION))
                            .withHint(
                                    "an index or collection of another ICU version is to be"
                                            + " dropped and made again, its documents copied with"
                                            + " the program that wrote it");
                }
            }
            case Value other -> throw wrongType(VERSION, "string");
        }
    }

    private SmilodonException badValue(String field, Object actual, String expected) {
        return error(
                ErrorCode.BAD_VALUE,
                "Enumeration value for the field is not a valid value.",
                field,
                Map.of("field", field, "actual", actual, "expected", expected));
    }

    private SmilodonException wrongType(String field, String expected) {
        return error(
                ErrorCode.TYPE_MISMATCH,
                "A field of the request has the wrong type",
                field,
                Map.of(
                        "field",
                        field,
                        "actual",
                        written.get(field).type().alias(),
                        "expected",
                        expected));
    }

    private SmilodonException error(
            ErrorCode code, String template, String field, Map<String, ?> details) {
        return new SmilodonException(code, template, details).at(location.child(field));
    }
}
