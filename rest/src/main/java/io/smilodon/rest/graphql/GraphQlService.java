package io.smilodon.rest.graphql;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import io.smilodon.database.Database;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoaderRegistry;

/**
 * Answers GraphQL requests: by a definition that somebody has stored, or by a schema that is
 * derived from what the collections hold. All of a request is done by the thread that brings it.
 * Thread-safe.
 */
public final class GraphQlService {

    private final Failures failures;
    private final StoredDefinitions stored;
    private final DerivedApis derived;

    /**
     * A service that tells errors in a way.
     *
     * @param telling what clients are told of an error: {@code title}, {@code code} and so on
     */
    public GraphQlService(Function<SmilodonException, Document> telling) {
        this.failures = new Failures(telling);
        this.stored = new StoredDefinitions(failures);
        this.derived = new DerivedApis(failures);
    }

    /** The definitions that are stored. */
    public StoredDefinitions definitions() {
        return stored;
    }

    /**
     * The schema that requests are answered by, in the language of schemas.
     *
     * @param name of a stored definition; empty for the derived schema
     */
    public String schema(Database database, Optional<String> name) {
        return api(database, name).schema();
    }

    /**
     * Answers a request; what goes wrong is told among its {@code errors}.
     *
     * @param name of a stored definition; empty for the derived schema
     * @throws SmilodonException {@code NoSuchKey} if there is no such definition, {@code BadValue}
     *     if it is wrong
     */
    public Document answer(
            Database database, Optional<String> name, GraphQlRequest request, RequestSteps steps) {
        ExecutionResult result = execute(api(database, name), database, request, steps);
        boolean mayBeNew =
                name.isEmpty()
                        && result.getErrors().stream()
                                .anyMatch(e -> e.getErrorType() == ErrorType.ValidationError);
        if (mayBeNew && derived.isOutdated(database)) {
            result = execute(derived.renewed(database), database, request, steps);
        }
        DocumentBuilder answer = Document.builder();
        if (!result.getErrors().isEmpty()) {
            answer.put("errors", JavaValues.toValue(Failures.errors(result.getErrors())));
        }
        if (result.isDataPresent()) {
            answer.put("data", JavaValues.toValue(result.getData()));
        }
        return answer.build();
    }

    private Api api(Database database, Optional<String> name) {
        return name.isPresent() ? stored.api(database, name.get()) : derived.of(database);
    }

    private static ExecutionResult execute(
            Api api, Database database, GraphQlRequest request, RequestSteps steps) {
        Map<String, Object> variables = new LinkedHashMap<>();
        request.variables()
                .forEach(field -> variables.put(field.name(), JavaValues.of(field.value())));
        RequestReads reads = new RequestReads(database.name(), steps, request.mayWrite());
        ExecutionInput.Builder input =
                ExecutionInput.newExecutionInput()
                        .query(request.query())
                        .variables(variables)
                        .dataLoaderRegistry(new DataLoaderRegistry())
                        .graphQLContext(Map.of(RequestReads.class, reads));
        if (!request.operationName().isEmpty()) {
            input.operationName(request.operationName());
        }
        ExecutionInput built = input.build();
        reads.endingBy(built::cancel);
        CompletableFuture<ExecutionResult> result = api.graphQl().executeAsync(built);
        if (reads.end().isEmpty()) {
            return result.join();
        }
        return ExecutionResult.newExecutionResult() // nobody waits for what was given up
                .data(null)
                .addError(reads.end().get())
                .build();
    }
}
