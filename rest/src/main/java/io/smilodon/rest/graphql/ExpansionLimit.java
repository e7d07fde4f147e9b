package io.smilodon.rest.graphql;

import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.DocumentAndVariables;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Refuses requests whose fragments multiply: twenty of them, each of which uses the next one twice,
 * are a million places that whatever walks through the request would visit. Counts what there would
 * be without going there. Thread-safe.
 */
final class ExpansionLimit extends SimplePerformantInstrumentation {

    /** Fields and fragments, each counted once for each place where it stands in the end. */
    static final int PLACES_MAX = 10_000;

    @Override
    public DocumentAndVariables instrumentDocumentAndVariables(
            DocumentAndVariables request,
            InstrumentationExecutionParameters parameters,
            InstrumentationState state) {
        Document document = request.getDocument();
        Counting counting = new Counting(document);
        for (OperationDefinition operation :
                document.getDefinitionsOfType(OperationDefinition.class)) {
            if (counting.of(operation.getSelectionSet()) > PLACES_MAX) {
                throw new AbortExecutionException(
                        "maximum number of places exceeded: fragments multiply to more than "
                                + PLACES_MAX);
            }
        }
        return request;
    }

    /** Counts one request. One thread. */
    private static final class Counting {

        private final Map<String, FragmentDefinition> fragments = new HashMap<>();

        /** 0 while a fragment is counted: one within itself is refused later. */
        private final Map<String, Long> counted = new HashMap<>();

        Counting(Document document) {
            document.getDefinitionsOfType(FragmentDefinition.class)
                    .forEach(fragment -> fragments.put(fragment.getName(), fragment));
        }

        /** How many places, or one more than the limit if there are more. */
        long of(SelectionSet selected) {
            if (selected == null) {
                return 0;
            }
            long count = 0;
            for (Selection<?> selection : selected.getSelections()) {
                count = Math.min(PLACES_MAX + 1L, count + 1 + inside(selection));
            }
            return count;
        }

        private long inside(Selection<?> selection) {
            return switch (selection) {
                case Field field -> of(field.getSelectionSet());
                case InlineFragment fragment -> of(fragment.getSelectionSet());
                case FragmentSpread spread -> of(spread.getName());
                default -> 0;
            };
        }

        private long of(String name) {
            Long known = counted.get(name);
            if (known != null) {
                return known;
            }
            counted.put(name, 0L);
            FragmentDefinition fragment = fragments.get(name);
            long count = fragment == null ? 0 : of(fragment.getSelectionSet());
            counted.put(name, count);
            return count;
        }
    }
}
