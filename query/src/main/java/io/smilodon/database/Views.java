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
import io.smilodon.query.aggregate.NeededFields;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.plan.Hint;
import io.smilodon.security.AccessRules;
import io.smilodon.security.Action;
import io.smilodon.security.Permit;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows views to the collections that they look at. Pure functions. */
final class Views {

    /** How many views may stand on one another, as in MongoDB. */
    static final int DEPTH_MAX = 20;

    private Views() {}

    /** What somebody may see of a collection or view. */
    private enum Sight {
        WHOLE,

        /** Some documents only. */
        SOME,

        /** Parts of documents only. */
        PARTS
    }

    /**
     * Where documents come from.
     *
     * @param namespace the collection behind all views
     * @param entry the collection, if it exists
     * @param isView whether there are views at all
     * @param sight what of it may be seen
     * @param pipeline what the views make of its documents, in the order in which it is done
     * @param collation how strings compare where nothing else is said: as the view that was asked
     *     for says, or the collection
     */
    record Source(
            Namespace namespace,
            Optional<CollectionEntry> entry,
            boolean isView,
            Sight sight,
            List<Document> pipeline,
            Collation collation) {

        /** What the views make of the documents, and then this, which is returned. */
        ParsedPipeline then(Pipeline own, Hint hint) {
            return then(own, hint, NeededFields.RESULT);
        }

        /**
         * The same.
         *
         * @param output what somebody looks at of the result
         */
        ParsedPipeline then(Pipeline own, Hint hint, NeededFields output) {
            if (sight != Sight.WHOLE && own.readsMetadata()) { // keys of indexes have hidden fields
                throw unseen("$meta");
            }
            if (sight == Sight.PARTS && !isOfAnyIndex(hint)) { // it leaves documents out, or orders
                throw unseen("hint");
            }
            if (!pipeline.isEmpty()) {
                own.checkBehindOthers();
            }
            return ParsedPipeline.of(parsed().then(own), hint, output);
        }

        private static boolean isOfAnyIndex(Hint hint) {
            return hint instanceof Hint.None || hint instanceof Hint.Natural;
        }

        private static SmilodonException unseen(String what) {
            return new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "not authorized to use " + what + " on documents that are seen in part");
        }

        Pipeline parsed() {
            return Pipeline.parse(
                    ArrayValue.of(pipeline),
                    PipelineScope.at(Location.ROOT.child("view"), PipelinePlace.VIEW));
        }
    }

    /**
     * What is behind a name, as somebody may see it: to who may see some of its documents only, it
     * is a view of these.
     *
     * @throws SmilodonException {@code ViewDepthLimitExceeded} if that has no end
     */
    static Source resolve(Namespace namespace, Catalog catalog, ReadView view, Permit permit) {
        Source whole = resolve(namespace, catalog, view);
        List<AccessRules> limits = permit.limits(Action.FIND, resource(namespace));
        if (limits.isEmpty()) {
            return whole;
        }
        List<Document> pipeline = new ArrayList<>(whole.pipeline);
        pipeline.addAll(shown(limits));
        Sight sight = limits.stream().anyMatch(Views::isProjecting) ? Sight.PARTS : Sight.SOME;
        return new Source(whole.namespace, whole.entry, true, sight, pipeline, whole.collation);
    }

    static Resource resource(Namespace namespace) {
        return Resource.collection(namespace.database(), namespace.collection());
    }

    private static List<Document> shown(List<AccessRules> limits) {
        Document filter = readFilter(limits);
        List<Document> stages = new ArrayList<>();
        if (!filter.isEmpty()) {
            stages.add(Document.of("$match", filter));
        }
        Document projection = limits.getFirst().rule(AccessRules.PROJECTION);
        for (AccessRules rules : limits) {
            if (!rules.rule(AccessRules.PROJECTION).equals(projection)) {
                throw new SmilodonException(
                        ErrorCode.UNAUTHORIZED,
                        "not authorized: privileges show the documents in different ways");
            }
        }
        if (!projection.isEmpty()) {
            stages.add(Document.of("$project", projection));
        }
        return stages;
    }

    static boolean isProjecting(AccessRules rules) {
        return !rules.rule(AccessRules.PROJECTION).isEmpty();
    }

    /** The filter of what may be seen by one privilege or another. */
    static Document readFilter(List<AccessRules> limits) {
        List<Document> filters =
                limits.stream().map(rules -> rules.rule(AccessRules.READ_FILTER)).toList();
        if (filters.stream().anyMatch(Document::isEmpty)) {
            return Document.EMPTY; // one shows all
        }
        return filters.size() == 1
                ? filters.getFirst()
                : Document.of("$or", ArrayValue.of(filters));
    }

    /** Whether the request of this thread sees a collection as a view, if it is none. */
    static boolean isView(CollectionEntry entry) {
        return entry.isView() || isLimited(entry);
    }

    /** Whether the request of this thread sees the documents of a collection in part only. */
    static boolean isProjecting(CollectionEntry entry) {
        return limits(entry).stream().anyMatch(Views::isProjecting);
    }

    private static boolean isLimited(CollectionEntry entry) {
        return !limits(entry).isEmpty();
    }

    private static List<AccessRules> limits(CollectionEntry entry) {
        return OperationScope.permit().limits(Action.FIND, resource(entry.namespace()));
    }

    private static Source resolve(Namespace namespace, Catalog catalog, ReadView view) {
        Optional<CollectionEntry> entry = catalog.find(namespace, view);
        Collation collation = entry.map(CollectionEntry::collation).orElse(Collation.SIMPLE);
        if (entry.isEmpty() || !entry.get().isView()) {
            return new Source(namespace, entry, false, Sight.WHOLE, List.of(), collation);
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
        return new Source(current, entry, true, Sight.WHOLE, pipeline, collation);
    }

    static SmilodonException tooDeep(Namespace namespace) {
        return new SmilodonException(
                ErrorCode.VIEW_DEPTH_LIMIT_EXCEEDED,
                "View depth too deep or view cycle detected; maximum depth is 20",
                Map.of("namespace", namespace));
    }

    /**
     * Refuses what only a collection with documents of its own can do, and what cannot be done with
     * some of its documents only to who may not see the others.
     */
    static void requireCollection(CollectionEntry entry) {
        requireStored(entry);
        if (isLimited(entry)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "not authorized to do this with documents that may not be seen",
                    Map.of("namespace", entry.namespace()));
        }
    }

    /** Refuses what only a collection with documents of its own can do. */
    static void requireStored(CollectionEntry entry) {
        if (entry.isView()) {
            throw new SmilodonException(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW,
                    "Namespace " + entry.namespace() + " is a view, not a collection",
                    Map.of("viewOn", entry.options().view().orElseThrow().source()));
        }
    }
}
