package io.smilodon.database.command;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Rules in the words of a role, and a naive second reading of what they show to {@code ann}. */
record LimitedModel(Filter read, Shown shown, Optional<Filter> write, boolean isMerging) {

    /** A filter, and what it means. */
    record Filter(String written, Predicate<Document> meaning) {}

    /** A projection, and what it means. */
    record Shown(String written, UnaryOperator<Document> meaning) {}

    private static final List<Filter> FILTERS =
            List.of(
                    new Filter("{'owner': '@user'}", note -> isOf(note, "ann")),
                    new Filter("{'owner': {'$ne': '@user'}}", note -> !isOf(note, "ann")),
                    new Filter("{'owner': {'$in': ['@user', 'eve']}}", LimitedModel::isOfAnnOrEve),
                    new Filter("{'pay': {'$exists': false}}", note -> !note.has("pay")),
                    new Filter(
                            "{'$or': [{'owner': '@user'}, {'pay': {'$exists': false}}]}",
                            note -> isOf(note, "ann") || !note.has("pay")),
                    new Filter("{'$expr': {'$eq': ['$owner', 'ann']}}", note -> isOf(note, "ann")),
                    new Filter("{'c': 'x'}", LimitedModel::hasX),
                    new Filter("{'_id': {'$lt': 15}}", note -> id(note) < 15),
                    new Filter("{}", note -> true));

    private static final List<Shown> PROJECTIONS =
            List.of(
                    new Shown("{'pay': 0}", note -> note.without("pay")),
                    new Shown("{'pay': 0, 'c': 0}", note -> note.without("pay").without("c")),
                    new Shown("{'n.y': 0}", LimitedModel::withoutInnerY),
                    new Shown(
                            "{'owner': 1, 'a': 1}",
                            note -> only(note, List.of("_id", "owner", "a"))),
                    new Shown("{'b': '$a', 'c': 1}", LimitedModel::withBOfA));

    /** One by chance. */
    static LimitedModel next(Random random, boolean writes) {
        Filter write = FILTERS.get(random.nextInt(FILTERS.size()));
        return new LimitedModel(
                FILTERS.get(random.nextInt(FILTERS.size())),
                writes || random.nextInt(3) == 0
                        ? new Shown("", note -> note)
                        : PROJECTIONS.get(random.nextInt(PROJECTIONS.size())),
                writes && random.nextBoolean() ? Optional.of(write) : Optional.empty(),
                writes && random.nextBoolean());
    }

    /** As a part of a privilege. */
    String written() {
        return "'readFilter': "
                + read.written
                + (shown.written.isEmpty() ? "" : ", 'projectResponse': " + shown.written)
                + write.map(filter -> ", 'writeFilter': " + filter.written).orElse("")
                + (isMerging ? ", 'mergeRequest': {'by': '@user'}" : "");
    }

    boolean shows(Document note) {
        return read.meaning.test(note);
    }

    /** Whether it may be written, as it is before or afterwards. */
    boolean writes(Document note) {
        return write.map(filter -> filter.meaning.test(note)).orElse(true);
    }

    Document seen(Document note) {
        return shown.meaning.apply(note);
    }

    private static boolean isOf(Document note, String owner) {
        return note.get("owner").equals(Value.of(owner));
    }

    private static boolean isOfAnnOrEve(Document note) {
        return isOf(note, "ann") || isOf(note, "eve");
    }

    private static boolean hasX(Document note) {
        Value x = Value.of("x");
        Value found = note.get("c");
        return found.equals(x) || found instanceof ArrayValue list && list.elements().contains(x);
    }

    static long id(Document note) {
        return CommandServer.number(note, "_id");
    }

    private static Document only(Document note, List<String> names) {
        DocumentBuilder kept = Document.builder();
        for (Field field : note) {
            if (names.contains(field.name())) {
                kept.put(field.name(), field.value());
            }
        }
        return kept.build();
    }

    private static Document withoutInnerY(Document note) {
        if (note.get("n") instanceof Document inner) {
            return note.with("n", inner.without("y"));
        }
        if (note.get("n") instanceof ArrayValue list) {
            return note.with(
                    "n",
                    ArrayValue.of(
                            list.elements().stream()
                                    .map(
                                            one ->
                                                    one instanceof Document inner
                                                            ? inner.without("y")
                                                            : one)
                                    .toList()));
        }
        return note;
    }

    private static Document withBOfA(Document note) {
        Document kept = only(note, List.of("_id", "c"));
        return note.get("a") == Missing.INSTANCE ? kept : kept.with("b", note.get("a"));
    }

    /** A document by chance. */
    static Document note(Random random, int id) {
        StringBuilder note = new StringBuilder("{'_id': " + id);
        note.append(
                ", 'u': 'u"
                        + id
                        + "', 'owner': '"
                        + pick(random, "ann", "bob", "eve", "ANN")
                        + "'");
        field(note, random, "a", "0", "1", "2", "null", "'x'", "[0, 1]", "[]", "{'x': 1}");
        field(note, random, "b", "0", "1", "2", "3", "[1, 2]", "-1", "1.5");
        field(note, random, "c", "'x'", "'y'", "['x', 'y']", "['z']");
        field(note, random, "n", "{'x': 1, 'y': 2}", "[{'x': 1, 'y': 1}, {'y': 2}]", "{'y': 0}");
        field(note, random, "pay", "10", "20", "30", "0");
        return Json.doc(note.append('}').toString());
    }

    private static void field(StringBuilder note, Random random, String name, String... values) {
        if (random.nextInt(4) > 0) {
            note.append(", '" + name + "': " + pick(random, values));
        }
    }

    static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
