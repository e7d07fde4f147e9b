package io.smilodon.database.catalog;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;

/**
 * The rule that documents of a collection have to obey when they are written.
 *
 * @param rule a filter that they must match, as the user wrote it; empty for no rule
 * @param level which writes have to
 * @param action what becomes of those that do not
 */
public record Validation(Document rule, ValidationLevel level, ValidationAction action) {

    static final String RULE = "validator";
    static final String LEVEL = "validationLevel";
    static final String ACTION = "validationAction";

    /** No rule. */
    public static final Validation NONE =
            new Validation(Document.EMPTY, ValidationLevel.STRICT, ValidationAction.ERROR);

    public Validation withRule(Document filter) {
        return new Validation(filter, level, action);
    }

    public Validation withLevel(ValidationLevel other) {
        return new Validation(rule, other, action);
    }

    public Validation withAction(ValidationAction other) {
        return new Validation(rule, level, other);
    }

    /** Whether a write can break it. */
    public boolean isInForce() {
        return !rule.isEmpty() && level != ValidationLevel.OFF;
    }

    void putInto(DocumentBuilder options) {
        if (!rule.isEmpty()) {
            options.put(RULE, rule);
        }
        if (!rule.isEmpty() || level != NONE.level) {
            options.put(LEVEL, level.text());
        }
        if (!rule.isEmpty() || action != NONE.action) {
            options.put(ACTION, action.text());
        }
    }

    static Validation fromDocument(Document options) {
        Validation found = NONE;
        if (options.has(RULE)) {
            found = found.withRule(Damage.document(options, RULE));
        }
        if (options.has(LEVEL)) {
            found =
                    found.withLevel(
                            ValidationLevel.ofValue(options.get(LEVEL))
                                    .orElseThrow(() -> Damage.found(options, LEVEL)));
        }
        if (options.has(ACTION)) {
            found =
                    found.withAction(
                            ValidationAction.ofValue(options.get(ACTION))
                                    .orElseThrow(() -> Damage.found(options, ACTION)));
        }
        return found;
    }
}
