package io.smilodon.rest.graphql;

import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;

/** Lets a request see how many errors it has so far, the library's among them. Thread-safe. */
final class ErrorCount extends SimplePerformantInstrumentation {

    @Override
    public ExecutionContext instrumentExecutionContext(
            ExecutionContext context,
            InstrumentationExecutionParameters parameters,
            InstrumentationState state) {
        RequestReads reads = context.getGraphQLContext().get(RequestReads.class);
        reads.counting(() -> context.getErrors().size());
        return context;
    }
}
