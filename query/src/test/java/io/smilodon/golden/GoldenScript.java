package io.smilodon.golden;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenarios of one application: commands of MongoDB, and the answers that its manual promises.
 *
 * <pre>
 * start                                   commands that are run before each scenario
 * {"insert": "goods", "documents": […]}
 *
 * scenario What it shows
 * {"update": "goods", "updates": […]}     a line that starts with a blank goes on with the last one
 * > {"n": 1}                              fields of the answer
 * {"find": "goods"}
 * = {"_id": 1}                            the documents, one in a line; or: = nothing
 * {"find": "goods", "filter": {"$x": 1}}
 * ! 2 BadValue                            an error
 * </pre>
 *
 * @param scenarios each with the commands of the start in front
 */
record GoldenScript(List<Scenario> scenarios) {

    /** What is done one after the other in a database of its own. */
    record Scenario(String name, List<Step> steps) {}

    /**
     * A command and what is said about its answer.
     *
     * @param place file and line, for failures
     * @param command as it is sent
     * @param expected the lines of the answer
     */
    record Step(String place, Document command, List<String> expected) {}

    static GoldenScript read(String name) {
        String resource = "/golden/" + name + ".txt";
        try (InputStream stream = GoldenScript.class.getResourceAsStream(resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new GoldenScript(new Reader(name).read(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a script apart, line by line. */
    private static final class Reader {

        private final String file;
        private final List<Scenario> scenarios = new ArrayList<>();
        private final List<Step> start = new ArrayList<>();
        private final StringBuilder command = new StringBuilder();
        private List<Step> steps = start;
        private List<String> expected = new ArrayList<>();
        private int commandLine;

        Reader(String file) {
            this.file = file;
        }

        List<Scenario> read(String text) {
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                line(line, number);
            }
            endStep();
            return scenarios;
        }

        private void line(String line, int number) {
            if (line.isBlank() || line.startsWith("#") || line.equals("start")) {
                return;
            }
            if (line.startsWith("scenario ")) {
                endStep();
                steps = new ArrayList<>(start);
                scenarios.add(new Scenario(file + ": " + line.substring(9), steps));
            } else if (line.startsWith("{")) {
                endStep();
                command.append(line);
                commandLine = number;
            } else if (line.startsWith(" ") && expected.isEmpty()) {
                command.append(line);
            } else if (line.startsWith(" ")) {
                expected.add(expected.remove(expected.size() - 1) + line);
            } else {
                expected.add(line);
            }
        }

        private void endStep() {
            if (!command.isEmpty()) {
                Document sent = ExtendedJson.readDocument(command.toString());
                steps.add(new Step(file + ".txt:" + commandLine, sent, List.copyOf(expected)));
            }
            command.setLength(0);
            expected = new ArrayList<>();
        }
    }
}
