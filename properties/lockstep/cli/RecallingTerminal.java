package lockstep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who reads the key from the screen, gets the first answer wrong and the next right. */
final class RecallingTerminal implements Terminal {

  private static final Pattern GROUP = Pattern.compile("group (\\d+)");

  private String[] groups = {};
  int wrongAnswers;

  @Override
  public char[] readSecret(String prompt) {
    Matcher asked = GROUP.matcher(prompt);
    if (!asked.find()) {
      return null;
    }
    if (wrongAnswers == 0) {
      wrongAnswers++;
      return "zzzz".toCharArray();
    }
    return groups[Integer.parseInt(asked.group(1)) - 1].toCharArray();
  }

  @Override
  public String readLine(String prompt) {
    return null;
  }

  @Override
  public void tell(String line) {}

  @Override
  public boolean show(char[] text) {
    groups = new String(text).split("\\s+");
    return true;
  }
}
