package io.smilodon.shell;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.rest.PortInUseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        try (InputStream logging = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
        System.exit(
                execute(
                        new PrintWriter(System.out, true),
                        new PrintWriter(System.err, true),
                        arguments));
    }

    /**
     * Runs a command; its exit code is 0 for success, 1 for failure, 2 for wrong arguments, and as
     * {@link ExitCodes} say for commands on data directories.
     */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new SmilodonCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    /** One line for what a user can mend; a stack trace only for our own mistakes. */
    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        String text =
                switch (failure) {
                    case ShellException told -> told.getMessage();
                    case SmilodonException error -> ScriptText.of(error);
                    case PortInUseException taken ->
                            taken.getMessage()
                                    + ": another program listens there; stop it, or choose"
                                    + " another port with --port";
                    default -> throw failure;
                };
        command.getErr().println("smilodon: " + text);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
