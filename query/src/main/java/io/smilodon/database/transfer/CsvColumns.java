package io.smilodon.database.transfer;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a table as the fields of documents: {@code a.b} is a field of a document in the
 * field {@code a}.
 */
final class CsvColumns {

    private final int count;
    private final boolean ignoresBlanks;
    private final Branch root;

    private CsvColumns(int count, boolean ignoresBlanks, Branch root) {
        this.count = count;
        this.ignoresBlanks = ignoresBlanks;
        this.root = root;
    }

    private sealed interface Column {}

    private record Leaf(int position, String path, ColumnType type) implements Column {}

    private record Branch(Map<String, Column> columns) implements Column {}

    /**
     * Reads the names of the columns.
     *
     * @throws SmilodonException {@code FailedToParse} for a name that no field can have, for two
     *     columns of one field, and for an unknown type
     */
    static CsvColumns of(List<String> names, CsvOptions options) {
        boolean haveTypes = options.columnsHaveTypes();
        ColumnType plain = options.readsJson() ? ColumnType.JSON : ColumnType.AUTO;
        Branch root = new Branch(new LinkedHashMap<>());
        for (int position = 0; position < names.size(); position++) {
            String name = names.get(position).strip();
            String path = haveTypes && name.indexOf('.') > 0 ? withoutType(name) : name;
            ColumnType type = haveTypes ? type(name) : plain;
            add(root, new Leaf(position, path, type));
        }
        return new CsvColumns(names.size(), options.ignoresBlanks(), root);
    }

    private static String withoutType(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static ColumnType type(String name) {
        String written = name.substring(name.lastIndexOf('.') + 1);
        boolean isCall = written.endsWith("()") && name.indexOf('.') > 0;
        return Optional.of(written)
                .filter(text -> isCall)
                .flatMap(text -> ColumnType.named(text.substring(0, text.length() - 2)))
                .orElseThrow(
                        () ->
                                failed("A column has no type that is known", Map.of("column", name))
                                        .withHint("such as year.int32() or born.date()"));
    }

    private static void add(Branch root, Leaf leaf) {
        String[] steps = leaf.path.split("\\.", -1);
        Branch branch = root;
        for (int step = 0; step < steps.length - 1; step++) {
            Column next =
                    branch.columns.computeIfAbsent(
                            steps[step], name -> new Branch(new LinkedHashMap<>()));
            if (!(next instanceof Branch inner)) {
                throw failed("Two columns are one field", Map.of("column", leaf.path));
            }
            branch = inner;
        }
        String last = steps[steps.length - 1];
        boolean isName = Arrays.stream(steps).noneMatch(CsvColumns::isNoName);
        if (!isName) {
            throw failed("A column has no name that a field can have", Map.of("column", leaf.path));
        }
        if (branch.columns.putIfAbsent(last, leaf) != null) {
            throw failed("Two columns are one field", Map.of("column", leaf.path));
        }
    }

    private static boolean isNoName(String step) {
        return step.isEmpty() || step.startsWith("$") || step.indexOf('\0') >= 0;
    }

    private static SmilodonException failed(String text, Map<String, ?> details) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text, details);
    }

    /**
     * The document of a row; columns that it has not are left out.
     *
     * @throws SmilodonException {@code FailedToParse} if it has more fields than there are columns,
     *     or a text that is not of its column's type
     */
    Document document(List<String> row, long line) {
        if (row.size() > count) {
            throw failed(
                    "A row has more fields than there are columns",
                    Map.of("line", line, "fields", row.size(), "columns", count));
        }
        return document(root, row, line);
    }

    private Document document(Branch branch, List<String> row, long line) {
        DocumentBuilder fields = Document.builder();
        branch.columns.forEach(
                (name, column) -> {
                    switch (column) {
                        case Leaf leaf -> {
                            if (isThere(leaf, row)) {
                                fields.put(name, value(leaf, row.get(leaf.position), line));
                            }
                        }
                        case Branch inner -> {
                            Document document = document(inner, row, line);
                            if (!document.isEmpty()) {
                                fields.put(name, document);
                            }
                        }
                    }
                });
        return fields.build();
    }

    private boolean isThere(Leaf leaf, List<String> row) {
        return leaf.position < row.size() && !(ignoresBlanks && row.get(leaf.position).isEmpty());
    }

    private static Value value(Leaf leaf, String text, long line) {
        return leaf.type
                .read(text)
                .orElseThrow(
                        () ->
                                failed(
                                        "A text is not of the type of its column",
                                        Map.of(
                                                "line",
                                                line,
                                                "column",
                                                leaf.path,
                                                "type",
                                                leaf.type.name().toLowerCase(Locale.ROOT),
                                                "text",
                                                shortened(text))));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
