package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.ViewDefinition;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.plan.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows views to the collections that they look at. Pure functions. */
final class Views {

    /** How many views may stand on one another, as in MongoDB. */
    static final int DEPTH_MAX = 20;

    private Views() {}

    /**
     * Where documents come from.
     *
     * @param namespace the collection behind all views
     * @param entry the collection, if it exists
     * @param isView whether there are views at all
     * @param pipeline what the views make of its documents, in the order in which it is done
     * @param collation how strings compare where nothing else is said: as the view that was asked
     *     for says, or the collection
     */
    record Source(
            Namespace namespace,
            Optional<CollectionEntry> entry,
            boolean isView,
            List<Document> pipeline,
            Collation collation) {

        /** What the views make of the documents, and then this. */
        ParsedPipeline then(Pipeline own, Hint hint) {
            if (!pipeline.isEmpty() && own.searches()) {
                throw Pipeline.searchNotFirst(); // what views do comes before it
            }
            return ParsedPipeline.of(parsed().then(own), hint);
        }

        Pipeline parsed() {
            return Pipeline.parse(
                    ArrayValue.of(pipeline),
                    PipelineScope.at(Location.ROOT.child("view"), PipelinePlace.VIEW));
        }
    }

    /**
     * What is behind a name.
     *
     * @throws SmilodonException {@code ViewDepthLimitExceeded} if that has no end
     */
    static Source resolve(Namespace namespace, Catalog catalog, ReadView view) {
        Optional<CollectionEntry> entry = catalog.find(namespace, view);
        Collation collation = entry.map(CollectionEntry::collation).orElse(Collation.SIMPLE);
        if (entry.isEmpty() || !entry.get().isView()) {
            return new Source(namespace, entry, false, List.of(), collation);
        }
        List<Document> pipeline = new ArrayList<>();
        Namespace current = namespace;
        for (int depth = 0; entry.isPresent() && entry.get().isView(); depth++) {
            if (depth == DEPTH_MAX) {
                throw tooDeep(namespace);
            }
            ViewDefinition definition = entry.get().options().view().orElseThrow();
            pipeline.addAll(0, definition.pipeline());
            current = new Namespace(namespace.database(), definition.source());
            entry = catalog.find(current, view);
        }
        return new Source(current, entry, true, pipeline, collation);
    }

    static SmilodonException tooDeep(Namespace namespace) {
        return new SmilodonException(
                ErrorCode.VIEW_DEPTH_LIMIT_EXCEEDED,
                "View depth too deep or view cycle detected; maximum depth is 20",
                Map.of("namespace", namespace));
    }

    /** Refuses what only a collection with documents of its own can do. */
    static void requireCollection(CollectionEntry entry) {
        if (entry.isView()) {
            throw new SmilodonException(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW,
                    "Namespace " + entry.namespace() + " is a view, not a collection",
                    Map.of("viewOn", entry.options().view().orElseThrow().source()));
        }
    }
}
