package io.smilodon.rest.graphql;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.DataFetchingEnvironment;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells errors as GraphQL does, each with MongoDB's number and name. Thread-safe. */
final class Failures implements DataFetcherExceptionHandler {

    private static final Logger LOGGER = Logger.getLogger(Failures.class.getName());

    private static final String CODE = "code";
    private static final String CODE_NAME = "codeName";
    private static final String EXTENSIONS = "extensions";

    /** After which nothing else of the request would go well. */
    private static final Set<ErrorCode> ENDING =
            Set.of(
                    ErrorCode.INTERRUPTED,
                    ErrorCode.MAX_TIME_EXPIRED,
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    ErrorCode.TEMPORARILY_UNAVAILABLE);

    private final Function<SmilodonException, Document> telling;

    /**
     * Told as other errors are.
     *
     * @param telling what clients are told of an error: {@code title}, {@code code} and so on
     */
    Failures(Function<SmilodonException, Document> telling) {
        this.telling = telling;
    }

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters failed) {
        DataFetchingEnvironment environment = failed.getDataFetchingEnvironment();
        RequestReads reads = environment.getGraphQlContext().get(RequestReads.class);
        if (reads.end().isPresent()) { // the library fails because it has been told to
            return CompletableFuture.completedFuture(
                    DataFetcherExceptionHandlerResult.newResult().build());
        }
        SmilodonException failure = failure(failed.getException());
        Document told = telling.apply(failure);
        GraphQLError error =
                GraphqlErrorBuilder.newError(environment)
                        .message("%s", JavaValues.of(told.get("title")))
                        .errorType(ErrorType.DataFetchingException)
                        .extensions(extensions(told))
                        .build();
        if (ENDING.contains(failure.code())) {
            reads.end(error);
        }
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    private static SmilodonException failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof SmilodonException failure) {
            return failure;
        }
        LOGGER.log(Level.SEVERE, cause, () -> "bug while answering a GraphQL request");
        return new SmilodonException(ErrorCode.INTERNAL_ERROR, "The server has made a mistake");
    }

    private static Map<String, Object> extensions(Document told) {
        Map<String, Object> extensions = new HashMap<>();
        told.without("type")
                .without("title")
                .without("status")
                .forEach(field -> extensions.put(field.name(), JavaValues.of(field.value())));
        return extensions;
    }

    /** The errors of an answer, with codes for those that the library has found. */
    static List<Map<String, Object>> errors(List<GraphQLError> errors) {
        return errors.stream().map(Failures::withCode).toList();
    }

    private static Map<String, Object> withCode(GraphQLError error) {
        Map<String, Object> told = new HashMap<>(error.toSpecification());
        Map<String, Object> extensions = new HashMap<>();
        if (told.get(EXTENSIONS) instanceof Map<?, ?> known) {
            known.forEach((name, value) -> extensions.put(name.toString(), value));
        }
        ErrorCode code = code(error);
        if (!extensions.containsKey(CODE)) {
            extensions.put(CODE, code.number());
            extensions.put(CODE_NAME, code.name());
        }
        told.put(EXTENSIONS, extensions);
        return told;
    }

    private static ErrorCode code(GraphQLError error) {
        if (error.getErrorType() == ErrorType.InvalidSyntax) {
            return ErrorCode.FAILED_TO_PARSE;
        }
        boolean isOfValue =
                error.getErrorType() == ErrorType.DataFetchingException
                        || error.getErrorType() == ErrorType.NullValueInNonNullableField;
        return isOfValue ? ErrorCode.TYPE_MISMATCH : ErrorCode.BAD_VALUE;
    }
}
