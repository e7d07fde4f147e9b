package io.smilodon.query.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of test cases, one a line: {@code keyword text}; an empty line between blocks, comments
 * after {@code #}.
 */
public final class Lines {

    private Lines() {}

    /**
     * One line.
     *
     * @param name file and line
     */
    public record Line(String name, String keyword, String text) {}

    /** The blocks of a resource. */
    public static List<List<Line>> blocks(String resource) {
        List<List<Line>> blocks = new ArrayList<>();
        List<Line> block = new ArrayList<>();
        int number = 0;
        for (String text : (read(resource) + "\n\n").split("\n", -1)) {
            number++;
            if (text.isBlank() && !block.isEmpty()) {
                blocks.add(List.copyOf(block));
                block.clear();
            } else if (!text.isBlank() && !text.startsWith("#")) {
                String[] parts = text.split(" +", 2);
                block.add(new Line(resource + ":" + number, parts[0], parts[1]));
            }
        }
        return blocks;
    }

    static String read(String resource) {
        try (InputStream stream = Lines.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
