package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Validation;
import io.smilodon.database.catalog.ValidationAction;
import io.smilodon.database.catalog.ValidationLevel;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueText;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.Dialect;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.ValidationFailure;
import io.smilodon.query.update.DocumentRules;
import java.util.Map;

/**
 * Holds the documents of one collection to its rule, as far as its level asks for it. Immutable and
 * thread-safe.
 */
final class Validator {

    /** Lets everything pass. */
    static final Validator NONE =
            new Validator("", Validation.NONE, Predicate.everything(), Collation.SIMPLE);

    private final String namespace;
    private final Validation validation;
    private final Predicate rule;
    private final Collation collation;

    private Validator(
            String namespace, Validation validation, Predicate rule, Collation collation) {
        this.namespace = namespace;
        this.validation = validation;
        this.rule = rule;
        this.collation = collation;
    }

    static Validator of(CollectionEntry entry) {
        Validation validation = entry.options().validation();
        if (!validation.isInForce()) {
            return NONE;
        }
        Predicate rule = Dialect.PLAIN.within(() -> PredicateParser.parse(validation.rule()));
        Collation collation = entry.collation();
        return new Validator(
                entry.namespace().toString(),
                validation,
                collation.isSimple() ? rule : rule.under(collation.order()),
                collation);
    }

    boolean isOf(Validation other) {
        return validation == other;
    }

    /** The same rule; {@code $$NOW} in it is the instant of the request. */
    Validator now() {
        if (this == NONE) {
            return NONE;
        }
        EvaluationContext context =
                EvaluationContext.of(Document.EMPTY, OperationScope.instant(), collation.order());
        return new Validator(namespace, validation, rule.within(context), collation);
    }

    boolean isObeyedBy(Document document) {
        return rule.matches(document);
    }

    void checkInsert(Document document) {
        if (!isObeyedBy(document)) {
            fail(document);
        }
    }

    void checkReplace(Document before, Document after) {
        if (rule.matches(after)) {
            return;
        }
        if (validation.level() == ValidationLevel.STRICT || rule.matches(before)) {
            fail(after);
        }
    }

    private void fail(Document document) {
        ValidationAction action = validation.action();
        if (action.logs()) {
            DatabaseLog.of(Validator.class)
                    .log(
                            System.Logger.Level.WARNING,
                            action.refuses()
                                    ? "Document failed validation: {0} in {1}"
                                    : "Document would fail validation: {0} in {1}",
                            ValueText.of(document.get(DocumentRules.ID)),
                            namespace);
        }
        if (!action.refuses()) {
            return;
        }
        Document errInfo =
                Document.builder()
                        .put("failingDocumentId", document.get(DocumentRules.ID))
                        .put("details", ValidationFailure.of(rule, document))
                        .build();
        throw new SmilodonException(
                ErrorCode.DOCUMENT_VALIDATION_FAILURE,
                "Document failed validation",
                Map.of("errInfo", errInfo));
    }
}
