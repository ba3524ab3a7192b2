package lockstep.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A person whose answers are written down beforehand, and who remembers what was shown. */
class ScriptedTerminal implements Terminal {

  private final Queue<String> answers = new ArrayDeque<>();
  final List<String> prompts = new ArrayList<>();
  final List<String> shown = new ArrayList<>();
  final List<char[]> handedOut = new ArrayList<>();

  ScriptedTerminal(String... answers) {
    this.answers.addAll(List.of(answers));
  }

  @Override
  public char[] readSecret(String prompt) {
    String line = readLine(prompt);
    if (line == null) {
      return null;
    }
    char[] typed = line.toCharArray();
    handedOut.add(typed);
    return typed;
  }

  @Override
  public String readLine(String prompt) {
    prompts.add(prompt);
    return answers.poll();
  }

  @Override
  public boolean show(char[] text) {
    shown.add(new String(text));
    return true;
  }
}
