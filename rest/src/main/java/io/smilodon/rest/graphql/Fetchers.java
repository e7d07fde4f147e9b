package io.smilodon.rest.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLTypeUtil;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Carries mappings out. Immutable and thread-safe. */
final class Fetchers {

    private static final int PIPELINE_DOCUMENTS_MAX = 1_000;

    private final Mappings mappings;

    Fetchers(Mappings mappings) {
        this.mappings = mappings;
    }

    /** What gets the values of a field; each is a step at which a request may end. */
    DataFetcher<Object> of(Mapping mapping) {
        DataFetcher<Object> fetcher = fetcher(mapping);
        return environment -> {
            RequestReads reads = reads(environment);
            if (reads.end().isPresent()) {
                return null;
            }
            reads.countField();
            return fetcher.get(environment);
        };
    }

    private DataFetcher<Object> fetcher(Mapping mapping) {
        return switch (mapping) {
            case Mapping.Whole whole -> environment -> environment.getSource();
            case Mapping.Path path -> environment -> path(path.path(), environment);
            case Mapping.Find find -> environment -> find(find, environment);
            case Mapping.Pipeline pipeline -> environment -> aggregate(pipeline, environment);
            case Mapping.Count count -> environment -> count(count, environment);
            case Mapping.Write write -> environment -> write(write, environment);
        };
    }

    /** The holes of a template as one field of a request fills them. */
    private record FieldHoles(DataFetchingEnvironment environment) implements Template.Holes {

        @Override
        public Value argument(String path) {
            FieldPath steps = FieldPath.parse(path);
            if (!environment.containsArgument(steps.first())) {
                return Missing.INSTANCE;
            }
            Value whole = JavaValues.toValue(environment.getArgument(steps.first()));
            return steps.length() == 1
                    ? whole
                    : Paths.at(whole, new FieldPath(steps.steps().subList(1, steps.length())));
        }

        @Override
        public Value foreign(String path) {
            return environment.getSource() instanceof Document parent
                    ? Paths.at(parent, FieldPath.parse(path))
                    : Missing.INSTANCE;
        }
    }

    static boolean isList(DataFetchingEnvironment environment) {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(environment.getFieldType()));
    }

    private static RequestReads reads(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().get(RequestReads.class);
    }

    private static Object path(FieldPath path, DataFetchingEnvironment environment) {
        Document source = environment.getSource();
        return Outputs.of(Paths.at(source, path), environment.getFieldType());
    }

    private Document projection(DataFetchingEnvironment environment, Set<String> further) {
        return Selection.projection(environment.getSelectionSet(), mappings, further);
    }

    private Object find(Mapping.Find find, DataFetchingEnvironment environment) {
        boolean isList = isList(environment);
        FieldHoles holes = new FieldHoles(environment);
        if (find.join().isPresent()) {
            Mapping.Join join = find.join().get();
            Value key = holes.foreign(join.parent());
            if (Paths.each(key).isEmpty()) {
                return isList ? List.of() : null;
            }
            Document projection = projection(environment, Set.of(join.field()));
            FilledFind others = FilledFind.of(withoutJoin(find, join), holes, isList);
            return new JoinLoader(find.target(), join, others, projection)
                    .load(key, environment, reads(environment));
        }
        FilledFind filled = FilledFind.of(find.arguments(), holes, isList);
        Document body = filled.body(projection(environment, Set.of()));
        List<Document> found = reads(environment).read(find.target(), "find", body, filled.limit());
        return reads(environment).handedOut(one(found, isList));
    }

    private static Document withoutJoin(Mapping.Find find, Mapping.Join join) {
        Document filter = (Document) find.arguments().get("find");
        return find.arguments().with("find", filter.without(join.field()));
    }

    static Object one(List<Document> found, boolean isList) {
        if (isList) {
            return found;
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private Object aggregate(Mapping.Pipeline pipeline, DataFetchingEnvironment environment) {
        Value filled = Template.fill(pipeline.stages(), new FieldHoles(environment));
        List<Value> stages = new ArrayList<>();
        if (filled instanceof ArrayValue given) {
            MappingReader.checkStages(given, Location.ROOT.child("stages"));
            stages.addAll(given.elements());
        }
        Document projection = projection(environment, Set.of());
        if (!projection.isEmpty()) {
            stages.add(Document.of("$project", projection));
        }
        Document body = Document.of("pipeline", ArrayValue.of(stages));
        List<Document> found =
                reads(environment)
                        .read(pipeline.target(), "aggregate", body, PIPELINE_DOCUMENTS_MAX);
        return reads(environment).handedOut(one(found, isList(environment)));
    }

    private static Object count(Mapping.Count count, DataFetchingEnvironment environment) {
        Value filter = Template.fill(count.filter(), new FieldHoles(environment));
        Document body = FilledFind.document(filter, "count");
        Document answer =
                reads(environment).act(count.target(), "count", Document.of("filter", body));
        return Outputs.of(answer.get("count"), environment.getFieldType());
    }

    private static Object write(Mapping.Write write, DataFetchingEnvironment environment) {
        if (Template.fill(write.body(), new FieldHoles(environment)) instanceof Document body) {
            return reads(environment).write(write.target(), write.action(), body);
        }
        throw new SmilodonException(ErrorCode.BAD_VALUE, "A mutation needs its arguments");
    }
}
