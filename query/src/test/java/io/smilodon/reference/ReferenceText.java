package io.smilodon.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the reference: a table for each family, blocks where examples are long. */
final class ReferenceText {

    private final StringBuilder text = new StringBuilder();

    private ReferenceText() {}

    /** The file of operators. */
    static String of(List<Chapter> chapters, List<Refusal> refusals) {
        String start =
                """
                # Operators

                Everything that filters, updates and pipelines can say. This file is made from the
                tables of operators; a test runs every example. A question mark stands after what
                may be left out, an ellipsis for more of the same. [SEARCH.md](SEARCH.md) tells
                what `$search` and its kin can say.
                """;
        return of(start, chapters, refusals);
    }

    /**
     * A file.
     *
     * @param start its heading, and what stands below
     */
    static String of(String start, List<Chapter> chapters, List<Refusal> refusals) {
        ReferenceText reference = new ReferenceText();
        reference.line(start);
        reference.contents(chapters);
        chapters.forEach(reference::chapter);
        reference.refusals(refusals);
        return reference.text.toString();
    }

    private void contents(List<Chapter> chapters) {
        for (Chapter chapter : chapters) {
            line(
                    "- [%s](#%s) (%d)%s"
                            .formatted(
                                    chapter.title(),
                                    anchor(chapter.title()),
                                    chapter.examples().size(),
                                    counts(chapter.families())));
        }
        line("- [Refused](#refused)");
    }

    /** How many operators each family has, where there are several. */
    private static String counts(List<Family> families) {
        return families.size() == 1
                ? ""
                : families.stream()
                        .map(family -> family.title() + " " + family.examples().size())
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z -]", "").replace(' ', '-');
    }

    private void chapter(Chapter chapter) {
        line("");
        line("## " + chapter.title());
        if (!chapter.words().isEmpty()) {
            line("");
            line(chapter.words());
        }
        boolean isDivided = chapter.families().size() > 1;
        for (Family family : chapter.families()) {
            if (isDivided) {
                line("");
                line("### " + family.title());
            }
            line("");
            if (chapter.kind().isBlock()) {
                family.examples().forEach(example -> block(chapter, example));
            } else {
                table(chapter, family);
            }
        }
    }

    private void table(Chapter chapter, Family family) {
        line("| operator | does | example |");
        line("|---|---|---|");
        for (Example example : family.examples()) {
            line(
                    "| `"
                            + cell(example.signature())
                            + "` | "
                            + cell(example.summary())
                            + " | "
                            + cell(chapter.kind().text(example))
                            + " |");
        }
    }

    private void block(Chapter chapter, Example example) {
        line("`" + example.signature() + "`: " + example.summary());
        line("");
        line(chapter.kind().text(example));
        line("");
    }

    private void refusals(List<Refusal> refusals) {
        line("");
        line("## Refused");
        line("");
        line("Known, and answered with an error that says so.");
        line("");
        line("| what | error | why |");
        line("|---|---|---|");
        for (Refusal refusal : refusals) {
            line("| " + refusal.what() + " | " + refusal.code() + " | " + refusal.reason() + " |");
        }
    }

    /** A bar ends a cell, in code too. */
    private static String cell(String markdown) {
        return markdown.replace("|", "\\|");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
