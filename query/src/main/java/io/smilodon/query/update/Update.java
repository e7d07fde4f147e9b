package io.smilodon.query.update;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.expression.EvaluationContext;
import java.util.List;
import java.util.Optional;

/**
 * What an update makes of a document: operators that change fields, a document that takes its
 * place, or a pipeline that makes one of it. Parsed once; immutable and thread-safe.
 */
public sealed interface Update permits Merging, OperatorUpdate, PipelineUpdate, Replacement {

    /** Whether updates have an operator of this name. */
    static boolean hasOperator(String name) {
        return UpdateOperators.TABLE.has(name);
    }

    /** Reads an update document: a replacement unless its first field starts with a dollar sign. */
    static Update parse(Value updateDocument) {
        return parse(updateDocument, Location.ROOT);
    }

    /** Reads an update document that stands at this place of the request. */
    static Update parse(Value updateDocument, Location location) {
        return parse(updateDocument, UpdateScope.at(location));
    }

    /** Reads an update: operators, a replacement, or an array of the stages of a pipeline. */
    static Update parse(Value update, UpdateScope scope) {
        return UpdateParser.parse(update, scope);
    }

    /**
     * Makes of a document what a pipeline makes of it.
     *
     * @param variables what its expressions see besides the document
     */
    static Update ofPipeline(Pipeline pipeline, EvaluationContext variables) {
        return new PipelineUpdate(pipeline, variables);
    }

    /**
     * Puts a document in the place of another.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code DollarPrefixedFieldName} if one
     *     starts with a dollar sign
     */
    static Update ofReplacement(Document document) {
        UpdateParser.requireNames(document, Location.ROOT);
        return new Replacement(document);
    }

    /**
     * Puts the fields of a document into another.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code DollarPrefixedFieldName} if one
     *     starts with a dollar sign
     */
    static Update ofFields(Document document) {
        UpdateParser.requireNames(document, Location.ROOT);
        return new Merging(document);
    }

    /**
     * Whether it has a {@code $} in a path, so that {@link UpdateContext#matched} is needed. To
     * know the element costs another look at the document.
     */
    default boolean usesMatch() {
        return false;
    }

    /**
     * The document after the update. It shares what did not change with the one before, and is that
     * very document if nothing changed at all.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the document does not admit the update
     */
    Document apply(Document before, UpdateContext context);

    /** Where it may change a document; empty if that may be anywhere. */
    default Optional<List<TouchedPath>> touchedPaths() {
        return Optional.empty();
    }
}
