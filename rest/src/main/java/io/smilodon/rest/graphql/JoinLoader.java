package io.smilodon.rest.graphql;

import graphql.schema.DataFetchingEnvironment;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;

/**
 * Finds for all parents of one level at once, in one find by {@code $in}, and hands each the
 * documents that have its value. What is sorted, skipped and limited for each parent is so among
 * its own.
 *
 * @param target where to look
 * @param join what parent and document have in common
 * @param others the conditions beside, the order, and how many each parent gets
 * @param projection fetches what is selected, and the join's field
 */
record JoinLoader(
        Mapping.Target target, Mapping.Join join, FilledFind others, Document projection) {

    private static final int KEYS_MAX = 1_000;

    /** What a parent gets, when the others of its level have been seen. */
    CompletableFuture<Object> load(
            Value key, DataFetchingEnvironment environment, RequestReads reads) {
        boolean isList = Fetchers.isList(environment);
        List<String> names = environment.getExecutionStepInfo().getPath().getKeysOnly();
        DataLoader<Value, Object> loader =
                environment
                        .getDataLoaderRegistry()
                        .computeIfAbsent(String.join("/", names), name -> loader(reads, isList));
        return loader.load(key).thenApply(reads::handedOut);
    }

    private DataLoader<Value, Object> loader(RequestReads reads, boolean isList) {
        return DataLoaderFactory.newDataLoader(
                keys -> loadAll(keys, reads, isList),
                DataLoaderOptions.newOptions().setMaxBatchSize(KEYS_MAX).build());
    }

    private CompletableFuture<List<Object>> loadAll(
            List<Value> keys, RequestReads reads, boolean isList) {
        TreeSet<Value> values = new TreeSet<>(ValueOrder.ASCENDING);
        keys.forEach(key -> values.addAll(Paths.each(key)));
        int countMax = RequestReads.DOCUMENTS_MAX;
        FilledFind find = others.of(filter(values), countMax + 1);
        List<Document> found = reads.read(target, "find", find.body(projection), countMax);
        Map<Value, List<Integer>> placesByValue = places(found);
        List<Object> answers = new ArrayList<>();
        for (Value key : keys) {
            answers.add(Fetchers.one(own(key, found, placesByValue), isList));
        }
        return CompletableFuture.completedFuture(answers);
    }

    private Document filter(Collection<Value> values) {
        Document in = Document.of("$in", ArrayValue.of(List.copyOf(values)));
        DocumentBuilder filter = Document.builder().put(join.field(), in);
        return filter.putAll(others.filter()).build();
    }

    /** Where the documents are that have a value. */
    private Map<Value, List<Integer>> places(List<Document> found) {
        FieldPath field = FieldPath.parse(join.field());
        Map<Value, List<Integer>> places = new TreeMap<>(ValueOrder.ASCENDING);
        for (int i = 0; i < found.size(); i++) {
            for (Value value : Paths.each(Paths.at(found.get(i), field))) {
                places.computeIfAbsent(value, same -> new ArrayList<>()).add(i);
            }
        }
        return places;
    }

    /** The documents of one parent, in the order in which they were found. */
    private List<Document> own(
            Value key, List<Document> found, Map<Value, List<Integer>> placesByValue) {
        Stream<Integer> places =
                Paths.each(key).stream()
                        .flatMap(value -> placesByValue.getOrDefault(value, List.of()).stream());
        return places.distinct()
                .sorted()
                .skip(others.skip())
                .limit(others.limit())
                .map(found::get)
                .toList();
    }
}
