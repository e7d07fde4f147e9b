package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a document does not match a filter, in the form of the {@code details} in MongoDB's {@code
 * errInfo}: {@code {operatorName, specifiedAs, reason, consideredValue}}, nested as the filter is.
 * The filter is described as it was parsed, not as it was written. Not thread-safe.
 *
 * <p>Source: MongoDB's manual, "Schema Validation".
 */
public final class ValidationFailure {

    /** Bytes of a description, about; beyond it only the operator is named. */
    static final long BYTES_MAX = 12L << 20;

    private final Document document;

    private ValidationFailure(Document document) {
        this.document = document;
    }

    /** Describes the failure of a document that the filter does not match. */
    public static Document of(Predicate filter, Document document) {
        Document failure = new ValidationFailure(document).explain(filter, false);
        return BoundedSize.isAtMost(BYTES_MAX, failure)
                ? failure
                : Document.builder()
                        .put("operatorName", failure.get("operatorName"))
                        .put("reason", "the description of the failure is too large")
                        .build();
    }

    /**
     * Why the filter does not match, or does.
     *
     * @param isMatch whether it does: it is the operand of a negation
     */
    private Document explain(Predicate filter, boolean isMatch) {
        return switch (filter) {
            case Predicate.And and ->
                    and.children().isEmpty()
                            ? constant("$alwaysTrue", "expression always evaluates to true")
                            : clauses("$and", and.children(), isMatch, isMatch);
            case Predicate.Or or ->
                    or.children().isEmpty()
                            ? constant("$alwaysFalse", "expression always evaluates to false")
                            : clauses("$or", or.children(), isMatch, isMatch);
            case Predicate.Not not -> negation(not.child(), isMatch);
            case Predicate.At at -> ofTest(at, SpecifiedTest.of(at.test()), isMatch);
            case Predicate.Computed computed -> ofExpression(computed, isMatch);
            case Predicate.Whole whole -> ofWhole(whole.test(), isMatch);
        };
    }

    private static Document constant(String operator, String reason) {
        return Document.builder()
                .put("operatorName", operator)
                .put("specifiedAs", Document.of(operator, Value.of(1)))
                .put("reason", reason)
                .build();
    }

    /**
     * The clauses that answer alike.
     *
     * @param areMatches whether it is those that match
     */
    private Document clauses(
            String operator, List<Predicate> children, boolean isMatch, boolean areMatches) {
        List<Document> clauses = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            Predicate child = children.get(i);
            if (child.matches(document) == areMatches) {
                clauses.add(
                        Document.builder()
                                .put("index", i)
                                .put("details", explain(child, areMatches))
                                .build());
            }
        }
        boolean areSatisfied = operator.equals("$nor") ? !isMatch : isMatch;
        return Document.builder()
                .put("operatorName", operator)
                .put(
                        areSatisfied ? "clausesSatisfied" : "clausesNotSatisfied",
                        ArrayValue.of(clauses))
                .build();
    }

    private Document negation(Predicate child, boolean isMatch) {
        if (child instanceof Predicate.Or or && !or.children().isEmpty()) {
            return clauses("$nor", or.children(), isMatch, !isMatch);
        }
        if (child instanceof Predicate.At at) {
            SpecifiedTest negated = SpecifiedTest.of(new Negated(at.test()));
            if (!negated.operator().equals("$not")) {
                return ofTest(at, negated, isMatch);
            }
        }
        return Document.builder()
                .put("operatorName", "$not")
                .put("details", explain(child, !isMatch))
                .build();
    }

    private Document ofTest(Predicate.At at, SpecifiedTest test, boolean isMatch) {
        DocumentBuilder failure =
                Document.builder()
                        .put("operatorName", test.operator())
                        .put("specifiedAs", Document.of(at.path().dotted(), test.written()));
        if (at.test() instanceof Exists) {
            return failure.put("reason", test.reason(isMatch)).build();
        }
        ConsideredValues values = ConsideredValues.at(at, document);
        if (!values.areThere()) {
            return failure.put("reason", "field was missing").build();
        }
        failure.put("reason", test.reason(isMatch));
        values.describe(failure);
        if (at.test() instanceof TypeIs) {
            values.describeTypes(failure);
        }
        return failure.build();
    }

    private Document ofExpression(Predicate.Computed computed, boolean isMatch) {
        DocumentBuilder failure =
                Document.builder()
                        .put("operatorName", "$expr")
                        .put("specifiedAs", Document.of("$expr", computed.written()))
                        .put(
                                "reason",
                                isMatch ? "expression did match" : "expression did not match");
        Value result = computed.expression().evaluate(computed.context().on(document));
        if (result != Missing.INSTANCE) {
            failure.put("expressionResult", result);
        }
        return failure.build();
    }

    private Document ofWhole(DocumentTest test, boolean isMatch) {
        if (test instanceof MatchesSchema schema) {
            return isMatch
                    ? Document.builder()
                            .put("operatorName", "$jsonSchema")
                            .put("reason", "schema matched")
                            .build()
                    : schema.schema().explain(document);
        }
        Document written = test.toDocument();
        return Document.builder()
                .put("operatorName", written.iterator().next().name())
                .put("specifiedAs", written)
                .put("reason", isMatch ? "expression did match" : "expression did not match")
                .build();
    }
}
