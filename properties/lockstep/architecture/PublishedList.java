package lockstep.architecture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds the API against its list, and the list against the changelog. */
final class PublishedList {

  /** The newest entry of the changelog about the API: the list's digest, and what has changed. */
  private static final Pattern NEWEST_ENTRY =
      Pattern.compile("(?m)^### Public API\\n\\n- `([0-9a-f]+)`: *(\\S.{9,})$");

  /** The line of a type that no other one encloses, which begins with its name. */
  private static final Pattern OUTERMOST = Pattern.compile("[\\w.]+ .*");

  private static final int DIGEST_DIGITS = 12;
  private static final int MOST_TYPES = 120;

  private PublishedList() {}

  /** What is missing, in lines for people; empty if list and changelog say what there is. */
  static List<String> faults(String listed, String api, String changelog) {
    List<String> faults = new ArrayList<>();
    List<String> before = listed.lines().toList();
    List<String> now = api.lines().toList();
    before.stream().filter(line -> !now.contains(line)).forEach(line -> faults.add("- " + line));
    now.stream().filter(line -> !before.contains(line)).forEach(line -> faults.add("+ " + line));
    if (!listed.equals(api)) {
      faults.add("spec/api.txt is not what the classes show: cp target/api.txt spec/api.txt");
    }
    if (types(api) > MOST_TYPES) {
      faults.add(types(api) + " types are published, more than " + MOST_TYPES);
    }
    Matcher newest = NEWEST_ENTRY.matcher(changelog);
    if (!newest.find() || !newest.group(1).equals(digest(api))) {
      faults.add(
          "CHANGELOG.md, [Unreleased]: '### Public API' has to begin with '- `"
              + digest(api)
              + "`: ' and what has changed");
    }
    return faults;
  }

  /** How many types of the list stand in a file of their own. */
  private static long types(String list) {
    return list.lines().filter(OUTERMOST.asMatchPredicate()).count();
  }

  /** The first digits of the list's SHA-256. */
  static String digest(String list) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
