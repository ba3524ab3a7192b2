package lockstep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual's page in troff, made from what the program itself knows of its commands. */
final class ManPage {

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String make() {
    ManPage manual = new ManPage();
    manual.head();
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    for (String name : CommandTable.NAMES) {
      commands.put(name, CommandTable.parser(CommandTable.make(name)).getCommandSpec());
    }
    Set<String> common = common(commands.values());
    manual.macro("SH", "COMMANDS");
    commands.forEach((name, spec) -> manual.command(name, spec, common));
    manual.macro("SH", "OPTIONS OF EVERY COMMAND");
    for (OptionSpec option : commands.values().iterator().next().options()) {
      if (common.contains(option.longestName())) {
        manual.option(option);
      }
    }
    manual.exitStatus();
    return manual.page.toString();
  }

  private void head() {
    page.append(".\\\" Made from the program; see CONTRIBUTING.md.\n");
    page.append(".TH LOCKSTEP 1 \"\" Lockstep \"User Commands\"\n");
    macro("SH", "NAME");
    text("lockstep - end-to-end encrypted backups that a password or a 64-digit key opens again");
    macro("SH", "SYNOPSIS");
    page.append("\\fBlockstep\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n");
    macro("SH", "DESCRIPTION");
    text(
        "Options may stand before the command, too. lockstep help COMMAND shows one command's"
            + " options. No password is taken from an argument or from the environment.");
  }

  /** The options that all commands have. */
  private static Set<String> common(Iterable<CommandSpec> commands) {
    Set<String> common = new TreeSet<>();
    boolean isFirst = true;
    for (CommandSpec spec : commands) {
      Set<String> names = new TreeSet<>();
      spec.options().forEach(option -> names.add(option.longestName()));
      if (isFirst) {
        common.addAll(names);
      } else {
        common.retainAll(names);
      }
      isFirst = false;
    }
    return common;
  }

  private void command(String name, CommandSpec spec, Set<String> common) {
    List<String> synopsis = new ArrayList<>(List.of("lockstep", name));
    spec.positionalParameters().forEach(parameter -> synopsis.add(synopsis(parameter)));
    macro("SS", String.join(" ", synopsis));
    for (String line : spec.usageMessage().description()) {
      text(line);
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description());
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !common.contains(option.longestName())) {
        option(option);
      }
    }
  }

  private static String synopsis(PositionalParamSpec parameter) {
    return parameter.arity().min() == 0
        ? "[" + parameter.paramLabel() + "]"
        : parameter.paramLabel();
  }

  private void option(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(names.isEmpty() ? "" : ", ").append("\\fB").append(escaped(name)).append("\\fR");
    }
    if (option.arity().max() > 0) {
      names.append(" \\fI").append(escaped(option.paramLabel())).append("\\fR");
    }
    item(names.toString(), description(option));
  }

  /** The lines with the default in its place. */
  private static String[] description(OptionSpec option) {
    String[] lines = option.description().clone();
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    }
    return lines;
  }

  private void item(String label, String[] description) {
    page.append(".TP\n").append(label).append('\n');
    for (String line : description) {
      text(line);
    }
  }

  private void exitStatus() {
    macro("SH", "EXIT STATUS");
    for (Outcome outcome : Outcome.values()) {
      String words = outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      item("\\fB" + outcome.exitCode() + "\\fR", new String[] {words});
    }
    macro("SH", "ENVIRONMENT");
    item(
        "\\fBLOCKSTEP_HOME\\fR", new String[] {"The device's home, where --home does not say it."});
    macro("SH", "FILES");
    item(
        "\\fI~/.lockstep\\fR",
        new String[] {"The device's home, where neither --home nor LOCKSTEP_HOME says it."});
  }

  private void macro(String name, String argument) {
    page.append('.').append(name).append(" \"").append(escaped(argument)).append("\"\n");
  }

  private void text(String line) {
    String plain = Ansi.OFF.string(line).replace("%%", "%").replace("%n", "\n");
    plain
        .lines()
        .map(ManPage::escaped)
        .map(one -> one.startsWith(".") || one.startsWith("'") ? "\\&" + one : one)
        .forEach(one -> page.append(one).append('\n'));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
  }
}
