package io.smilodon.shell;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Option;

/**
 * A new password: from the environment, from standard input, or typed twice. Never an argument of
 * the command, which other programs of the machine can see.
 */
final class PasswordEntry {

    /** The variable of the environment that may hold it. */
    static final String VARIABLE = "SMILODON_PASSWORD";

    @Option(
            names = "--password-stdin",
            description =
                    "Read the password as one line of standard input; without this it is the value"
                            + " of the environment's "
                            + VARIABLE
                            + ", or asked for")
    private boolean isFromInput;

    /**
     * Reads it.
     *
     * @throws ShellException if there is none, or what is typed again is another
     */
    String read() {
        String password = isFromInput ? line() : System.getenv(VARIABLE);
        String read = password == null ? typed() : password;
        if (read.isEmpty()) {
            throw new ShellException("the password is empty");
        }
        return read;
    }

    /**
     * The one of a user who logs in: the value of the environment's {@link #VARIABLE}, or asked
     * for.
     *
     * @throws ShellException if there is nobody to ask
     */
    static String known() {
        String password = System.getenv(VARIABLE);
        return password == null ? new String(asked("Password: ")) : password;
    }

    private static char[] asked(String question) {
        Console console = System.console();
        char[] answer = console == null ? null : console.readPassword(question);
        if (answer == null) {
            throw new ShellException(
                    "there is nobody to ask for a password: set " + VARIABLE + " to it");
        }
        return answer;
    }

    private static String line() {
        try {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = input.readLine();
            return line == null ? "" : line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String typed() {
        Console console = System.console();
        char[] first = console == null ? null : console.readPassword("Password: ");
        if (first == null) {
            throw new ShellException(
                    "there is nobody to ask for a password: add --password-stdin, or set "
                            + VARIABLE);
        }
        char[] second = console.readPassword("Again: ");
        if (!Arrays.equals(first, second)) {
            throw new ShellException("these are two passwords");
        }
        return new String(first);
    }
}
