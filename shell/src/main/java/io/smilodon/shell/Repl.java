package io.smilodon.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads, evaluates and prints until the user leaves. One thread. */
final class Repl {

    private static final Set<String> LEAVING = Set.of(".exit", "exit", "exit()", "quit", "quit()");

    private final Script script;
    private final String place;

    Repl(Script script, String place) {
        this.script = script;
        this.place = place;
    }

    void run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = reader(terminal);
            PrintWriter out = terminal.writer();
            out.println("Smilodon shell on " + place + ". Type help, or exit to leave.");
            boolean more = true;
            while (more) {
                more = step(reader, terminal);
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        DefaultParser parser = new DefaultParser();
        // An open bracket means that the statement goes on in the next line.
        parser.setEofOnUnclosedBracket(
                DefaultParser.Bracket.CURLY,
                DefaultParser.Bracket.ROUND,
                DefaultParser.Bracket.SQUARE);
        parser.setEscapeChars(new char[0]);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .history(new DiscreetHistory())
                .parser(parser)
                .completer((line, parsed, candidates) -> complete(parsed, candidates))
                .variable(
                        LineReader.HISTORY_FILE,
                        Path.of(System.getProperty("user.home"), ".smilodon", "history"))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.INSERT_TAB, false)
                .build();
    }

    private boolean step(LineReader reader, Terminal terminal) {
        PrintWriter out = terminal.writer();
        try {
            String line = reader.readLine(script.database() + "> ").strip();
            if (LEAVING.contains(line)) {
                return false;
            }
            String result = line.isEmpty() ? "" : evaluate(line, terminal);
            if (!result.isEmpty()) {
                out.println(result);
            }
            return true;
        } catch (UserInterruptException e) {
            return true; // Ctrl-C gives up the line, not the shell
        } catch (EndOfFileException e) {
            return false;
        } catch (ShellException failure) {
            out.println(failure.getMessage());
            return true;
        }
    }

    /** Ctrl-C ends what runs, not the shell. */
    private String evaluate(String line, Terminal terminal) {
        Terminal.SignalHandler before =
                terminal.handle(
                        Terminal.Signal.INT,
                        signal -> Thread.ofPlatform().daemon().start(script::interrupt));
        try {
            return script.evaluate(line, "shell");
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            Thread.interrupted(); // what came too late must not end the next line
        }
    }

    /** Completes the last name of the word under the cursor. */
    private void complete(ParsedLine parsed, List<Candidate> candidates) {
        String before = parsed.line().substring(0, parsed.cursor());
        String word = parsed.word().substring(0, parsed.wordCursor());
        String kept = word.substring(0, word.lastIndexOf('.') + 1);
        for (String name : script.completions(before)) {
            candidates.add(new Candidate(kept + name, name, null, null, null, null, false));
        }
    }
}
