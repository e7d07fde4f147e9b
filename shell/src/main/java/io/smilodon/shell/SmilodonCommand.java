package io.smilodon.shell;

import io.smilodon.rest.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: a table of its commands. */
@Command(
        name = "smilodon",
        description = "A document database.",
        mixinStandardHelpOptions = true,
        versionProvider = SmilodonCommand.VersionLine.class,
        subcommands = {
            ServeCommand.class,
            ShellCommand.class,
            SampleCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            CompactCommand.class,
            SalvageCommand.class,
            UserCommand.class,
            CommandLine.HelpCommand.class
        })
final class SmilodonCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** The line that {@code --version} prints. */
    static final class VersionLine implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "smilodon " + Version.CURRENT + " (Java " + Runtime.version().feature() + ")"
            };
        }
    }
}
