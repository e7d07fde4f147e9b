package io.smilodon.database.hostile;

import io.smilodon.database.Json;
import io.smilodon.engine.codec.ExtendedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Hostile requests, from the resources that list them. Lives while they are gathered. */
final class HostileCases {

    private final List<HostileCase> cases = new ArrayList<>();

    private HostileCases() {}

    /**
     * All but those that take long; with {@code -Dsmilodon.hostile.all=true} these too, with {@code
     * -Dsmilodon.hostile.only=REGEX} those of such a name.
     */
    static List<HostileCase> all() {
        HostileCases all = new HostileCases();
        blocks("families.txt").forEach(all::addFamily);
        blocks("requests.txt").forEach(all::addRequests);
        blocks("bodies.txt").forEach(all::addBodies);
        all.addDocuments();
        Pattern only = Pattern.compile(System.getProperty("smilodon.hostile.only", ""));
        return all.cases.stream().filter(one -> only.matcher(one.name()).find()).toList();
    }

    private static List<List<String>> blocks(String resource) {
        try (InputStream text = HostileCases.class.getResourceAsStream("/hostile/" + resource)) {
            String all = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            List<List<String>> blocks = new ArrayList<>();
            for (String block : all.split("\n\n")) {
                blocks.add(block.lines().toList());
            }
            return blocks;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * {@code = name}, then {@code size:code,code} for some sizes, then the request. Sizes with
     * {@code !} take long.
     */
    private void addFamily(List<String> lines) {
        for (String written : lines.get(1).split(" ")) {
            if (isLeftOut(written)) {
                continue;
            }
            String size = written.replace("!", "");
            int number = Integer.parseInt(size.substring(0, size.indexOf(':')));
            cases.add(
                    new HostileCase(
                            lines.get(0).substring(2) + " x" + number,
                            size.substring(size.indexOf(':') + 1),
                            () -> Json.doc(HostileTemplate.expand(lines.get(2), number))));
        }
    }

    private static boolean isLeftOut(String written) {
        return written.startsWith("!") && !Boolean.getBoolean("smilodon.hostile.all");
    }

    /**
     * {@code # name}, then a request with {@code %s}, then {@code part => code,code}. Lines with
     * {@code !} take long.
     */
    private void addRequests(List<String> lines) {
        for (String line : lines.subList(2, lines.size())) {
            if (isLeftOut(line)) {
                continue;
            }
            String[] sides = line.replaceFirst("^!", "").split(" => ");
            String text = lines.get(1).replace("%s", expanded(sides[0]));
            String name = lines.get(0).substring(2) + ": " + sides[0];
            cases.add(new HostileCase(name, sides[1], () -> Json.doc(text)));
        }
    }

    private static String expanded(String part) {
        return part.replace("LAST", "{'$date': {'$numberLong': '9223372036854775807'}}")
                .replace("FIRST", "{'$date': {'$numberLong': '-9223372036854775808'}}")
                .replace("LONG", "x".repeat(10_000));
    }

    /** Texts that may be no JSON: {@code size:code,code}, then the text, not all of them empty. */
    private void addBodies(List<String> lines) {
        String codes = lines.get(0).substring(lines.get(0).indexOf(':') + 1);
        int size = Integer.parseInt(lines.get(0).substring(0, lines.get(0).indexOf(':')));
        for (String line : lines.subList(1, lines.size())) {
            String text = HostileTemplate.expand(line, size);
            cases.add(
                    new HostileCase(
                            "a body: " + line, codes, () -> ExtendedJson.readDocument(text)));
        }
    }

    private void addDocuments() {
        HostileDocuments.BY_NAME.forEach(
                (name, request) -> {
                    for (int levels : HostileDocuments.LEVELS) {
                        cases.add(
                                new HostileCase(
                                        name + " x" + levels,
                                        "15,2,14,168",
                                        () -> request.apply(levels)));
                    }
                });
    }
}
